/** Runs all checks over what the probes found. Pure. */
import type { Needs } from '../plan/needs.ts'
import type { CheckResult } from './check.ts'
import { CHECKS } from './checks/checks.ts'
import type { Machine } from './machine.ts'

export interface Examination {
  readonly checks: readonly CheckResult[]
  readonly summary: Summary
}

export interface Summary {
  readonly ok: number
  readonly warnings: number
  readonly failed: number
  readonly skipped: number
}

export function examine(machine: Machine, needs: Needs | undefined): Examination {
  const checks = CHECKS.map(({ id, title, why, look }): CheckResult => ({ id, title, why, ...look(machine, needs) }))
  const count = (status: CheckResult['status']) => checks.filter((check) => check.status === status).length
  return { checks, summary: { ok: count('ok'), warnings: count('warning'), failed: count('failed'), skipped: count('skipped') } }
}
