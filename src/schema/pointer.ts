/** JSON pointers, and the way from one to the place in the user's file. */
import { entryOf, type Entry, type Tree } from '../syntax/tree.ts'

/** The steps of a pointer such as `/serve/port`, unescaped; none for the empty pointer, which is the root. */
export function stepsOf(pointer: string): readonly string[] {
  if (pointer === '') return []
  return pointer.slice(1).split('/').map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
}

export interface Place {
  readonly tree: Tree
  /** The entry whose value the tree is; undefined at the root and in lists. */
  readonly entry: Entry | undefined
}

/** Follows the steps from the root; undefined where they lead nowhere. */
export function locate(root: Tree, steps: readonly string[]): Place | undefined {
  let place: Place = { tree: root, entry: undefined }
  for (const step of steps) {
    const { tree }: Place = place
    if (tree.kind === 'map') {
      const entry = entryOf(tree, step)
      if (entry === undefined) return undefined
      place = { tree: entry.value, entry }
    } else if (tree.kind === 'list') {
      const item = tree.items[Number(step)]
      if (item === undefined) return undefined
      place = { tree: item, entry: place.entry }
    } else return undefined
  }
  return place
}

/** How a place is called in messages: its last key, and its number in a list, such as `serve.port` or `system[2]`. */
export function nameOf(steps: readonly string[]): string {
  return steps.reduce((name, step) => (/^\d+$/.test(step) ? `${name}[${step}]` : name === '' ? step : `${name}.${step}`), '')
}
