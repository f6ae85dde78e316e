/** What a text is after the edits of a fix, which are all of the text as it was. */
import type { Edit } from '../src/diagnostics/diagnostic.ts'

export function applyEdits(text: string, edits: readonly Edit[]): string {
  // From the end, so that no place moves before its turn.
  const backwards = edits.toSorted((one, other) => other.span.start - one.span.start)
  return backwards.reduce((changed, { span, text: replacement }) => changed.slice(0, span.start) + replacement + changed.slice(span.end), text)
}
