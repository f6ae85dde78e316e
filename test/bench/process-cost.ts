/** What a process costs while it runs, by Linux's own count. */
import { existsSync, readFileSync } from 'node:fs'
import { childrenOf } from '../e2e/resources.ts'

export const CAN_COUNT = existsSync('/proc/self/stat')

/** Of one tick of the count, in every Linux that one meets. */
const MILLISECONDS_A_TICK = 10

/** Milliseconds of CPU that a process and those below it, of now and of before, have had. */
export function readCpu(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  // The name, in parentheses, may hold anything.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const own = fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks) * MILLISECONDS_A_TICK, 0)
  return childrenOf(pid).reduce((sum, child) => sum + readCpu(child), own)
}

/** Resident memory of the process alone, in MiB. */
export function readMemory(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024
}
