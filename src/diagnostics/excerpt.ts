/** One line of a source as a terminal shows it: cut around its marks, without secrets, with the columns of every offset. */
import type { Source } from './diagnostic.ts'
import { findSecrets, type Range, type Secrets } from './secrets.ts'
import { cellsOf, type Cell } from './visible.ts'

/** A shown line. Columns are a terminal's and count from 0. */
export interface Excerpt {
  readonly text: string
  /** From and to which column of the text an offset range of the source stands; at least one column, at the edge where it was cut off. */
  readonly columnsOf: (start: number, end: number) => { readonly from: number; readonly to: number }
}

export interface ExcerptOptions {
  /** The columns there are. */
  readonly width: number
  /** The offset in the source that must stay in sight. */
  readonly focus: number
  readonly secrets: Secrets
}

const CUT = '...'
const MASK = '•'

/** How far outside of what is shown a secret may begin or end and still be found. */
const REACH = 4096

/** Where a line's text begins and ends in its source, without its line end. */
export function lineRange({ text, lineStarts }: Source, line: number): Range {
  const start = lineStarts[line - 1] ?? text.length
  const next = lineStarts[line]
  if (next === undefined) return { start, end: text.length }
  return { start, end: next - (text[next - 2] === '\r' && next - 2 >= start ? 2 : 1) }
}

/** Shows a line, counted from 1. */
export function excerptLine(source: Source, line: number, { width, focus, secrets }: ExcerptOptions): Excerpt {
  const range = lineRange(source, line)
  // More than is shown, so that a line of a megabyte costs no more than a long one.
  const near = { start: Math.max(range.start, focus - 2 * width), end: Math.min(range.end, focus + 2 * width) }
  const cells = maskCells(cellsNear(source, near), source, near, secrets)
  const isCut = near.start > range.start || near.end < range.end || sumWidths(cells) > width
  if (!isCut) return { text: cells.map(({ text }) => text).join('').trimEnd(), columnsOf: columnFinder(cells, near.end, 0) }
  const first = firstShown(cells, focus, width)
  const isCutBefore = first > 0 || near.start > range.start
  const room = width - CUT.length * (isCutBefore ? 2 : 1)
  const shown = takeColumns(cells.slice(first), room)
  const isCutBehind = first + shown.length < cells.length || near.end < range.end
  const text = (isCutBefore ? CUT : '') + shown.map((cell) => cell.text).join('') + (isCutBehind ? CUT : '')
  const end = cells[first + shown.length]?.offset ?? near.end
  return { text: text.trimEnd(), columnsOf: columnFinder(shown, end, isCutBefore ? CUT.length : 0) }
}

/** The cells of a part of a source, their offsets counted in the source. */
function cellsNear({ text }: Source, { start, end }: Range): readonly Cell[] {
  return cellsOf(text.slice(start, end)).map((cell) => ({ ...cell, offset: cell.offset + start }))
}

function maskCells(cells: readonly Cell[], source: Source, near: Range, secrets: Secrets): readonly Cell[] {
  const ranges = hiddenRanges(source, near, secrets)
  if (ranges.length === 0) return cells
  const isHidden = (start: number, end: number) => ranges.some((range) => start < range.end && end > range.start)
  return cells.map((cell, index) => (isHidden(cell.offset, cells[index + 1]?.offset ?? near.end) ? { offset: cell.offset, text: MASK, width: 1 } : cell))
}

function hiddenRanges(source: Source, near: Range, secrets: Secrets): readonly Range[] {
  const marked = secrets.spans.filter((span) => span.source.name === source.name && span.start < near.end && span.end > near.start)
  const from = Math.max(0, near.start - REACH)
  const found = findSecrets(source.text.slice(from, near.end + REACH), secrets)
  return [...marked, ...found.map(({ start, end }) => ({ start: from + start, end: from + end }))]
}

/** The first cell to show: the line's first where the focus is still well in sight, else some cells before the focus. */
function firstShown(cells: readonly Cell[], focus: number, width: number): number {
  const at = cells.findLastIndex(({ offset }) => offset <= focus)
  let before = 0
  for (let index = 0; index < at; index += 1) before += cells[index]?.width ?? 0
  if (before < (2 * width) / 3) return 0
  let first = at
  for (let room = width / 3; first > 0 && room > 0; first -= 1) room -= cells[first - 1]?.width ?? 0
  return first
}

function takeColumns(cells: readonly Cell[], room: number): readonly Cell[] {
  let left = room
  const end = cells.findIndex(({ width }) => {
    left -= width
    return left < 0
  })
  return end === -1 ? cells : cells.slice(0, end)
}

function columnFinder(cells: readonly Cell[], cellsEnd: number, indent: number): Excerpt['columnsOf'] {
  return (start, end) => {
    let from = indent
    let to = indent
    cells.forEach(({ offset, width }, index) => {
      if ((cells[index + 1]?.offset ?? cellsEnd) <= start) from += width
      if (offset < end) to += width
    })
    return { from, to: Math.max(to, from + 1) }
  }
}

function sumWidths(cells: readonly Cell[]): number {
  return cells.reduce((sum, { width }) => sum + width, 0)
}
