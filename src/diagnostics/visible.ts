/** Makes text safe and honest to show in a terminal: hidden characters become visible, and every character has a width in columns. */

/** A piece of a line that is shown or left out as a whole. */
export interface Cell {
  /** Where the piece begins in the line, in UTF-16 units; it ends where the next one begins. */
  readonly offset: number
  readonly text: string
  /** In columns of a terminal. */
  readonly width: number
}

const TAB = '    '

// A joiner inside an emoji belongs there; everywhere else it hides something, as do controls, direction marks and lone surrogates.
const HIDDEN = /(?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f])(\u200d)(?=\p{Extended_Pictographic})|[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu

// Unicode's East Asian Width W and F (https://www.unicode.org/reports/tr11/), and emoji that are shown as pictures.
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u4dbf\u4e00-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\ufe0f]|[\u{16fe0}-\u{18cff}\u{1aff0}-\u{1b2ff}\u{1f200}-\u{1f265}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u

const PLAIN = /^[ -~]*$/

const NARROW_ALONE = /^[\p{Mn}\p{Me}\ufe00-\ufe0f]+$/u

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** Replaces control characters by their pictures (`␛`), and other characters that cannot be seen by escapes (`\u{202e}`). */
export function makeVisible(text: string): string {
  return text.replace(HIDDEN, (character, joiner: string | undefined) => joiner ?? pictureOf(character))
}

function pictureOf(character: string): string {
  const code = character.codePointAt(0) ?? 0
  if (code < 0x20) return String.fromCodePoint(0x2400 + code)
  return code === 0x7f ? '\u2421' : `\\u{${code.toString(16)}}`
}

/** Cuts a line into what a reader takes for its characters. A tab is four columns wherever it stands. */
export function cellsOf(line: string): readonly Cell[] {
  // Most lines; for them, asking Unicode would take a hundred times as long.
  if (PLAIN.test(line)) return [...line].map((text, offset) => ({ offset, text, width: 1 }))
  return [...graphemes.segment(line)].map(({ segment, index }) => {
    if (segment === '\t') return { offset: index, text: TAB, width: TAB.length }
    const text = makeVisible(segment)
    const width = text === segment ? widthOf(segment) : [...text].reduce((sum, character) => sum + widthOf(character), 0)
    return { offset: index, text, width }
  })
}

function widthOf(grapheme: string): number {
  if (NARROW_ALONE.test(grapheme)) return 0
  return WIDE.test(grapheme) ? 2 : 1
}
