/** Variants: overlays of the same file, laid over it as trees, so that each value keeps the line that it was written on. */
import * as shape from '../diagnostics/catalogue/shape.ts'
import type { Sink } from '../diagnostics/sink.ts'
import { suggest } from '../diagnostics/suggest.ts'
import { entryOf, type Entry, type MapTree, type Tree } from '../syntax/tree.ts'
import { expandShortForm } from './long-forms.ts'

const SECTION = 'variants'

/** The names of a file's variants, in their order. */
export function listVariants(root: MapTree): readonly string[] {
  return variantsOf(root).map(({ key }) => key)
}

/** The file without a variant: what it says beside the section. */
export function withoutVariants(root: MapTree): MapTree {
  return { ...root, entries: root.entries.filter(({ key }) => key !== SECTION) }
}

/**
 * The file with one of its variants laid over it: a mapping merges, a list or a scalar replaces, `null` removes. What the variant
 * would remove and the file does not have is reported.
 */
export function overlayVariant(root: MapTree, name: string, sink: Sink): MapTree {
  const base = withoutVariants(root)
  const over = variantsOf(root).find(({ key }) => key === name)?.value
  return over?.kind === 'map' ? mergeMaps(base, over, [], { sink, name }) : base
}

function variantsOf(root: MapTree): readonly Entry[] {
  const section = entryOf(root, SECTION)?.value
  return section?.kind === 'map' ? section.entries : []
}

interface Context {
  readonly sink: Sink
  readonly name: string
}

function mergeMaps(base: MapTree, over: MapTree, steps: readonly string[], context: Context): MapTree {
  const merged = new Map(base.entries.map((entry) => [entry.key, entry]))
  for (const entry of over.entries) {
    const { key, value } = entry
    const existing = merged.get(key)
    const below = [...steps, key]
    // What the shape of the section is wrong in has been said, and counts as not written.
    if (value.kind === 'unknown' || (steps.length === 0 && key.startsWith('x-'))) continue
    if (!isNull(value)) merged.set(key, mergeEntries(existing, entry, below, context))
    else if (existing !== undefined) merged.delete(key)
    else if (hasMeaningOfNull(below)) merged.set(key, entry)
    else context.sink.report(shape.nothingToRemove({ key: below.join('.'), variant: context.name, suggestion: suggest(key, [...merged.keys()]) }, { at: entry.keySpan }))
  }
  return { ...base, entries: [...merged.values()] }
}

function mergeEntries(existing: Entry | undefined, over: Entry, steps: readonly string[], context: Context): Entry {
  const { value } = over
  if (value.kind !== 'map') return over
  const base = existing?.value.kind === 'map' ? existing.value : existing && expandShortForm(existing.value, steps)
  // Without anything below it, a `null` in an overlay is looked at nevertheless.
  if (existing === undefined || base === undefined) return { ...over, value: mergeMaps({ ...value, entries: [] }, value, steps, context) }
  return { ...existing, value: mergeMaps(base, value, steps, context) }
}

function isNull(tree: Tree): boolean {
  return tree.kind === 'scalar' && tree.value === null
}

/** Where `null` is a value of its own: a variable taken from the shell, a volume with nothing to say about it. */
const NULL_IS_VALUE = /^(?:(?:.*\.)?environment\.[^.]+|build\.args\.[^.]+|(?:volumes|networks)\.[^.]+|(?:services|volumes|networks|configs)\..+\..+)$/

function hasMeaningOfNull(steps: readonly string[]): boolean {
  return NULL_IS_VALUE.test(steps.map((step) => step.replaceAll('.', '_')).join('.'))
}
