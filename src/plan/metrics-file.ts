/** Where a role writes what it measures. */
import { posix } from 'node:path'
import type { Config, Role } from '../config/config.ts'
import { METRICS_FILE } from '../facts/container.ts'
import { workingFolderOf } from '../resolve/code.ts'

/** Only `evaluate` measures: its file is on the volume, or where the user says, seen from the code. */
export function metricsFileOf(role: Role, config: Config): string | undefined {
  if (role.metrics !== undefined) return posix.resolve(workingFolderOf(config), role.metrics.value)
  return role.name.value === MEASURING_ROLE ? METRICS_FILE : undefined
}

const MEASURING_ROLE = 'evaluate'
