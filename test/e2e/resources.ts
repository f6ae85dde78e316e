/** What a session holds of the machine: by its own word, and by Linux's. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { WatchSession } from './watch-session.ts'

/** Linux tells what a process holds. */
export const CAN_LOOK = existsSync('/proc/self/fdinfo')

/** The environment of a session that `readResources` asks. V8 makes its space for young values larger as it goes, in steps as large as a leak. */
export const REPORTING = { NODE_OPTIONS: `--max-semi-space-size=1 --require "${join(import.meta.dirname, 'report-resources.cjs')}"` }

export interface Resources {
  /** Bytes, when the garbage has been cleared away. */
  readonly memory: number
  readonly heap: number
  readonly timers: number
  readonly descriptors: number
  readonly inotifyWatches: number
  readonly children: number
}

export async function readResources(session: WatchSession): Promise<Resources> {
  const { pid } = session
  const told = await session.until(({ event }) => event === 'resources', () => process.kill(pid, 'SIGUSR2'))
  const descriptors = readdirSync(`/proc/${pid}/fd`)
  return { memory: Number(told['rss']), heap: Number(told['heap']), timers: Number(told['timers']), descriptors: descriptors.length, inotifyWatches: countWatches(pid), children: childrenOf(pid).length }
}

function countWatches(pid: number): number {
  const lines = readdirSync(`/proc/${pid}/fdinfo`).flatMap((descriptor) => readFileSync(`/proc/${pid}/fdinfo/${descriptor}`, 'utf8').split('\n'))
  return lines.filter((line) => line.startsWith('inotify ')).length
}

/** The processes that one has started and that have not ended. */
export function childrenOf(pid: number): readonly number[] {
  const threads = readdirSync(`/proc/${pid}/task`)
  return threads.flatMap((thread) => readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' ').filter((child) => child !== '').map(Number))
}

/** A process that has ended and that nobody has asked for yet does not count. */
export function isRunning(pid: number): boolean {
  return existsSync(`/proc/${pid}`) && !/^State:\tZ/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
}
