/** Colours for a terminal; never the only sign of anything. */

const CODES = { green: 32, yellow: 33, red: 31, dim: 2 } as const

export type Color = keyof typeof CODES

/** Without a colour, the text as it is. */
export function paint(text: string, color: Color | undefined): string {
  return color === undefined ? text : `\u001b[${CODES[color]}m${text}\u001b[0m`
}
