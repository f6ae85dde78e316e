/** Diagnostics as one JSON object, for `--format json`. */
import type { Diagnostic } from './diagnostic.ts'
import { viewDiagnostics } from './view.ts'

/** What JSON leaves as it is, but what can drive a terminal or turn the reading direction. */
const HOSTILE = /[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g

/** Renders the report, indented by two spaces, with a line feed at the end. */
export function renderJson(diagnostics: readonly Diagnostic[]): string {
  return `${formatJson(viewDiagnostics(diagnostics))}\n`
}

/** JSON that is safe to show in a terminal: all that is hidden stands there as an escape. One line where `indent` is 0. */
export function formatJson(value: unknown, indent = 2): string {
  return JSON.stringify(value, undefined, indent).replace(HOSTILE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
