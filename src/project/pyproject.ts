/** Reads what a pyproject.toml says of dependencies: PEP 621, Poetry's tables, uv's sources. */
import type { Span } from '../diagnostics/diagnostic.ts'
import { entryOf, type MapTree, type Tree } from '../syntax/tree.ts'
import { asText, entriesAt, itemsAt, textAt, textsAt, treeAt, type Text } from './fields.ts'
import { readPoetry, readPoetryPython } from './poetry.ts'
import { readEntry } from './requirement-entry.ts'
import { normalizeName, type RequirementLine } from './requirements.ts'
import { applySources } from './uv-sources.ts'

export interface PyProject {
  /** Normalised. */
  readonly name: string | undefined
  /** A PEP 440 range. */
  readonly requiresPython: Text | undefined
  readonly dependencies: Dependencies
  /** Further lines, by the name of an extra, normalised. */
  readonly extras: ReadonlyMap<string, readonly ProjectLine[]>
  /** Of a workspace that begins here: patterns of its members' folders. */
  readonly members: readonly string[]
  /** The URLs of indexes beside the usual one, by the names that the file gives them. */
  readonly indexes: ReadonlyMap<string, string>
  /** What is not of the kind that it has to be. */
  readonly problems: readonly { readonly problem: string; readonly span: Span }[]
}

export type Dependencies =
  | { readonly kind: 'none' }
  /** `table` is where they stand, such as `[project] dependencies`. */
  | { readonly kind: 'listed'; readonly table: string; readonly lines: readonly ProjectLine[] }
  /** Requirements files that setuptools reads, relative to the pyproject.toml. */
  | { readonly kind: 'files'; readonly files: readonly Text[] }
  /** Only the build backend can tell. */
  | { readonly kind: 'unknown'; readonly span: Span }

/** A requirement, with the index that it is to come from where that is not the usual one (its name, or its URL), and the name of one that is a member of the same workspace. */
export type ProjectLine = RequirementLine & { readonly index?: Text; readonly member?: string }

export function readPyProject(tree: MapTree): PyProject {
  const name = textAt(tree, 'project', 'name') ?? textAt(tree, 'tool', 'poetry', 'name')
  return {
    name: name && normalizeName(name.value),
    requiresPython: textAt(tree, 'project', 'requires-python') ?? readPoetryPython(tree),
    dependencies: readDependencies(tree),
    extras: readExtras(tree),
    members: textsAt(tree, 'tool', 'uv', 'workspace', 'members').map(({ value }) => value),
    indexes: new Map([...itemsAt(tree, 'tool', 'uv', 'index'), ...itemsAt(tree, 'tool', 'poetry', 'source')].flatMap(readIndex)),
    problems: findProblems(tree),
  }
}

function readIndex(tree: Tree): readonly (readonly [name: string, url: string])[] {
  const name = textAt(tree, 'name')
  const url = textAt(tree, 'url')
  const isUsual = treeAt(tree, 'default')
  if (name === undefined || url === undefined || (isUsual?.kind === 'scalar' && isUsual.value === true)) return []
  return [[name.value, url.value]]
}

/** Poetry's table only adds to a list of the project's own. */
function readDependencies(tree: MapTree): Dependencies {
  const project = treeAt(tree, 'project')
  const own = treeAt(project, 'dependencies')
  if (own?.kind === 'list') {
    const lines = textsAt(own).map(({ value, span }) => readEntry(value, span))
    return { kind: 'listed', table: '[project] dependencies', lines: applySources(lines, treeAt(tree, 'tool', 'uv', 'sources')) }
  }
  if (entryOf(treeAt(tree, 'tool', 'poetry'), 'dependencies') !== undefined) {
    return { kind: 'listed', table: '[tool.poetry.dependencies]', lines: readPoetry(entriesAt(tree, 'tool', 'poetry', 'dependencies')) }
  }
  const dynamic = textsAt(project, 'dynamic').find(({ value }) => value === 'dependencies')
  return dynamic === undefined ? { kind: 'none' } : readDynamic(tree, dynamic.span)
}

function readExtras(tree: MapTree): PyProject['extras'] {
  const sources = treeAt(tree, 'tool', 'uv', 'sources')
  return new Map(entriesAt(tree, 'project', 'optional-dependencies').map(({ key, value }) => [normalizeName(key), applySources(textsAt(value).map((each) => readEntry(each.value, each.span)), sources)]))
}

/** https://setuptools.pypa.io/en/latest/userguide/pyproject_config.html#dynamic-metadata */
function readDynamic(tree: MapTree, span: Span): Dependencies {
  const files = textsAt(tree, 'tool', 'setuptools', 'dynamic', 'dependencies', 'file')
  return files.length === 0 ? { kind: 'unknown', span } : { kind: 'files', files }
}

function findProblems(tree: MapTree): PyProject['problems'] {
  const own = treeAt(tree, 'project', 'dependencies')
  if (own === undefined) return []
  if (own.kind !== 'list') return [{ problem: '`dependencies` of [project] is no list', span: own.span }]
  return own.items.filter((item) => asText(item) === undefined).map(({ span }) => ({ problem: 'a dependency of [project] is a text, such as "pandas>=2"', span }))
}
