/** What goes around an image that is made by a Dockerfile of the user's, since nothing of mlstack is in it. */
import { posix } from 'node:path'
import type { Role } from '../config/config.ts'
import { literal } from '../config/template.ts'
import { CACHE_VARIABLES, HELPER_FOLDER } from '../facts/container.ts'
import type { OwnImage } from '../resolve/own-image.ts'
import { workingFolderOf } from '../resolve/code.ts'
import { furtherHelpers } from './helpers.ts'
import { HELPER_FILES } from './own-files.ts'
import type { Resolved } from './resolved.ts'
import { factsOf } from './role-kinds.ts'
import type { Guest, Mount, Variable } from './stack.ts'

/** Our helper, from where it is written. */
export function mountHelpers(role: Role, resolved: Resolved): readonly Mount[] {
  return [...HELPER_FILES, ...furtherHelpers([role], resolved)].map((path) => ({ kind: 'bind', source: literal(`./${path}`), target: posix.join(HELPER_FOLDER, posix.basename(path)), isReadOnly: true }))
}

/** The working folder stands for what a job may write beside its volumes. */
export function planGuest(role: Role, mounts: readonly Mount[], { config }: Resolved, ownImage: OwnImage): Guest {
  const volumes = mounts.filter(({ kind, isReadOnly }) => kind === 'volume' && !isReadOnly).map(({ target }) => target)
  const facts = factsOf(role)
  // The project's own folder is not ours to give away.
  const own = facts.isReadOnly || facts.editsProject ? [] : ['.']
  return {
    user: config.build.user?.value ?? ownImage.user,
    folders: [...volumes, ...own],
    workingFolder: config.code.workdir === undefined && !facts.editsProject ? undefined : workingFolderOf(config),
  }
}

/** The defaults that our own images have, but for what the Dockerfile speaks of, or the config sets. */
export function guestVariables(given: readonly Variable[], { config, ownImage }: Resolved): readonly Variable[] {
  if (ownImage === undefined) return []
  const defaults = [['PYTHONUNBUFFERED', '1'] as const, ...(config.cache.scope === 'none' ? [] : CACHE_VARIABLES)]
  const isTaken = (name: string) => given.some((variable) => variable.name === name) || new RegExp(`\\b${name}\\b`).test(ownImage.text)
  return defaults.filter(([name]) => !isTaken(name)).map(([name, value]) => ({ name, value: literal(value) }))
}
