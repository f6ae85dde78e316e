/** Saves files under a running `mlstack watch`, and counts until something has come of it. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { withFolder } from '../../src/build/sample-folder.ts'
import { withWatch } from '../e2e/watch-session.ts'
import { CONFIG, makeCodeProject } from './code-project.ts'
import { summarize, type Times } from './measure.ts'
import { readCpu, readMemory } from './process-cost.ts'

/** Between two saves, so that the one is over before the next. */
const PAUSE = 300

/** Milliseconds from `save` until `holds`, asked for every `interval`. */
export async function timeUntil(save: () => void, holds: () => boolean | Promise<boolean>, interval: number): Promise<number> {
  const start = performance.now()
  save()
  while (!(await holds())) await sleep(interval)
  return performance.now() - start
}

/** From a save of the config to its value in `compose.yaml`, in a project with so many files of code. */
export function measureConfigSaves(name: string, size: number, saves: number): Promise<Times> {
  return watchProject(size, [], async ({ folder }) => {
    const times: number[] = []
    for (let save = 0; save <= saves; save++) {
      const write = () => writeFileSync(join(folder, 'mlstack.yaml'), `${CONFIG}environment: { SAVE: "save ${save}" }\n`)
      const isWritten = () => readFileSync(join(folder, 'compose.yaml'), 'utf8').includes(`save ${save}`)
      times.push(await timeUntil(write, isWritten, 1))
      await sleep(PAUSE)
    }
    return summarize(name, times.slice(1))
  })
}

export interface RestCost {
  /** Milliseconds. */
  readonly cpu: number
  /** MiB. */
  readonly memory: number
}

/** What watching so many files costs while nothing happens for so many milliseconds. */
export function measureRest(size: number, options: readonly string[], duration: number): Promise<RestCost> {
  return watchProject(size, options, async ({ pid }) => {
    await sleep(PAUSE)
    const before = readCpu(pid)
    await sleep(duration)
    return { cpu: readCpu(pid) - before, memory: readMemory(pid) }
  })
}

interface Watched {
  readonly folder: string
  readonly pid: number
}

async function watchProject<Result>(size: number, options: readonly string[], use: (watched: Watched) => Promise<Result>): Promise<Result> {
  return withFolder(makeCodeProject(size), (folder) =>
    withWatch(folder, {}, ['--no-up', ...options], async (session) => {
      await session.until(({ event }) => event === 'watching')
      return use({ folder, pid: session.pid })
    }),
  )
}
