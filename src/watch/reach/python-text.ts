/** Parts Python source into what runs and what its strings say. */

export interface PythonText {
  /** The source with its strings and comments blanked: as long as before, its lines where they were. */
  readonly code: string
  /** What stands between the quotes. A field of an f-string is `*`, an escape is a blank. */
  readonly strings: readonly string[]
}

/** What is open around a place: a string, a field of an f-string (code again), or the format of such a field (text again). */
interface Frame {
  readonly kind: 'string' | 'field' | 'format'
  /** What ends the innermost string. */
  readonly closing: string
  readonly hasFields: boolean
  brackets: number
  value: string
}

interface Reader {
  readonly text: string
  readonly strings: string[]
  readonly frames: Frame[]
  at: number
  code: string
}

const CODE = /[^'"#:()[\]{}]+|#[^\r\n]*/y
const PLAIN_TEXT = /[^'"\\\r\n{}]+/y
const ESCAPE = /\\(?:\r\n|[^])?/y
const QUOTE = /"""|'''|"|'/y
const STRING_PREFIX = /(?:^|[^\p{L}\p{N}_])([bfrtu]{1,2})$/iu

/** Reads any text: what is no Python is parted somehow, and a string that stays open ends with its line. */
export function partPython(text: string): PythonText {
  const reader: Reader = { text, strings: [], frames: [], at: 0, code: '' }
  while (reader.at < text.length) {
    const frame = reader.frames.at(-1)
    if (frame === undefined || frame.kind === 'field') stepThroughCode(reader, frame)
    else stepThroughText(reader, frame)
  }
  reader.strings.push(...reader.frames.filter(({ kind }) => kind === 'string').map(({ value }) => value))
  return { code: reader.code, strings: reader.strings }
}

function stepThroughCode(reader: Reader, field: Frame | undefined): void {
  const run = matchHere(CODE, reader)
  if (run.startsWith('#')) return blank(reader, run.length)
  if (run !== '') return keep(reader, run.length)
  const quote = matchHere(QUOTE, reader)
  if (quote !== '') return openString(reader, quote)
  if (field !== undefined) return stepThroughField(reader, field)
  keep(reader, 1)
}

function openString(reader: Reader, quote: string): void {
  const [, prefix = ''] = STRING_PREFIX.exec(reader.text.slice(Math.max(0, reader.at - 3), reader.at)) ?? []
  reader.frames.push({ kind: 'string', closing: quote, hasFields: /[ft]/i.test(prefix), brackets: 0, value: '' })
  blank(reader, quote.length)
}

/** At a bracket or a colon: outside of all brackets, `:` begins the format and `}` ends the field. */
function stepThroughField(reader: Reader, field: Frame): void {
  const character = reader.text.charAt(reader.at)
  if (field.brackets === 0 && character === '}') {
    reader.frames.pop()
    return blank(reader, 1)
  }
  if (field.brackets === 0 && character === ':') {
    reader.frames.push({ ...field, kind: 'format' })
    return blank(reader, 1)
  }
  if ('([{'.includes(character)) field.brackets += 1
  else if (')]}'.includes(character)) field.brackets = Math.max(0, field.brackets - 1)
  keep(reader, 1)
}

function stepThroughText(reader: Reader, frame: Frame): void {
  const { text, at } = reader
  const run = matchHere(PLAIN_TEXT, reader)
  if (run !== '') return addText(reader, frame, run, run)
  if (text.startsWith(frame.closing, at)) return closeString(reader, frame, frame.closing.length)
  const character = text.charAt(at)
  if (/[\r\n]/.test(character) && frame.closing.length === 1) return closeString(reader, frame, 0)
  if (character === '\\') return addText(reader, frame, matchHere(ESCAPE, reader), ' ')
  if (!frame.hasFields) return addText(reader, frame, character, character)
  if (character === '{' && frame.kind === 'string' && text.startsWith('{{', at)) return addText(reader, frame, '{{', '{')
  if (character === '{') {
    addText(reader, frame, character, '*')
    reader.frames.push({ ...frame, kind: 'field', brackets: 0 })
  } else if (character === '}' && frame.kind === 'format') closeFormat(reader, 1)
  else addText(reader, frame, character, character)
}

/** A format that meets the end of its string was none; the string sees the end next. */
function closeString(reader: Reader, frame: Frame, length: number): void {
  if (frame.kind === 'format') return closeFormat(reader, 0)
  reader.frames.pop()
  reader.strings.push(frame.value)
  blank(reader, length)
}

/** The format and the field around it. */
function closeFormat(reader: Reader, length: number): void {
  reader.frames.splice(-2)
  blank(reader, length)
}

function addText(reader: Reader, frame: Frame, text: string, value: string): void {
  frame.value += value
  blank(reader, text.length)
}

function matchHere(pattern: RegExp, { text, at }: Reader): string {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0] ?? ''
}

function keep(reader: Reader, length: number): void {
  reader.code += reader.text.slice(reader.at, reader.at + length)
  reader.at += length
}

function blank(reader: Reader, length: number): void {
  reader.code += reader.text.slice(reader.at, reader.at + length).replace(/[^\r\n]+/g, (run) => ' '.repeat(run.length))
  reader.at += length
}
