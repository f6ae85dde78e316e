/** Makes diagnostics for the tests of the renderers: a span is given by the words that it marks. */
import type { Diagnostic, Source, Span } from '../../../src/diagnostics/diagnostic.ts'
import { createSource } from '../../../src/syntax/source.ts'

export function makeSource(text: string, name = 'mlstack.yaml'): Source {
  return createSource(name, text)
}

/** Marks the first place where the words stand. */
export function mark(source: Source, words: string): Span {
  const start = source.text.indexOf(words)
  if (start === -1) throw new Error(`the source does not hold ${words}`)
  return { source, start, end: start + words.length }
}

/** Marks a place of no length. */
export function point(source: Source, at: number): Span {
  return { source, start: at, end: at }
}

export function makeDiagnostic(at: Span, parts: Partial<Diagnostic> & { readonly label?: string } = {}): Diagnostic {
  const { label, ...rest } = parts
  return {
    code: 'MLS1101',
    severity: 'error',
    message: 'something is wrong',
    primary: label === undefined ? { span: at } : { span: at, message: label },
    related: [],
    ...rest,
  }
}
