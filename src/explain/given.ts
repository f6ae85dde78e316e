/** What a config says at a key: every place of it, also where only a short form stands. */
import type { ConfigFile } from '../compile.ts'
import type { Span } from '../diagnostics/diagnostic.ts'
import { Sink } from '../diagnostics/sink.ts'
import { NAME } from '../schema/keys.ts'
import { overlayVariant } from '../schema/variants.ts'
import { parseConfig } from '../syntax/parse.ts'
import { decodeSource } from '../syntax/source.ts'
import { valueOf, type Tree } from '../syntax/tree.ts'
import { inline } from './takes.ts'

export interface Given {
  /** On one line of YAML. */
  readonly text: string
  readonly span: Span
  /** The key whose short form it is; undefined where the key itself is written. */
  readonly shortOf: string | undefined
}

const LONGEST = 60

type Conceal = (text: string) => string

/** Empty where the text is no config. `steps` lead from the root, and `NAME` among them is every name that is there. */
export function findGiven({ name, bytes, variant }: ConfigFile & { readonly variant?: string | undefined }, steps: readonly string[], conceal: Conceal): readonly Given[] {
  const sink = new Sink()
  const { source, isUsable } = decodeSource(name, bytes, sink)
  const root = isUsable ? parseConfig(source, sink) : undefined
  return root === undefined ? [] : follow(variant === undefined || steps[0] === 'variants' ? root : overlayVariant(root, variant, sink), steps, [], conceal)
}

function follow(tree: Tree, [step, ...rest]: readonly string[], way: readonly string[], conceal: Conceal): readonly Given[] {
  if (tree.kind === 'unknown') return []
  if (step === undefined) return [{ text: textOf(tree, conceal), span: tree.span, shortOf: undefined }]
  if (tree.kind === 'map') {
    const entries = tree.entries.filter(({ key }) => step === NAME || key === step)
    return entries.flatMap(({ key, value }) => follow(value, rest, [...way, key], conceal))
  }
  const items = tree.kind === 'list' ? tree.items.filter(({ kind }) => kind === 'map' || kind === 'list') : []
  if (items.length > 0) return items.flatMap((item) => follow(item, [step, ...rest], way, conceal))
  return way.length === 0 ? [] : [{ text: textOf(tree, conceal), span: tree.span, shortOf: way.join('.') }]
}

function textOf(tree: Tree, conceal: Conceal): string {
  const written = tree.span.source.text.slice(tree.span.start, tree.span.end)
  const line = conceal(written.includes('\n') || written === '' ? inline(valueOf(tree)) : written).replace(/\s*\n\s*/g, ' ')
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line
}
