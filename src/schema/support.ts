/** What belongs to the language but is not built yet, as rows: a key or value that is met is refused, never ignored. */
import * as shape from '../diagnostics/catalogue/shape.ts'
import type { Span } from '../diagnostics/diagnostic.ts'
import type { Sink } from '../diagnostics/sink.ts'
import { pruneTree } from './prune.ts'
import type { MapTree, Tree } from '../syntax/tree.ts'

interface Row {
  /** Steps from the root; `*` stands for any one step, a list of names for any of them. */
  readonly path: readonly (string | readonly string[])[]
  /** The values that are refused; without it the key itself is, whatever its value. */
  readonly value?: (tree: Tree) => boolean
  /** How the message names it; the path by default. */
  readonly what?: string
}

interface Match {
  readonly steps: readonly string[]
  readonly keySpan: Span
  readonly tree: Tree
}

/** Empty: all of the language is built. */
const NOT_YET: readonly Row[] = []

/** Reports every key and value that is not built yet and gives the tree without them. */
export function refuseUnsupported(root: MapTree, sink: Sink): MapTree {
  const refused: (readonly string[])[] = []
  for (const { path, value, what } of NOT_YET) {
    for (const { steps, keySpan, tree } of findMatches(root, path)) {
      if (tree.kind === 'unknown' || (value !== undefined && !value(tree))) continue
      const words = what ?? `\`${steps.join('.')}\``
      sink.report(shape.notSupportedYet({ what: words }, { at: value === undefined ? keySpan : tree.span }))
      refused.push(steps)
    }
  }
  return pruneTree(root, refused) as MapTree
}

function findMatches(root: MapTree, path: Row['path']): readonly Match[] {
  return path.reduce<readonly Match[]>(
    (matches, step) => matches.flatMap((match) => childrenOf(match).filter(({ steps }) => isStep(steps.at(-1) ?? '', step))),
    [{ steps: [], keySpan: root.span, tree: root }],
  )
}

function childrenOf({ steps, keySpan, tree }: Match): readonly Match[] {
  if (tree.kind === 'map') return tree.entries.map((entry) => ({ steps: [...steps, entry.key], keySpan: entry.keySpan, tree: entry.value }))
  return tree.kind === 'list' ? tree.items.map((item, index) => ({ steps: [...steps, String(index)], keySpan, tree: item })) : []
}

function isStep(name: string, step: string | readonly string[]): boolean {
  return step === '*' || (typeof step === 'string' ? step === name : step.includes(name))
}
