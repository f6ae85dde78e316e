/** The fingerprint by which a text is known again, whatever line ends a checkout has given it. */
import { createHash } from 'node:crypto'

/** Turns CR LF into LF: git's `core.autocrlf` changes the one into the other, and nobody has edited the file then. */
export function unifyLineEnds(text: string): string {
  return text.replaceAll('\r\n', '\n')
}

/** The SHA-256 of the text as UTF-8 with LF ends: 64 lower-case hex digits. */
export function hashText(text: string): string {
  return createHash('sha256').update(unifyLineEnds(text), 'utf8').digest('hex')
}
