/** Composed YAML to our tree: aliases followed (with limits), `<<` merged, duplicate keys refused, a span on everything. */
import { isAlias, isScalar, isSeq, type Alias, type Pair, type ParsedNode, type Scalar, type YAMLMap } from 'yaml'
import * as syntax from '../diagnostics/catalogue/syntax.ts'
import type { Source, Span } from '../diagnostics/diagnostic.ts'
import type { Sink } from '../diagnostics/sink.ts'
import { suggest } from '../diagnostics/suggest.ts'
import { DEPTH_LIMIT, KEY_LIMIT } from './inspect.ts'
import { describeKind, type Entry, type Tree } from './tree.ts'

/** How many values aliases may stand for in all. */
const EXPANSION_LIMIT = 100_000

/** Among more anchors than this, none is suggested for an unknown alias: a hostile file would have millions of pairs to compare. */
const SUGGESTION_LIMIT = 100

interface Measure {
  /** In values, with the tree itself. */
  readonly size: number
  /** In levels of lists and mappings. */
  readonly height: number
}

interface Builder {
  readonly source: Source
  readonly sink: Sink
  /** The latest value of each anchor so far; `open` while the value is still being built. */
  readonly anchors: Map<string, Tree | 'open' | 'failed'>
  readonly measures: WeakMap<Tree, Measure>
  expanded: number
}

/** Builds the tree of a document; undefined where a node could not be built, which is then reported. */
export function buildTree(node: ParsedNode, source: Source, sink: Sink): Tree | undefined {
  const builder: Builder = { source, sink, anchors: new Map(), measures: new WeakMap(), expanded: 0 }
  return build(node, builder, 1)
}

function build(node: ParsedNode, builder: Builder, depth: number): Tree | undefined {
  if (isAlias(node)) return followAlias(node, builder, depth)
  const { anchor } = node
  if (anchor !== undefined) builder.anchors.set(anchor, 'open')
  const tree = buildValue(node, builder, depth)
  if (anchor !== undefined) builder.anchors.set(anchor, tree ?? 'failed')
  return tree
}

function buildValue(node: Exclude<ParsedNode, Alias.Parsed>, builder: Builder, depth: number): Tree | undefined {
  const span = spanOf(node, builder.source)
  if (isScalar(node)) return measured({ kind: 'scalar', ...scalarParts(node), span }, [], builder)
  if (isSeq(node)) {
    const items = (node.items as ParsedNode[]).map((item) => build(item, builder, depth + 1))
    if (!items.every((item) => item !== undefined)) return undefined
    return measured({ kind: 'list', items, span }, items, builder)
  }
  const entries = buildEntries(node as YAMLMap, builder, depth)
  if (entries === undefined) return undefined
  return measured({ kind: 'map', entries, span }, entries.map((entry) => entry.value), builder)
}

function scalarParts(node: Scalar): { value: string | number | boolean | null; text: string; isPlain: boolean } {
  const value = node.value as string | number | boolean | null
  const isPlain = node.type === 'PLAIN'
  const text = isPlain && typeof value !== 'string' ? (node.source ?? String(value ?? '')) : String(value ?? '')
  return { value, text, isPlain }
}

function buildEntries(map: YAMLMap, builder: Builder, depth: number): readonly Entry[] | undefined {
  const own = new Map<string, Entry>()
  const merged: Entry[] = []
  let hasMerge = false
  let isWhole = true
  for (const pair of map.items as Pair<ParsedNode, ParsedNode | null>[]) {
    const key = readKey(pair.key, builder)
    if (key === undefined) {
      isWhole = false
      continue
    }
    const value = buildPairValue(pair, key.span, builder, depth)
    const first = own.get(key.text)
    if (first !== undefined) {
      const related = [{ span: first.keySpan, message: 'first given here' }]
      builder.sink.report(syntax.duplicateKey({ key: key.text }, { at: key.span, related }))
      isWhole = false
    } else if (value === undefined) isWhole = false
    else {
      own.set(key.text, { key: key.text, keySpan: key.span, value })
      if (key.isMerge) {
        hasMerge = true
        isWhole = mergeInto(merged, value, builder) && isWhole
      }
    }
  }
  if (!isWhole) return undefined
  if (!hasMerge) return [...own.values()]
  return withMerged(own, merged, spanOf(map as ParsedNode, builder.source), builder)
}

function buildPairValue(pair: Pair<ParsedNode, ParsedNode | null>, keySpan: Span, builder: Builder, depth: number): Tree | undefined {
  const node = pair.value
  const isImplicitNull = node === null || (isScalar(node) && node.value === null && node.range !== null && node.range !== undefined && node.range[0] === node.range[1])
  // A value that is not there has no place of its own: its key stands for it.
  if (!isImplicitNull) return build(node, builder, depth + 1)
  const tree = measured({ kind: 'scalar', value: null, text: '', isPlain: true, span: keySpan }, [], builder)
  if (node?.anchor !== undefined) builder.anchors.set(node.anchor, tree)
  return tree
}

function readKey(node: ParsedNode | null, builder: Builder): { text: string; span: Span; isMerge: boolean } | undefined {
  if (node !== null) {
    const span = spanOf(node, builder.source)
    const tree = build(node, builder, 1)
    if (tree?.kind === 'scalar' && (tree.value !== null || tree.text !== '')) {
      return { text: tree.text, span, isMerge: tree.text === '<<' && tree.isPlain }
    }
    if (tree === undefined) return undefined
  }
  const at = node === null ? { source: builder.source, start: 0, end: 0 } : spanOf(node, builder.source)
  builder.sink.report(syntax.keyNotText({}, { at }))
  return undefined
}

function mergeInto(merged: Entry[], value: Tree, builder: Builder): boolean {
  const maps = value.kind === 'list' ? value.items : [value]
  for (const map of maps) {
    if (map.kind !== 'map') {
      builder.sink.report(syntax.badMerge({ found: describeKind(map) }, { at: map.span }))
      return false
    }
    merged.push(...map.entries)
  }
  return true
}

/** Keys of the mapping itself win over merged ones, and an earlier merged mapping over a later one. */
function withMerged(own: Map<string, Entry>, merged: readonly Entry[], at: Span, builder: Builder): readonly Entry[] | undefined {
  own.delete('<<')
  for (const entry of merged) if (!own.has(entry.key)) own.set(entry.key, entry)
  if (own.size <= KEY_LIMIT) return [...own.values()]
  builder.sink.report(syntax.tooManyKeys({ limit: KEY_LIMIT }, { at: { ...at, end: at.start + 1 } }))
  return undefined
}

function followAlias(node: Alias.Parsed, builder: Builder, depth: number): Tree | undefined {
  const alias = node.source
  const at = spanOf(node, builder.source)
  const target = builder.anchors.get(alias)
  if (target === 'failed') return undefined
  if (target === 'open') {
    builder.sink.report(syntax.aliasInsideItself({ alias }, { at }))
    return undefined
  }
  if (target === undefined) {
    const known = builder.anchors.size > SUGGESTION_LIMIT ? [] : [...builder.anchors.keys()]
    builder.sink.report(syntax.unknownAlias({ alias, suggestion: suggest(alias, known) }, { at }))
    return undefined
  }
  const { size, height } = builder.measures.get(target) ?? { size: 1, height: 0 }
  builder.expanded += size
  if (builder.expanded > EXPANSION_LIMIT) {
    // Said once: every later alias would follow from the first that is too much.
    if (builder.expanded - size <= EXPANSION_LIMIT) builder.sink.report(syntax.aliasesExpandTooFar({ alias }, { at }))
    return undefined
  }
  if (depth + height - 1 > DEPTH_LIMIT) {
    builder.sink.report(syntax.nestedTooDeep({ limit: DEPTH_LIMIT }, { at }))
    return undefined
  }
  const tree: Tree = { ...target, span: at }
  builder.measures.set(tree, { size, height })
  return tree
}

function measured(tree: Tree, children: readonly Tree[], builder: Builder): Tree {
  let size = 1
  let height = tree.kind === 'scalar' ? 0 : 1
  for (const child of children) {
    const measure = builder.measures.get(child)
    size += measure?.size ?? 1
    height = Math.max(height, 1 + (measure?.height ?? 0))
  }
  builder.measures.set(tree, { size, height })
  return tree
}

function spanOf(node: ParsedNode, source: Source): Span {
  return { source, start: node.range[0], end: node.range[1] }
}
