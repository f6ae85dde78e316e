/** Which files our helper has in an image besides those that it has everywhere. */
import type { Role } from '../config/config.ts'
import { modelJobsOf } from './jobs.ts'
import { isTogether } from './nodes.ts'
import { MODEL_RUNTIMES_FILE, MODEL_SERVER_FILE, NODES_FILE, VERSIONS_FILE } from './own-files.ts'
import type { Resolved } from './resolved.ts'
import { serverOf } from './server.ts'
import { planVersions } from './vendor.ts'

/** Each is there only where one of the roles needs it. */
const FURTHER: readonly { readonly file: string; readonly isNeeded: (role: Role, resolved: Resolved) => boolean }[] = [
  { file: NODES_FILE, isNeeded: (role, { config }) => isTogether(role, config) },
  { file: MODEL_SERVER_FILE, isNeeded: (role, resolved) => serverOf(role, resolved) !== undefined },
  { file: MODEL_RUNTIMES_FILE, isNeeded: (role, resolved) => serverOf(role, resolved)?.runtimes.some(({ isOwn }) => isOwn) === true },
  { file: VERSIONS_FILE, isNeeded: (role, resolved) => role === modelJobsOf(resolved.config).at(-1) && planVersions(resolved) !== undefined },
]

/** Relative to the output folder. */
export function furtherHelpers(roles: readonly Role[], resolved: Resolved): readonly string[] {
  return FURTHER.filter(({ isNeeded }) => roles.some((role) => isNeeded(role, resolved))).map(({ file }) => file)
}
