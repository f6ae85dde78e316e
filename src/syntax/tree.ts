/** The tree that the rest of the compiler sees: YAML with aliases and merge keys already followed, and a span on everything. */
import type { Span } from '../diagnostics/diagnostic.ts'

export type Tree = ScalarTree | ListTree | MapTree | UnknownTree

export interface ScalarTree {
  readonly kind: 'scalar'
  readonly value: string | number | boolean | null
  /** The text as written, without quotes: `3.10` stays `3.10`. */
  readonly text: string
  readonly isPlain: boolean
  readonly span: Span
}

/** A value that a diagnostic was already given for: whoever meets it says nothing. */
export interface UnknownTree {
  readonly kind: 'unknown'
  readonly span: Span
}

export interface ListTree {
  readonly kind: 'list'
  readonly items: readonly Tree[]
  readonly span: Span
}

export interface MapTree {
  readonly kind: 'map'
  readonly entries: readonly Entry[]
  readonly span: Span
}

export interface Entry {
  readonly key: string
  readonly keySpan: Span
  readonly value: Tree
}

/** What a tree is, in the user's words, for messages: `a list`, `a number`, `nothing`. */
export function describeKind(tree: Tree): string {
  if (tree.kind === 'unknown') return 'something else'
  if (tree.kind !== 'scalar') return tree.kind === 'list' ? 'a list' : 'a mapping'
  if (tree.value === null) return 'nothing'
  return typeof tree.value === 'boolean' ? '`true` or `false`' : `a ${typeof tree.value === 'number' ? 'number' : 'text'}`
}

/** The entry of a key; undefined where there is none, or no mapping. */
export function entryOf(tree: Tree | undefined, key: string): Entry | undefined {
  return tree?.kind === 'map' ? tree.entries.find((entry) => entry.key === key) : undefined
}

/** The plain JSON value of a tree, for the schema's validator. Objects have no prototype, so that `__proto__` is a key like any other. */
export function valueOf(tree: Tree): unknown {
  if (tree.kind === 'unknown') return undefined
  if (tree.kind === 'scalar') return tree.value
  if (tree.kind === 'list') return tree.items.map(valueOf)
  const object: Record<string, unknown> = Object.create(null)
  for (const { key, value } of tree.entries) object[key] = valueOf(value)
  return object
}
