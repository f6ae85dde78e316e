/** What an installed project tells Python of itself: its name, version and entry points, as its project files have them. */
import { posix } from 'node:path'
import { createSource } from '../syntax/source.ts'
import type { MapTree } from '../syntax/tree.ts'
import { entriesAt, textAt, textsAt, treeAt } from './fields.ts'
import type { Project } from './project.ts'
import { findPackageFolders } from './package-folders.ts'
import { readSetup } from './setup-files.ts'
import { parseToml, type TomlProblem } from './toml.ts'
import { findDynamicVersion } from './version-file.ts'

export interface Distribution {
  /** The file that it was read from, relative to the project's folder. */
  readonly file: string
  /** As written. */
  readonly name: string
  /** Undefined where only a build of the project would tell. */
  readonly version: string | undefined
  readonly requiresPython: string | undefined
  /** By group, such as `console_scripts`; empty groups are left out. */
  readonly entryPoints: readonly EntryGroup[]
  /** Folders below the project's from which its packages are imported; `.` is the project's own. */
  readonly packageFolders: readonly string[]
}

export interface EntryGroup {
  readonly group: string
  /** Each as `module:object`. */
  readonly points: readonly { readonly name: string; readonly object: string }[]
}

/** `none`: no build system says how it is installed; `unread`: one that only running it would tell. */
export type DistributionReading = { readonly kind: 'none' } | { readonly kind: 'unread'; readonly file: string } | { readonly kind: 'wrong'; readonly file: string; readonly problem: TomlProblem } | { readonly kind: 'read'; readonly distribution: Distribution }

const MANIFEST = 'pyproject.toml'

/** `named` is how diagnostics call the folder. */
export function readDistribution(folder: string, project: Project, named = folder): DistributionReading {
  const text = project.read(posix.join(folder, MANIFEST))
  const tree = text === undefined ? undefined : parseToml(createSource(posix.join(named, MANIFEST), text))
  if (tree?.kind === 'problem') return { kind: 'wrong', file: posix.join(folder, MANIFEST), problem: tree }
  const read = (path: string) => project.read(posix.join(folder, path))
  const name = textAt(tree, 'project', 'name')?.value ?? textAt(tree, 'tool', 'poetry', 'name')?.value
  if (tree !== undefined && name !== undefined) return { kind: 'read', distribution: readManifest(tree, name, { folder, project }) }
  const setup = readSetup(read)
  if (setup === undefined) return treeAt(tree, 'build-system') === undefined ? { kind: 'none' } : { kind: 'unread', file: MANIFEST }
  if (setup.name === undefined) return { kind: 'unread', file: setup.file }
  return { kind: 'read', distribution: { ...setup, name: setup.name, packageFolders: findPackageFolders(undefined, { folder, project, setup: setup.packageFolder }) } }
}

interface Place {
  readonly folder: string
  readonly project: Project
}

function readManifest(tree: MapTree, name: string, { folder, project }: Place): Distribution {
  const written = textAt(tree, 'project', 'version')?.value ?? textAt(tree, 'tool', 'poetry', 'version')?.value
  const packageFolders = findPackageFolders(tree, { folder, project, setup: undefined })
  return {
    file: MANIFEST,
    name,
    version: written ?? findDynamicVersion(tree, { name, packageFolders, read: (path) => project.read(posix.join(folder, path)) }),
    requiresPython: textAt(tree, 'project', 'requires-python')?.value,
    entryPoints: readEntryPoints(tree),
    packageFolders,
  }
}

/** https://packaging.python.org/en/latest/specifications/pyproject-toml/#entry-points, and Poetry's own tables. */
function readEntryPoints(tree: MapTree): readonly EntryGroup[] {
  const groups = [
    groupAt('console_scripts', tree, ['project', 'scripts'], ['tool', 'poetry', 'scripts']),
    groupAt('gui_scripts', tree, ['project', 'gui-scripts']),
    ...[...entriesAt(tree, 'project', 'entry-points'), ...entriesAt(tree, 'tool', 'poetry', 'plugins')].map(({ key, value }) => ({ group: key, points: pairsOf(value) })),
  ]
  return groups.filter(({ points }) => points.length > 0)
}

function groupAt(group: string, tree: MapTree, ...paths: readonly (readonly string[])[]): EntryGroup {
  return { group, points: paths.flatMap((path) => pairsOf(treeAt(tree, ...path))) }
}

function pairsOf(table: Parameters<typeof entriesAt>[0]): EntryGroup['points'] {
  return entriesAt(table).flatMap(({ key, value }) => {
    const [object] = value.kind === 'map' ? textsAt(value, 'reference') : textsAt(value)
    return object === undefined ? [] : [{ name: key, object: object.value }]
  })
}
