/** What the helper does around the command of a role: candidate, gate and promotion. */
import { posix } from 'node:path'
import type { Config, Role, Secret } from '../config/config.ts'
import { formatRequirement } from '../config/requirement.ts'
import { METRICS_FILE } from '../facts/container.ts'
import { workingFolderOf } from '../resolve/code.ts'
import { jobsBefore, modelJobsOf } from './resolved.ts'
import type { Gate } from './stack.ts'

/** The first job begins a candidate, each later one needs those before it, and the last one promotes, which services follow. */
export function planGate(role: Role, config: Config, secrets: readonly Secret[]): Gate {
  const jobs = modelJobsOf(config)
  return {
    isFresh: role === jobs[0],
    promotes: role === jobs.at(-1),
    reloads: role.kind === 'service' && jobs.length > 0,
    after: jobs.includes(role) ? jobsBefore(role, config).map(({ name }) => name.value) : [],
    metricsFile: metricsFileOf(role, config),
    requirements: role.require.map(formatRequirement),
    exports: secrets.filter(({ as }) => as === 'env').map(({ name }) => name.value),
  }
}

/** Only `evaluate` measures: its file is on the volume, or where the user says, seen from the code. */
export function metricsFileOf(role: Role, config: Config): string | undefined {
  if (role.metrics !== undefined) return posix.resolve(workingFolderOf(config), role.metrics.value)
  return role.name.value === MEASURING_ROLE ? METRICS_FILE : undefined
}

const MEASURING_ROLE = 'evaluate'
