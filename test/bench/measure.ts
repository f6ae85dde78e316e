/** Whole-process times and peak memory of commands, run in turn so that a busy moment of the machine meets all of them. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'

export interface Command {
  readonly name: string
  readonly folder: string
  readonly words: readonly [string, ...string[]]
  /** Run before each measured run, and not measured. */
  readonly prepare?: () => void
}

export interface Times {
  readonly name: string
  /** Milliseconds. */
  readonly median: number
  readonly minimum: number
}

/** Runs every command `runs` times, one after the other in each round; a first round is not counted. */
export function measureTimes(commands: readonly Command[], runs: number): readonly Times[] {
  const rounds = Array.from({ length: runs + 1 }, () => commands.map(timeOf)).slice(1)
  return commands.map(({ name }, index) => summarize(name, rounds.map((round) => round[index] ?? NaN)))
}

export function summarize(name: string, times: readonly number[]): Times {
  const sorted = times.toSorted((a, b) => a - b)
  return { name, median: sorted[Math.floor(sorted.length / 2)] ?? NaN, minimum: sorted[0] ?? NaN }
}

function timeOf({ name, folder, words: [program, ...args], prepare }: Command): number {
  prepare?.()
  const start = performance.now()
  const { status, error, stderr } = spawnSync(program, args, { cwd: folder })
  const time = performance.now() - start
  if (status !== 0) throw new Error(`${name} failed: ${error?.message ?? stderr}`)
  return time
}

/** The most memory that a run of Node with these arguments had resident, in MiB; the median of three runs. */
export function measureMemory({ name, folder, words: [, ...args], prepare }: Command): number {
  const peaks = [1, 2, 3].map(() => {
    prepare?.()
    const preload = join(import.meta.dirname, 'report-memory.cjs')
    const { status, output } = spawnSync(process.execPath, ['--require', preload, ...args], { cwd: folder, stdio: ['ignore', 'ignore', 'ignore', 'pipe'] })
    if (status !== 0) throw new Error(`${name} failed`)
    return Number(output[3]) / 1024
  })
  return peaks.sort((a, b) => a - b)[1] ?? NaN
}
