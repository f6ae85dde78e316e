/** How wide a text is likely to be: no font is at hand, so widths are those of common ones, rounded up. */
import { cellsOf } from '../../diagnostics/visible.ts'

export interface Font {
  /** In pixels. */
  readonly size: number
  readonly isMono?: boolean
  readonly isBold?: boolean
}

/** In ems, for letters of about the same width; the widest of Arial, Helvetica, Liberation Sans, Roboto and Segoe UI. */
const WIDTHS: readonly (readonly [letters: string, width: number])[] = [
  ["ijl'|", 0.25],
  [' .,:;/\\!It[]f', 0.3],
  ['-()r`"*{}', 0.38],
  ['cksvxyzJ^', 0.52],
  ['abdeghnopqu0123456789_?$#L', 0.58],
  ['+=<>~FTZABEKPSVXY&', 0.69],
  ['CDHNRUGOQw', 0.79],
  ['mM%', 0.89],
  ['W@', 1.02],
]

const WIDTH_OF = new Map(WIDTHS.flatMap(([letters, width]) => [...letters].map((letter) => [letter, width] as const)))

/** For a letter of no group, by how many columns it has in a terminal. */
const OTHER = [0, 0.72, 1.05] as const
const MONO = 0.605
const BOLD = 1.07

/** In pixels. */
export function widthOf(text: string, { size, isMono = false, isBold = false }: Font): number {
  const ems = cellsOf(text).reduce((sum, cell) => sum + (isMono && cell.width < 2 ? MONO * cell.width : (WIDTH_OF.get(cell.text) ?? OTHER[Math.min(cell.width, 2)] ?? 1)), 0)
  return ems * size * (isBold ? BOLD : 1)
}

const CUT = '…'

/** Cuts a text down to a width, at its end, or in its middle where both of its ends tell something. */
export function shorten(text: string, width: number, font: Font, where: 'middle' | 'end'): string {
  if (widthOf(text, font) <= width) return text
  const letters = cellsOf(text).map((cell) => cell.text)
  const cutTo = (length: number) => {
    const before = where === 'end' ? length : Math.ceil(length / 2)
    return [...letters.slice(0, before), CUT, ...letters.slice(letters.length - length + before)].join('')
  }
  let length = letters.length - 1
  while (length > 1 && widthOf(cutTo(length), font) > width) length -= 1
  return cutTo(length)
}
