/** Takes what is already known to be wrong out of a tree, so that no later phase stumbles over it a second time. */
import type { Tree } from '../syntax/tree.ts'

/** Replaces the value at each path by `unknown`; a whole mapping of the user's is given up where one of its required keys is missing. */
export function pruneTree(tree: Tree, paths: readonly (readonly string[])[]): Tree {
  if (paths.length === 0) return tree
  if (paths.some((path) => path.length === 0)) return { kind: 'unknown', span: tree.span }
  const below = (step: string) => paths.filter((path) => path[0] === step).map((path) => path.slice(1))
  if (tree.kind === 'map') {
    return { ...tree, entries: tree.entries.map((entry) => ({ ...entry, value: pruneTree(entry.value, below(entry.key)) })) }
  }
  if (tree.kind === 'list') return { ...tree, items: tree.items.map((item, index) => pruneTree(item, below(String(index)))) }
  return tree
}
