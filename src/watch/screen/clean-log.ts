/** Makes one line of a foreign program's output safe to show among others: it may have colours, and steer nothing. */
import { makeVisible } from '../../diagnostics/visible.ts'
import { RESET } from './style.ts'

/** ECMA-48: strings with a terminator, control sequences (the last may be cut off by the line's end), and all shorter escapes. */
const ESCAPE = /((?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)|(?:\x1b\[|\x9b)[0-?]*[ -/]*(?:[@-~]|$)|\x1b[ -/]*[0-~]?)/

const COLOR = /^(?:\x1b\[|\x9b)([\d;:]*)m$/

const TAB = '    '

/** The line as it would look in the end: of a progress bar, which returns to the line's start again and again, its last state. */
export function cleanLog(line: string, { color }: { readonly color: boolean }): string {
  const last = line.split('\r').findLast((part) => cleanPart(part, false).trim() !== '') ?? ''
  return cleanPart(last, color)
}

function cleanPart(part: string, color: boolean): string {
  // Splitting by a pattern with one group puts what it matched at the odd places.
  const pieces = part.split(ESCAPE).map((piece, index) => (index % 2 === 0 ? cleanText(piece) : color ? keepColor(piece) : ''))
  const text = pieces.join('')
  return text.includes('\u001b') && !text.endsWith(RESET) ? `${text}${RESET}` : text
}

function cleanText(text: string): string {
  return makeVisible(text.replaceAll('\t', TAB).replace(/\p{Cc}/gu, ''))
}

function keepColor(escape: string): string {
  const parameters = COLOR.exec(escape)?.[1]
  return parameters === undefined ? '' : `\u001b[${parameters}m`
}
