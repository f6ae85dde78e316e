/** Values of a Compose file before they are YAML: our own words, the user's texts, and what passes through. */
import { textForCompose, type Template } from '../../config/template.ts'
import type { PassedScalar } from '../../plan/passed.ts'

export type ComposeValue = Token | Text | PassedScalar | ComposeList | ComposeMap

/** A word, number or flag of ours: written plain. */
export interface Token {
  readonly kind: 'token'
  readonly value: string | number | boolean | null
}

/** A text that a user may have had a hand in: always in quotes, with dollars as Compose reads them. */
export interface Text {
  readonly kind: 'text'
  readonly text: string
}

export interface ComposeList {
  readonly kind: 'list'
  readonly items: readonly ComposeValue[]
  /** On one line. */
  readonly isFlow?: true
}

export interface ComposeMap {
  readonly kind: 'map'
  readonly entries: readonly ComposeEntry[]
}

export interface ComposeEntry {
  readonly key: string
  readonly value: ComposeValue
  /** A line above the key. */
  readonly comment?: string
}

export function token(value: Token['value']): Token {
  return { kind: 'token', value }
}

export function text(template: Template): Text {
  return { kind: 'text', text: textForCompose(template) }
}

/** A text in which Compose's references stand as they are. */
export function rawText(value: string): Text {
  return { kind: 'text', text: value }
}

export function list(items: readonly ComposeValue[]): ComposeList {
  return { kind: 'list', items }
}

export function flowList(items: readonly ComposeValue[]): ComposeList {
  return { kind: 'list', items, isFlow: true }
}

export function map(entries: readonly (ComposeEntry | undefined)[]): ComposeMap {
  return { kind: 'map', entries: entries.filter((entry) => entry !== undefined) }
}

export function entry(key: string, value: ComposeValue, comment?: string): ComposeEntry {
  return comment === undefined ? { key, value } : { key, value, comment }
}

/** An entry, or nothing where there is nothing to write. */
export function entryIf(key: string, value: ComposeValue | undefined, comment?: string): ComposeEntry | undefined {
  if (value === undefined) return undefined
  if (value.kind === 'list' && value.items.length === 0) return undefined
  return value.kind === 'map' && value.entries.length === 0 ? undefined : entry(key, value, comment)
}
