/** Values that go to Compose word for word: trees without places, whose scalars keep the text that the user wrote. */
import type { Tree } from '../syntax/tree.ts'

export type Passed = PassedScalar | PassedList | PassedMap

export interface PassedScalar {
  readonly kind: 'scalar'
  readonly value: string | number | boolean | null
  readonly text: string
  /** Written without quotes: `0o644` is a number then, and must stay one. */
  readonly isPlain: boolean
}

export interface PassedList {
  readonly kind: 'list'
  readonly items: readonly Passed[]
}

export interface PassedMap {
  readonly kind: 'map'
  readonly entries: readonly PassedEntry[]
}

export interface PassedEntry {
  readonly key: string
  readonly value: Passed
}

const NOTHING: PassedScalar = { kind: 'scalar', value: null, text: '', isPlain: true }

/** Takes the places out of a tree. */
export function passTree(tree: Tree): Passed {
  if (tree.kind === 'scalar') return { kind: 'scalar', value: tree.value, text: tree.text, isPlain: tree.isPlain }
  if (tree.kind === 'list') return { kind: 'list', items: tree.items.map(passTree) }
  if (tree.kind === 'unknown') return NOTHING
  return { kind: 'map', entries: tree.entries.map(({ key, value }) => ({ key, value: passTree(value) })) }
}

/** The plain value, for printing; a number that JSON would write otherwise, such as `1.10`, is its text. */
export function plainOf(passed: Passed): unknown {
  if (passed.kind === 'scalar') return typeof passed.value === 'number' && String(passed.value) !== passed.text ? passed.text : passed.value
  if (passed.kind === 'list') return passed.items.map(plainOf)
  return Object.fromEntries(passed.entries.map(({ key, value }) => [key, plainOf(value)]))
}
