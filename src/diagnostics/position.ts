/** The way from an offset in a source to a line and a column, as people count them. */
import type { Source } from './diagnostic.ts'

/** Lines and columns from 1; columns in UTF-16 units, a tab is one. */
export interface Position {
  readonly line: number
  readonly column: number
}

/** Finds the line that holds an offset by bisection. An offset past the end is in the last line. */
export function positionOf(source: Source, offset: number): Position {
  const { lineStarts } = source
  let low = 0
  let high = lineStarts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((lineStarts[middle] ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return { line: low + 1, column: offset - (lineStarts[low] ?? 0) + 1 }
}
