/** The project's own files in the container of a service that edits them: the folders of the code in place of their copies, without what is secret in them. */
import { posix } from 'node:path'
import type { Config, Role } from '../config/config.ts'
import { literal } from '../config/template.ts'
import { MADE_FOLDER } from '../facts/container.ts'
import { workingFolderOf } from '../resolve/code.ts'
import { pathFromOutput } from './layout.ts'
import { tokenOf } from './notebook.ts'
import { hostPathOf, outputsOf } from './outputs.ts'
import { OWN_FOLDER } from './own-files.ts'
import { datasetsOf, type Resolved } from './resolved.ts'
import { factsOf } from './role-kinds.ts'
import { secretsOf } from './secrets.ts'
import type { ResolvedOutput } from '../resolve/outputs.ts'
import type { Mount } from './stack.ts'

/** A folder or file of the project, relative to the config, with its place in the container. */
interface Place {
  readonly path: string
  readonly target: string
}

/** None for a role that works on the copy in its image. */
export function planProjectMounts(role: Role, resolved: Resolved): readonly Mount[] {
  if (!factsOf(role).editsProject) return []
  const { config, layout } = resolved
  const places = placesOf(resolved)
  return [
    ...places.map(({ path, target }) => ({ kind: 'bind' as const, source: literal(pathFromOutput(path, layout)), target, isReadOnly: false })),
    ...foreignSecrets(role, config).flatMap((file) => placesIn(file, places)).map((target) => ({ kind: 'hidden' as const, target, isReadOnly: true as const })),
    ...(tokenOf(role, config)?.kind === 'made' ? [{ kind: 'bind' as const, source: literal(`./${OWN_FOLDER}`), target: MADE_FOLDER, isReadOnly: true }] : []),
  ]
}

/** The config's folder, and the code that lies elsewhere. */
function placesOf({ config, code }: Pick<Resolved, 'config' | 'code'>): readonly Place[] {
  const elsewhere = code.filter(({ path, isCopied }) => isCopied && path.startsWith('..'))
  return [{ path: '.', target: workingFolderOf(config) }, ...elsewhere.map(({ path, target }) => ({ path, target }))]
}

/** Files of secrets that the role has not asked for. */
function foreignSecrets(role: Role, config: Config): readonly string[] {
  const own = new Set(secretsOf(role, config).map(({ name }) => name.value))
  const all = [...config.secrets, ...config.roles.flatMap(({ secrets }) => secrets)]
  return [...new Set(all.flatMap(({ name, source }) => ('file' in source && !own.has(name.value) ? [source.file.value] : [])))]
}

/** Where a file is seen in the container. */
function placesIn(file: string, places: readonly Place[]): readonly string[] {
  return places.flatMap(({ path, target }) => {
    const inside = posix.relative(path, posix.normalize(file))
    return inside === '' || inside.startsWith('..') || posix.isAbsolute(inside) || /^[/~]/.test(file) ? [] : [posix.join(target, inside)]
  })
}

/** Whether an output is where it has to be by the mount of the project alone. */
export function isInProject(role: Role, output: ResolvedOutput, resolved: Resolved): boolean {
  const path = hostPathOf(output)
  return factsOf(role).editsProject && path !== undefined && placesOf(resolved).some((place) => pathIn(output.target, place)[0] === posix.normalize(path).replace(/\/$/, ''))
}

/** Folders that are mounted within those of the project: Docker would make what they are mounted on as root's. */
export function planMountPoints(resolved: Resolved): readonly string[] {
  const { config, layout, datasets, outputs } = resolved
  const places = placesOf(resolved)
  return config.roles.filter((role) => factsOf(role).editsProject).flatMap((role) => {
    const targets = [...outputsOf(role, outputs).map(({ target }) => target), ...datasetsOf(role, datasets).filter(({ kind }) => kind !== 'file').map(({ mount }) => mount.value)]
    return targets.flatMap((target) => places.flatMap((place) => pathIn(target, place))).map((path) => pathFromOutput(path, layout))
  })
}

/** The path on the machine of a place in the container. */
function pathIn(place: string, { path, target }: Place): readonly string[] {
  const inside = posix.relative(target, place)
  return inside === '' || inside.startsWith('..') ? [] : [posix.join(path, inside)]
}

/** As Compose reads them. */
export function planEditedFolders(resolved: Resolved): readonly string[] {
  return resolved.config.roles.some((role) => factsOf(role).editsProject) ? placesOf(resolved).map(({ path }) => pathFromOutput(path, resolved.layout)) : []
}
