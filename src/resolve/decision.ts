/** A decision of the compiler together with what made it: what `explain` prints and the Dockerfile's comments say. */
import type { Span } from '../diagnostics/diagnostic.ts'

export interface Decision {
  /** What was decided, such as `python`, `framework`, `base image`, `wheel index`. */
  readonly subject: string
  readonly value: string
  /** One line, lower case, no full stop, such as `the newest that TensorFlow 2.15 has wheels for`. */
  readonly because: string
  /** The places of the user's file that it follows from; none where a default or a fact alone decided. */
  readonly spans: readonly Span[]
  /** What is known of the world that decided, where something was; undefined where the user or a default did alone. */
  readonly fact?: Fact
}

export interface Fact {
  /** One line, such as `TensorFlow 2.15 has wheels for Python 3.9 to 3.11`. */
  readonly text: string
  /** Where that is from, as the table with the fact names it. */
  readonly source: string
}
