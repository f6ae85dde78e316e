/** A value together with the place in the user's file that it came from. */
import type { Span } from '../diagnostics/diagnostic.ts'

export interface Located<T> {
  readonly value: T
  readonly span: Span
}
