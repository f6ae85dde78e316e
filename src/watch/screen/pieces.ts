/** A line made of pieces, each with a style of its own, and cut to the columns that there are. */
import { cellsOf, makeVisible } from '../../diagnostics/visible.ts'
import type { Paint } from './style.ts'

export interface Piece {
  readonly text: string
  readonly style?: string
}

/** The columns that a text without escape sequences takes. */
export function widthOf(text: string): number {
  return cellsOf(text).reduce((sum, { width }) => sum + width, 0)
}

/** Cuts a text that is too wide, and puts a mark at its end. */
export function fitText(text: string, columns: number, mark: string): string {
  return fitPieces([{ text }], columns, mark).map((piece) => piece.text).join('')
}

/** Cuts pieces that are too wide together, and puts a mark behind the last one that is left. */
export function fitPieces(pieces: readonly Piece[], columns: number, mark: string): readonly Piece[] {
  if (pieces.reduce((sum, { text }) => sum + widthOf(text), 0) <= columns) return pieces
  let room = columns - widthOf(mark)
  const kept = pieces.map((piece) => {
    const text = takeColumns(piece.text, room)
    room = text === piece.text ? room - widthOf(text) : 0
    return { ...piece, text }
  })
  return [...kept, { text: mark.slice(0, Math.max(0, columns)) }]
}

function takeColumns(text: string, columns: number): string {
  let room = columns
  const cells = cellsOf(text)
  const end = cells.findIndex(({ width }) => {
    room -= width
    return room < 0
  })
  return end === -1 ? text : text.slice(0, cells[end]?.offset)
}

/** Paints the pieces and puts them together. */
export function joinPieces(pieces: readonly Piece[], paint: Paint): string {
  return pieces.map(({ text, style }) => (style === undefined ? makeVisible(text) : paint(style, makeVisible(text)))).join('').trimEnd()
}
