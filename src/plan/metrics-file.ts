/** Where a role writes what it measures. */
import { posix } from 'node:path'
import type { Config, Role } from '../config/config.ts'
import { METRICS_FILE } from '../facts/container.ts'
import { workingFolderOf } from '../resolve/code.ts'

/** Only `evaluate` measures: its file is on the volume, or where the user says, seen from the code. */
export function metricsFileOf(role: Role, config: Config): string | undefined {
  if (role.metrics !== undefined) {
    // In an image of the user's own, only the image knows its working folder.
    const isKnown = config.build.dockerfile === undefined || config.code.workdir !== undefined
    return isKnown ? posix.resolve(workingFolderOf(config), role.metrics.value) : role.metrics.value
  }
  return role.name.value === MEASURING_ROLE ? METRICS_FILE : undefined
}

const MEASURING_ROLE = 'evaluate'
