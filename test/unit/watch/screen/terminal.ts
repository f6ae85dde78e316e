/** A small terminal: it applies what is written to rows of characters, scrolls, and wraps anew when its width changes. */
import { cellsOf } from '../../../../src/diagnostics/visible.ts'

export interface Terminal {
  write(text: string): void
  /** All rows, those that have scrolled away too, without spaces at their ends. */
  rows(): readonly string[]
  resize(columns: number): void
}

interface Row {
  /** A wide character is followed by an empty cell. */
  cells: string[]
  /** Whether the text goes on in the next row because it was too long. */
  isWrapped: boolean
}

const TOKEN = /\x1b\[([\d;]*)([A-Za-z])|\x1b|[\r\n]|[^\x1b\r\n]+/g

export function createTerminal(columns: number, height: number): Terminal {
  let width = columns
  let rows: Row[] = [{ cells: [], isWrapped: false }]
  let [y, x] = [0, 0]
  // The first row in sight; what is above it has scrolled away for good.
  let top = 0

  const rowAt = (index: number): Row => {
    while (rows.length <= index) rows.push({ cells: [], isWrapped: false })
    top = Math.max(top, rows.length - height)
    return rows[index] ?? { cells: [], isWrapped: false }
  }
  const put = (text: string, cellWidth: number) => {
    if (x + cellWidth > width) {
      rowAt(y).isWrapped = true
      y += 1
      x = 0
    }
    const { cells } = rowAt(y)
    while (cells.length < x) cells.push(' ')
    cells.splice(x, cellWidth, text, ...Array<string>(cellWidth - 1).fill(''))
    x += cellWidth
  }
  const CONTROLS: Readonly<Record<string, (count: number) => void>> = {
    A: (count) => {
      y = Math.max(y - count, top)
      x = Math.min(x, width - 1)
    },
    J: () => {
      rows = rows.slice(0, y + 1)
      rowAt(y).cells.length = Math.min(rowAt(y).cells.length, x)
      rowAt(y).isWrapped = false
    },
    m: () => {},
  }

  return {
    write: (text) => {
      for (const [token, parameter = '', final = ''] of text.matchAll(TOKEN)) {
        if (final !== '') {
          const control = CONTROLS[final]
          if (control === undefined) throw new Error(`the terminal does not know ${JSON.stringify(token)}`)
          control(parameter === '' ? 1 : Number.parseInt(parameter))
        } else if (token === '\r') x = 0
        else if (token === '\n') {
          y += 1
          x = 0
          rowAt(y)
        } else for (const cell of cellsOf(token)) put(cell.text, cell.width)
      }
    },
    rows: () => rows.map(({ cells }) => cells.join('').trimEnd()),
    resize: (next) => {
      // Only the end of the text is of interest: that is where the cursor is.
      const lines = rows.reduce<string[]>((all, { cells }, index) => (rows[index - 1]?.isWrapped ? [...all.slice(0, -1), `${all.at(-1)}${cells.join('')}`] : [...all, cells.join('')]), [])
      width = next
      rows = [{ cells: [], isWrapped: false }]
      y = x = top = 0
      lines.forEach((line, index) => {
        if (index > 0) {
          y += 1
          x = 0
          rowAt(y)
        }
        for (const cell of cellsOf(line)) put(cell.text, cell.width)
      })
    },
  }
}
