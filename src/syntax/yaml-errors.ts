/** Words for the errors of the YAML library, and the place where what is wrong begins. */
import { CST, type YAMLParseError } from 'yaml'
import * as syntax from '../diagnostics/catalogue/syntax.ts'
import type { Diagnostic, Source } from '../diagnostics/diagnostic.ts'

interface Wording {
  readonly code: YAMLParseError['code']
  /** How the library's sentence begins, where one code stands for several problems. */
  readonly sentence?: string
  readonly problem: string
  readonly help?: string
}

/** In the user's words; the first row that fits is taken. An error without a row keeps the library's own sentence. */
const WORDINGS: readonly Wording[] = [
  { code: 'BAD_INDENT', problem: 'this line is indented in a way that fits no line above', help: 'line it up with the keys beside it' },
  { code: 'BAD_DQ_ESCAPE', problem: 'an escape that double-quoted strings do not have', help: 'write `\\\\` for a backslash, or use single quotes' },
  { code: 'BAD_SCALAR_START', problem: 'a plain value cannot begin with this character', help: 'quote the value' },
  { code: 'BLOCK_AS_IMPLICIT_KEY', problem: 'a mapping begins where a value should stand', help: 'quote the value, or put the mapping on its own lines' },
  { code: 'BLOCK_IN_FLOW', problem: 'an indented list or mapping cannot stand inside brackets', help: 'use brackets inside as well' },
  { code: 'MISSING_CHAR', sentence: 'Implicit map keys', problem: 'a colon is missing behind this key', help: 'write `key: value`, with a space behind the colon' },
  { code: 'MISSING_CHAR', sentence: 'Missing , or :', problem: 'a comma or a colon is missing here' },
  { code: 'MISSING_CHAR', sentence: 'Missing ,', problem: 'a comma is missing here' },
  { code: 'MISSING_CHAR', sentence: 'Missing space after :', problem: 'a space is missing behind the colon' },
  { code: 'MISSING_CHAR', sentence: 'Sequence item', problem: 'this stands among list items, but does not begin with `- `' },
  { code: 'MISSING_CHAR', sentence: 'Comments must', problem: 'a space is missing before the `#` of this comment' },
  { code: 'MISSING_CHAR', sentence: 'Tags and anchors', problem: 'a space is missing behind the anchor' },
  { code: 'MISSING_CHAR', sentence: 'Block collection', problem: 'keys cannot begin on the line of `---`', help: 'put them on the next line' },
  { code: 'MULTILINE_IMPLICIT_KEY', problem: 'a key must stand on one line', help: 'is a colon, or the space behind it, missing on this line or the one above?' },
  { code: 'MULTIPLE_ANCHORS', problem: 'a value can have one anchor only' },
  { code: 'ALIAS_PROPS', problem: 'an alias cannot have an anchor of its own' },
  { code: 'UNEXPECTED_TOKEN', problem: 'this does not belong here' },
]

/** One diagnostic for the first error of a text: those behind it follow from it more often than not. */
export function describeYamlError(error: YAMLParseError, tokens: readonly CST.Token[], source: Source): Diagnostic {
  const [start, rawEnd] = error.pos
  const tab = error.code === 'TAB_AS_INDENT' ? start : findIndentingTab(source.text, start)
  if (tab !== undefined) return syntax.tabIndentation({}, { at: { source, start: tab, end: tab + 1 } })
  const unclosed = describeUnclosed(error, tokens, source)
  if (unclosed !== undefined) return unclosed
  const { problem, help } = WORDINGS.find(({ code, sentence = '' }) => code === error.code && error.message.startsWith(sentence)) ?? { problem: lowerFirst(error.message) }
  // Of a wrong indentation the library marks one space only.
  const indentation = error.code === 'BAD_INDENT' ? (/^ */.exec(source.text.slice(start))?.[0].length ?? 0) : 0
  const end = Math.max(start + indentation, Math.min(rawEnd, source.text.length))
  return syntax.invalidYaml({ problem, help }, { at: { source, start, end } })
}

/** What is never closed is marked where it opens; the library misses its end at the end of the text. */
function describeUnclosed({ message, pos: [end] }: YAMLParseError, tokens: readonly CST.Token[], source: Source): Diagnostic | undefined {
  const isQuote = /^Missing closing ["']/.test(message)
  const bracket = /end with a ([\]}])$/.exec(message)?.[1]
  if (!isQuote && bracket === undefined) return undefined
  let start: number | undefined
  for (const token of tokens) {
    if (token.type !== 'document') continue
    CST.visit(token, ({ key, value }) => {
      for (const part of [key, value]) if (part && (bracket === undefined ? isQuoteUpTo(part, end) : isUnclosedBy(part, bracket, end))) start = part.offset
    })
  }
  if (start === undefined) return undefined
  const at = { source, start, end: start + 1 }
  if (isQuote) return syntax.invalidYaml({ problem: 'this quote is never closed', help: undefined }, { at })
  return syntax.invalidYaml({ problem: 'this bracket is never closed', help: `close it with \`${bracket}\`, and indent the lines up to there` }, { at })
}

function isQuoteUpTo(token: CST.Token, end: number): boolean {
  const isQuoted = token.type === 'double-quoted-scalar' || token.type === 'single-quoted-scalar'
  return isQuoted && token.offset < end && end <= token.offset + token.source.length
}

function isUnclosedBy(token: CST.Token, bracket: string, before: number): boolean {
  if (token.type !== 'flow-collection' || token.offset >= before) return false
  return (token.start.source === '{') === (bracket === '}') && token.end[0]?.source !== bracket
}

/** The offset of a tab in the indentation of the line that an error points at, or of the line below, which the error may be about. */
function findIndentingTab(text: string, offset: number): number | undefined {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1
  const lineEnd = text.indexOf('\n', offset)
  for (const start of [lineStart, lineEnd === -1 ? lineStart : lineEnd + 1]) {
    const indentation = /^[ \t]*/.exec(text.slice(start))?.[0] ?? ''
    const tab = indentation.indexOf('\t')
    if (tab !== -1) return start + tab
  }
  return undefined
}

function lowerFirst(message: string): string {
  return message.charAt(0).toLowerCase() + message.slice(1).replace(/\.$/, '')
}
