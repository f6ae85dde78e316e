/** Reads uv.lock: every package with its version, its source and what it depends on. */
import type { Source, Span } from '../diagnostics/diagnostic.ts'
import type { MapTree, Tree } from '../syntax/tree.ts'
import { fragmentOf, gitReference } from './direct-source.ts'
import { entriesAt, itemsAt, textAt, textsAt, treeAt, type Text } from './fields.ts'
import { normalizeName } from './requirements.ts'
import { parseToml, type TomlProblem } from './toml.ts'

export interface Lock {
  readonly kind: 'lock'
  readonly version: { readonly value: number; readonly span: Span }
  readonly requiresPython: Text | undefined
  readonly packages: readonly LockedPackage[]
}

export interface LockedPackage {
  readonly name: string
  /** Where the name stands. */
  readonly span: Span
  /** Undefined for the project itself and its like, whose version is made when they are built. */
  readonly version: string | undefined
  readonly source: LockedSource
  /** In which of the environments this version is the one; empty where it is in all. */
  readonly environments: readonly string[]
  readonly dependencies: readonly LockedDependency[]
  readonly extras: ReadonlyMap<string, readonly LockedDependency[]>
  readonly files: readonly LockedFile[]
}

export type LockedSource =
  | { readonly kind: 'registry'; readonly url: string }
  /** As pip takes it behind `name @`. */
  | { readonly kind: 'direct'; readonly reference: string }
  | { readonly kind: 'local'; readonly path: string }

export interface LockedDependency {
  readonly name: string
  /** Given where the lock has several. */
  readonly version: string | undefined
  readonly extras: readonly string[]
  readonly marker: string
}

/** A wheel or an archive of sources. */
export interface LockedFile {
  readonly name: string
  readonly hash: string
}

/** Most of a lock is files, of which names and hashes are all that is taken: without them it is read five times as fast. */
const FILES = /^(?:wheels = \[\n(?: .*\n)*\]|sdist = \{.*\})$/gm
const FILE = /\{ (?:(?:url|path) = "([^"]*)", )?hash = "([^"]+)"/g

export function readLock(source: Source): Lock | TomlProblem {
  const tree = parseToml(source, source.text.replace(FILES, (text) => text.replace(/[^\n]/g, ' ')))
  if (tree.kind === 'problem') return tree
  const tables = itemsAt(tree, 'package')
  const ends = tables.map((_, index) => tables[index + 1]?.span.start ?? source.text.length)
  return {
    kind: 'lock',
    version: readVersion(tree),
    requiresPython: textAt(tree, 'requires-python'),
    packages: tables.flatMap((table, index) => readPackage(table, source.text.slice(table.span.start, ends[index]))),
  }
}

function readVersion(tree: MapTree): Lock['version'] {
  const found = treeAt(tree, 'version')
  return { value: found?.kind === 'scalar' ? Number(found.value) : 0, span: found?.span ?? { ...tree.span, end: 0 } }
}

function readPackage(table: Tree, text: string): readonly LockedPackage[] {
  const name = textAt(table, 'name')
  if (name === undefined) return []
  return [
    {
      name: normalizeName(name.value),
      span: name.span,
      version: textAt(table, 'version')?.value,
      source: readSource(treeAt(table, 'source')),
      environments: textsAt(table, 'resolution-markers').map(({ value }) => value),
      dependencies: itemsAt(table, 'dependencies').flatMap(readDependency),
      extras: new Map(entriesAt(table, 'optional-dependencies').map(({ key, value }) => [normalizeName(key), itemsAt(value).flatMap(readDependency)])),
      files: [...text.matchAll(FILE)].map(([, path = '', hash = '']) => ({ name: path.split('/').at(-1) ?? '', hash })),
    },
  ]
}

/** `git = "https://…?tag=v1#COMMIT"`: the commit is what was locked. */
function readSource(tree: Tree | undefined): LockedSource {
  const registry = textAt(tree, 'registry')
  if (registry !== undefined) return { kind: 'registry', url: registry.value }
  const subdirectory = textAt(tree, 'subdirectory')?.value
  const git = textAt(tree, 'git')?.value
  if (git !== undefined) return { kind: 'direct', reference: readGit(git) }
  const url = textAt(tree, 'url')?.value
  if (url !== undefined) return { kind: 'direct', reference: `${url}${fragmentOf(subdirectory)}` }
  const [path] = ['path', 'directory', 'editable', 'virtual'].flatMap((key) => textAt(tree, key)?.value ?? [])
  return { kind: 'local', path: path ?? '.' }
}

function readGit(text: string): string {
  const [, repository = '', query = '', commit] = /^([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/.exec(text) ?? []
  return gitReference(repository, commit, new URLSearchParams(query).get('subdirectory') ?? undefined)
}

function readDependency(tree: Tree): readonly LockedDependency[] {
  const name = textAt(tree, 'name')
  if (name === undefined) return []
  const extras = textsAt(tree, 'extra').map(({ value }) => normalizeName(value))
  return [{ name: normalizeName(name.value), version: textAt(tree, 'version')?.value, extras, marker: textAt(tree, 'marker')?.value ?? '' }]
}

