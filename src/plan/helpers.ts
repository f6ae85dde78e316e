/** Which files our helper has in an image besides those that it has everywhere. */
import type { Config, Role } from '../config/config.ts'
import { isTogether } from './nodes.ts'
import { NODES_FILE } from './own-files.ts'

/** Each is there only where one of the roles needs it. */
const FURTHER: readonly { readonly file: string; readonly isNeeded: (role: Role, config: Config) => boolean }[] = [{ file: NODES_FILE, isNeeded: isTogether }]

/** Relative to the output folder. */
export function furtherHelpers(roles: readonly Role[], config: Config): readonly string[] {
  return FURTHER.filter(({ isNeeded }) => roles.some((role) => isNeeded(role, config))).map(({ file }) => file)
}
