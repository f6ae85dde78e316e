/** Lays explanations out for a terminal: words in columns, wrapped at its width. */
import { makeVisible } from '../diagnostics/visible.ts'

export interface Page {
  /** In columns. */
  readonly width: number
  /** Whether to colour with ANSI codes; nothing is told by colour alone. */
  readonly color: boolean
}

const INDENT = '  '
const GAP = '  '
const STYLES = { strong: '1', dim: '2' } as const

/** A wider cell than this has a line to itself, so that one long value does not push all others aside. */
const WIDEST_CELL = 28
const NARROWEST_LAST = 24

export function paint(style: keyof typeof STYLES, text: string, { color }: Page): string {
  return color && text !== '' ? `\u001b[${STYLES[style]}m${text}\u001b[0m` : text
}

/** Breaks a text at its blanks; a word that is too long stays whole, as an address has to. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = []
  for (const word of makeVisible(text).split(' ')) {
    const last = lines.at(-1)
    if (last === undefined || last.length + 1 + word.length > width) lines.push(word)
    else lines[lines.length - 1] = `${last} ${word}`
  }
  return lines
}

/** A paragraph from the left edge, with a line feed at the end. */
export function paragraph(text: string, { width }: Page): string {
  return wrap(text, width).map((line) => `${line}\n`).join('')
}

/** Lines as they are, moved to the right. */
export function block(text: string): string {
  return text.replace(/\n$/, '').split('\n').map((line) => `${line === '' ? '' : `${INDENT}${INDENT}${makeVisible(line)}`}\n`).join('')
}

/** Rows with their columns aligned; all have as many cells. The first cell stands out, and the last is wrapped. */
export function table(rows: readonly (readonly string[])[], page: Page): string {
  const count = Math.max(0, ...rows.map(({ length }) => length))
  const widths = Array.from({ length: count - 1 }, (_, column) => columnWidth(rows.map((cells) => makeVisible(cells[column] ?? ''))))
  return rows.flatMap((row) => layRow(row, widths, page)).map((line) => `${line.trimEnd()}\n`).join('')
}

function columnWidth(cells: readonly string[]): number {
  return Math.max(0, ...cells.map(({ length }) => length).filter((length) => length <= WIDEST_CELL))
}

function layRow(cells: readonly string[], widths: readonly number[], page: Page): readonly string[] {
  const start = INDENT.length + widths.reduce((sum, width) => sum + width + GAP.length, 0)
  const texts = widths.map((_, column) => makeVisible(cells[column] ?? ''))
  const isLong = texts.some((text, column) => text.length > (widths[column] ?? 0))
  const padded = texts.map((text, column) => `${column === 0 ? paint('strong', text, page) : text}${' '.repeat(Math.max(0, (widths[column] ?? 0) - text.length))}`)
  const last = wrap(cells[widths.length] ?? '', Math.max(NARROWEST_LAST, page.width - start))
  const head = `${INDENT}${padded.join(GAP)}`
  const below = (isLong ? last : last.slice(1)).map((line) => `${' '.repeat(start)}${line}`)
  return [isLong ? head : `${head}${GAP}${last[0] ?? ''}`, ...below]
}
