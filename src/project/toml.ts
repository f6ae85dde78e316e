/** Reads TOML into the tree that YAML becomes as well: every key and value has its place. */
import { ParseError, parseTOML, type AST } from 'toml-eslint-parser'
import type { Source, Span } from '../diagnostics/diagnostic.ts'
import type { Entry, MapTree, Tree } from '../syntax/tree.ts'

/** Why a text is no TOML, and where. */
export interface TomlProblem {
  readonly kind: 'problem'
  readonly problem: string
  readonly span: Span
  /** Where a comma would mend it. */
  readonly comma?: Span | undefined
}

/** A table that is still being filled. */
interface Table extends MapTree {
  readonly entries: Entry[]
}

/** A list of tables, `[[package]]`, that is still being filled. */
interface Tables {
  readonly kind: 'list'
  readonly items: Tree[]
  readonly span: Span
}

type Key = AST.TOMLKey['keys'][number]

/** `text` is what to read, where that is not all of the source: as long as it, and with what counts in the same places. */
export function parseToml(source: Source, text = source.text): MapTree | TomlProblem {
  try {
    return readProgram(parseTOML(text), source)
  } catch (error) {
    // The parser calls itself for what is nested, and takes all characters of a text at once.
    if (error instanceof RangeError) return { kind: 'problem', problem: 'a text in it is too long, or nested too deeply', span: { source, start: 0, end: 0 } }
    if (!(error instanceof ParseError)) throw error
    const start = Math.min(error.index, source.text.length)
    const problem = error.message.charAt(0).toLowerCase() + error.message.slice(1)
    return { kind: 'problem', problem, span: { source, start, end: Math.min(start + 1, source.text.length) }, comma: problem.startsWith('expected comma') ? findEnd(source, start) : undefined }
  }
}

/** The end of what stands before a place; undefined where a comment may stand between. */
function findEnd(source: Source, place: number): Span | undefined {
  const before = source.text.slice(0, place)
  const end = before.trimEnd().length
  return before.slice(before.lastIndexOf('\n', end - 1) + 1, end).includes('#') ? undefined : { source, start: end, end }
}

function readProgram({ body: [{ body }] }: AST.TOMLProgram, source: Source): MapTree {
  const root: Table = { kind: 'map', entries: [], span: { source, start: 0, end: source.text.length } }
  for (const node of body) {
    if (node.type === 'TOMLKeyValue') {
      addPair(root, node, source)
      continue
    }
    const table = openTable(root, node, source)
    for (const pair of node.body) addPair(table, pair, source)
  }
  return root
}

/** The table of a header. The parser numbers the tables of `[[name]]`, so that each is made when its number comes first. */
function openTable(root: Table, { key, resolvedKey, range }: AST.TOMLTable, source: Source): Table {
  let at: Table | Tables = root
  let name = 0
  resolvedKey.forEach((step, index) => {
    const isListed = typeof resolvedKey[index + 1] === 'number'
    const span: Span = { source, start: range[0], end: key.range[1] }
    at = typeof step === 'number' ? tableAt(at as Tables, step, span) : childOf(at as Table, key.keys[name++], isListed, span, source)
  })
  return at as Table
}

function tableAt({ items }: Tables, index: number, span: Span): Table {
  return (items[index] ??= { kind: 'map', entries: [], span }) as Table
}

function childOf(table: Table, key: Key | undefined, isListed: boolean, span: Span, source: Source): Table | Tables {
  if (key === undefined) return table
  const name = nameOf(key)
  const found = table.entries.find((entry) => entry.key === name)?.value
  if (found !== undefined) return found as Table | Tables
  const value: Table | Tables = isListed ? { kind: 'list', items: [], span } : { kind: 'map', entries: [], span }
  table.entries.push({ key: name, keySpan: spanOf(key, source), value })
  return value
}

function addPair(table: Table, { key: { keys }, value, range }: AST.TOMLKeyValue, source: Source): void {
  let at = table
  const span: Span = { source, start: range[0], end: range[1] }
  for (const key of keys.slice(0, -1)) at = childOf(at, key, false, span, source) as Table
  const last = keys.at(-1)
  if (last !== undefined) at.entries.push({ key: nameOf(last), keySpan: spanOf(last, source), value: readValue(value, source) })
}

function readValue(node: AST.TOMLContentNode, source: Source): Tree {
  const span = spanOf(node, source)
  if (node.type === 'TOMLArray') return { kind: 'list', items: node.elements.map((element) => readValue(element, source)), span }
  if (node.type === 'TOMLInlineTable') {
    const table: Table = { kind: 'map', entries: [], span }
    for (const pair of node.body) addPair(table, pair, source)
    return table
  }
  const value = node.value instanceof Date ? source.text.slice(span.start, span.end) : node.value
  return { kind: 'scalar', value, text: String(value), isPlain: node.kind !== 'string', span }
}

function nameOf(key: Key): string {
  return key.type === 'TOMLBare' ? key.name : key.value
}

function spanOf({ range: [start, end] }: AST.HasLocs, source: Source): Span {
  return { source, start, end }
}
