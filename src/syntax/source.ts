/** Makes a source out of a file's bytes, or says why they are no text that YAML allows. */
import * as syntax from '../diagnostics/catalogue/syntax.ts'
import type { Source, Span } from '../diagnostics/diagnostic.ts'
import type { Sink } from '../diagnostics/sink.ts'

/** The largest config that is read, in bytes. */
const SIZE_LIMIT = 1024 * 1024

// What YAML 1.2 §5.1 does not allow, besides surrogates, which UTF-8 cannot hold. All of it can drive a terminal.
const FORBIDDEN = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]/

/** Makes a source of a text whose byte order mark is already gone. CR LF counts as one line end. */
export function createSource(name: string, text: string): Source {
  const lineStarts = [0]
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lineStarts.push(at + 1)
  return { name, text, lineStarts }
}

/** Decodes UTF-8 with or without a byte order mark. The flag is false where a diagnostic says that the text cannot be used. */
export function decodeSource(name: string, bytes: Uint8Array, sink: Sink): { source: Source; isUsable: boolean } {
  if (bytes.length > SIZE_LIMIT) {
    const source = createSource(name, '')
    sink.report(syntax.fileTooLarge({ limit: '1 MiB' }, { at: { source, start: 0, end: 0 } }))
    return { source, isUsable: false }
  }
  const source = createSource(name, new TextDecoder('utf-8').decode(bytes))
  const problem = isUtf8(bytes) ? findForbidden(source) : notUtf8At(source, bytes)
  if (problem !== undefined) sink.report(problem)
  return { source, isUsable: problem === undefined }
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}

function notUtf8At(source: Source, bytes: Uint8Array) {
  const start = firstReplaced(source.text, bytes)
  return syntax.notUtf8({}, { at: { source, start, end: start + 1 } })
}

/** Where decoding had to put a replacement character; one that stands in the file itself does not count. */
function firstReplaced(text: string, bytes: Uint8Array): number {
  const encoded = new TextEncoder().encode(text)
  const hasByteOrderMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
  const original = bytes.subarray(hasByteOrderMark ? 3 : 0)
  let at = encoded.findIndex((byte, index) => byte !== original[index])
  // Back to the first byte of the character.
  while (at > 0 && ((encoded[at] ?? 0) & 0xc0) === 0x80) at -= 1
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(encoded.subarray(0, at)).length
}

function findForbidden(source: Source) {
  const control = source.text.search(FORBIDDEN)
  const carriageReturn = source.text.search(/\r(?!\n)/)
  const span = (start: number): Span => ({ source, start, end: start + 1 })
  if (carriageReturn !== -1) return syntax.loneCarriageReturn({}, { at: span(carriageReturn) })
  if (control !== -1) return syntax.controlCharacter({ code: source.text.charCodeAt(control) }, { at: span(control) })
  return undefined
}
