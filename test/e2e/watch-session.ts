/** A real `mlstack watch` in a folder of its own, told of by its JSON lines. */
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { execa } from 'execa'
import { MLSTACK } from './engine.ts'

/** One line of `--format json`; which keys there are depends on the event. */
export interface Told {
  readonly event: string
  readonly [key: string]: unknown
}

export interface WatchSession {
  readonly pid: number
  readonly told: readonly Told[]
  /** Runs `act`, and gives the first event from then on that fits. */
  until(fits: (event: Told) => boolean, act?: () => void): Promise<Told>
  /** Runs `act`, and waits for the action that answers it. */
  action(act: () => void): Promise<Told>
  /** Waits until nothing is under way and nothing has been told for a while. */
  settle(): Promise<void>
  /** Ends it as Ctrl-C does, and gives its exit status. */
  stop(): Promise<number | undefined>
}

const PATIENCE = 30_000

/** Longer than the debounce, and than Docker takes to tell of a change. */
const QUIET = 600

export async function withWatch<Result>(folder: string, env: Readonly<Record<string, string>>, options: readonly string[], use: (session: WatchSession) => Promise<Result>): Promise<Result> {
  const child = execa(process.execPath, [MLSTACK, 'watch', '--format', 'json', ...options], { cwd: folder, env, reject: false, buffer: false, stdin: 'ignore' })
  const told: Told[] = []
  const errors: string[] = []
  let lastAt = Date.now()
  createInterface({ input: child.stdout }).on('line', (line) => {
    told.push(JSON.parse(line) as Told)
    lastAt = Date.now()
  })
  createInterface({ input: child.stderr }).on('line', (line) => errors.push(line))

  const waitFor = async (what: string, holds: () => boolean) => {
    const deadline = Date.now() + PATIENCE
    while (!holds()) {
      if (child.exitCode !== null || Date.now() > deadline) throw new Error(`${child.exitCode === null ? `waited ${PATIENCE / 1000} s` : 'mlstack watch ended, waiting'} for ${what}:\n${[...told.slice(-30).map((event) => JSON.stringify(event)), ...errors].join('\n')}`)
      await sleep(20)
    }
  }
  const isIdle = () => told.findLast(({ event }) => event === 'state')?.['state'] !== 'applying' && told.findLast(({ event }) => event === 'state')?.['state'] !== 'building'
  const session: WatchSession = {
    pid: child.pid ?? 0,
    told,
    until: async (fits, act = () => {}) => {
      const from = told.length
      act()
      await waitFor(`an event that fits ${fits}`, () => told.slice(from).some(fits))
      return told.slice(from).find(fits) as Told
    },
    action: (act) => session.until(({ event }) => event === 'action', act),
    settle: () => waitFor('quiet', () => isIdle() && Date.now() - lastAt > QUIET),
    stop: async () => {
      child.kill('SIGINT')
      return (await child).exitCode
    },
  }
  try {
    return await use(session)
  } finally {
    child.kill('SIGINT')
    await child
  }
}
