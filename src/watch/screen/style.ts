/** The colours of the screen. Nothing is told by colour alone. */

/** Parameters of the escape sequence that sets colours (SGR). */
export const STYLE = { error: '1;31', warning: '1;33', note: '1;36', good: '32', busy: '33', bad: '31', link: '36', strong: '1', dim: '2' } as const

/** One for each service by its place. No red, which is for what is wrong. */
const PALETTE = ['36', '33', '32', '35', '34', '96', '93', '92', '95', '94'] as const

export const RESET = '\u001b[0m'

/** Puts a text into a style and back out of it. */
export type Paint = (style: string, text: string) => string

/** Makes the paint of a screen; without colour it leaves every text as it is. */
export function createPaint(color: boolean): Paint {
  return (style, text) => (color && text !== '' ? `\u001b[${style}m${text}${RESET}` : text)
}

/** The colour of the service at a place, counted from 0. */
export function serviceStyle(place: number): string {
  return PALETTE[place % PALETTE.length] ?? PALETTE[0]
}
