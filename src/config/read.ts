/** Readers of tree nodes: each gives a located value, or undefined where there is none to read (what is wrong is said once). */
import * as shape from '../diagnostics/catalogue/shape.ts'
import type { Span } from '../diagnostics/diagnostic.ts'
import type { Sink } from '../diagnostics/sink.ts'
import { entryOf, type Entry, type MapTree, type ScalarTree, type Tree } from '../syntax/tree.ts'
import type { Located } from './located.ts'
import { literalOf, parseTemplate, textAtDefaults, type Template } from './template.ts'

/** The value of a key, or undefined where it is absent or already known to be wrong. */
export function fieldOf(tree: Tree | undefined, key: string): Tree | undefined {
  const value = entryOf(tree, key)?.value
  return value?.kind === 'unknown' ? undefined : value
}

/** The entries of a mapping whose keys the user names, without those already known to be wrong. */
export function entriesOf(tree: Tree | undefined): readonly Entry[] {
  return tree?.kind === 'map' ? tree.entries.filter(({ value }) => value.kind !== 'unknown') : []
}

export function asMap(tree: Tree | undefined): MapTree | undefined {
  return tree?.kind === 'map' ? tree : undefined
}

/** The items of a list; a single value counts as a list of one, and nothing as an empty list. */
export function itemsOf(tree: Tree | undefined): readonly Tree[] {
  if (tree === undefined || tree.kind === 'unknown') return []
  return tree.kind === 'list' ? tree.items.filter(({ kind }) => kind !== 'unknown') : [tree]
}

export function readNumber(tree: Tree | undefined): Located<number> | undefined {
  if (tree?.kind !== 'scalar' || tree.text.trim() === '') return undefined
  const value = Number(tree.text)
  return Number.isNaN(value) ? undefined : { value, span: tree.span }
}

export function readFlag(tree: Tree | undefined): Located<boolean> | undefined {
  return tree?.kind === 'scalar' && typeof tree.value === 'boolean' ? { value: tree.value, span: tree.span } : undefined
}

/** A scalar's text as it stands, dollars and all: for values that no reference can stand in. */
export function readVerbatim(tree: Tree | undefined): Located<string> | undefined {
  return tree?.kind === 'scalar' && tree.value !== null ? { value: tree.text, span: tree.span } : undefined
}

/** The names in a list of names, a list of mappings with `source`, or a mapping from names. */
export function namesIn(tree: Tree | undefined): readonly Located<string>[] {
  if (tree?.kind === 'map') return tree.entries.map(({ key, keySpan }) => ({ value: key, span: keySpan }))
  return itemsOf(tree).flatMap((item) => readVerbatim(item.kind === 'map' ? fieldOf(item, 'source') : item) ?? [])
}

/** A value that compiling itself needs: a reference in it is an error. Numbers are read by their source text. */
export function readText(tree: Tree | undefined, name: string, sink: Sink): Located<string> | undefined {
  const template = readTemplate(tree, sink)
  if (template === undefined) return undefined
  const value = literalOf(template.value)
  if (value !== undefined) return { value, span: template.span }
  const reference = template.value.find((piece) => typeof piece !== 'string')
  if (typeof reference === 'object') sink.report(shape.referenceNotAllowed({ reference: reference.text, name }, { at: template.span }))
  return undefined
}

export function readTexts(tree: Tree | undefined, name: string, sink: Sink): readonly Located<string>[] {
  return itemsOf(tree).flatMap((item) => readText(item, name, sink) ?? [])
}

/** A value in which references may stand, for Compose to fill in. */
export function readTemplate(tree: Tree | undefined, sink: Sink): Located<Template> | undefined {
  if (tree?.kind !== 'scalar' || tree.value === null) return undefined
  const parsed = parseTemplate(textOf(tree))
  if (!('error' in parsed)) return { value: parsed, span: tree.span }
  sink.report(shape.badReference({ problem: REFERENCE_PROBLEMS[parsed.error] }, { at: tree.span }))
  return undefined
}

const REFERENCE_PROBLEMS = {
  unclosed: 'a reference `${` is not closed',
  'bad-name': 'a reference `${…}` without a valid name',
  'bad-operator': 'a reference `${…}` with an operator that Compose does not have',
  'too-deep': 'references inside references, too deep to read',
} as const

/** Stands for a reference without a default; no text of a config can hold it. */
export const UNKNOWN = '\0'

/** A scalar's text where no variable is set: references become their defaults, or `UNKNOWN`. */
export function readAtDefaults(tree: Tree | undefined): string | undefined {
  if (tree?.kind !== 'scalar' || tree.value === null) return undefined
  const template = parseTemplate(textOf(tree))
  return 'error' in template ? undefined : textAtDefaults(template, UNKNOWN)
}

/** Booleans as Compose spells them, numbers as the user did. */
export function textOf(tree: ScalarTree): string {
  return typeof tree.value === 'boolean' ? String(tree.value) : tree.text
}

/** The part of a scalar's span that holds the text from one offset to another; all of it where escapes make that uncertain. */
export function spanWithin(tree: Tree, from: number, to: number): Span {
  if (tree.kind !== 'scalar') return tree.span
  const { source, start, end } = tree.span
  const shift = tree.isPlain ? 0 : 1
  const isAsWritten = source.text.slice(start + shift, end - shift) === tree.text
  return isAsWritten ? { source, start: start + shift + from, end: start + shift + to } : tree.span
}
