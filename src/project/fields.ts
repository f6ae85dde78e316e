/** Reads fields of a TOML tree: a value with its place, or nothing where it is of another kind. */
import type { Span } from '../diagnostics/diagnostic.ts'
import { entryOf, type Entry, type Tree } from '../syntax/tree.ts'

export interface Text {
  readonly value: string
  readonly span: Span
}

export function treeAt(tree: Tree | undefined, ...keys: readonly string[]): Tree | undefined {
  return keys.reduce((at, key) => entryOf(at, key)?.value, tree)
}

export function textAt(tree: Tree | undefined, ...keys: readonly string[]): Text | undefined {
  return asText(treeAt(tree, ...keys))
}

export function asText(tree: Tree | undefined): Text | undefined {
  return tree?.kind === 'scalar' && typeof tree.value === 'string' ? { value: tree.value, span: tree.span } : undefined
}

/** The items of a list; a single value counts as a list of one. */
export function itemsAt(tree: Tree | undefined, ...keys: readonly string[]): readonly Tree[] {
  const found = treeAt(tree, ...keys)
  return found?.kind === 'list' ? found.items : found === undefined ? [] : [found]
}

export function textsAt(tree: Tree | undefined, ...keys: readonly string[]): readonly Text[] {
  return itemsAt(tree, ...keys).flatMap((item) => asText(item) ?? [])
}

export function entriesAt(tree: Tree | undefined, ...keys: readonly string[]): readonly Entry[] {
  const found = treeAt(tree, ...keys)
  return found?.kind === 'map' ? found.entries : []
}
