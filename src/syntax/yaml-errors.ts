/** Words for the errors of the YAML library, and the choice of the one to show. */
import type { YAMLParseError } from 'yaml'
import * as syntax from '../diagnostics/catalogue/syntax.ts'
import type { Diagnostic, Source } from '../diagnostics/diagnostic.ts'

interface Wording {
  readonly problem: string
  readonly help?: string
}

/** In the user's words, by the library's code; a code without a row keeps the library's own sentence. */
const WORDINGS: Readonly<Partial<Record<string, Wording>>> = {
  BAD_INDENT: { problem: 'this line is indented in a way that fits no line above', help: 'line it up with the keys beside it' },
  BAD_DQ_ESCAPE: { problem: 'an escape that double-quoted strings do not have', help: 'write `\\\\` for a backslash, or use single quotes' },
  BAD_SCALAR_START: { problem: 'a plain value cannot begin with this character', help: 'quote the value' },
  BLOCK_AS_IMPLICIT_KEY: { problem: 'a mapping begins where a value should stand', help: 'quote the value, or put the mapping on its own lines' },
  BLOCK_IN_FLOW: { problem: 'an indented list or mapping cannot stand inside brackets', help: 'use brackets inside as well' },
  MISSING_CHAR: { problem: 'something is missing here' },
  MULTILINE_IMPLICIT_KEY: { problem: 'a key must stand on one line', help: 'is a colon missing on this line or the one above?' },
  UNEXPECTED_TOKEN: { problem: 'this does not belong here' },
}

/** One diagnostic for the first error of a text: those behind it follow from it more often than not. */
export function describeYamlError(error: YAMLParseError, source: Source): Diagnostic {
  const [start, rawEnd] = error.pos
  const tab = findIndentingTab(source.text, start)
  if (tab !== undefined) return syntax.tabIndentation({}, { at: { source, start: tab, end: tab + 1 } })
  const quote = findUnclosedQuote(error, source.text)
  if (quote !== undefined) return syntax.invalidYaml({ problem: 'this quote is never closed', help: undefined }, { at: { source, start: quote, end: quote + 1 } })
  const end = Math.max(start, Math.min(rawEnd, source.text.length))
  const wording = error.code === 'MISSING_CHAR' ? undefined : WORDINGS[error.code]
  const problem = wording?.problem ?? lowerFirst(error.message)
  return syntax.invalidYaml({ problem, help: wording?.help }, { at: { source, start, end } })
}

/** Where the quote opens whose end the library misses at the end of the text: what is unclosed begins there. */
function findUnclosedQuote({ code, message, pos: [end] }: YAMLParseError, text: string): number | undefined {
  const quote = code === 'MISSING_CHAR' ? /closing (["'])/.exec(message)?.[1] : undefined
  if (quote === undefined) return undefined
  const escaped = quote === '"' ? /\\[^]/g : /''/g
  const start = text.slice(0, end).replace(escaped, '  ').lastIndexOf(quote)
  return start === -1 ? undefined : start
}

/** The offset of a tab in the indentation of the line that an error points at, or of a line just above it. */
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
