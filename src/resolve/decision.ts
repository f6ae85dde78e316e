/** A decision of the compiler together with what made it: what `explain` prints and the Dockerfile's comments say. */
import type { Span } from '../diagnostics/diagnostic.ts'

export interface Decision {
  /** What was decided, such as `python`, `framework`, `base image`. */
  readonly subject: string
  readonly value: string
  /** One line, lower case, no full stop, such as `the newest that TensorFlow 2.15 has wheels for`. */
  readonly because: string
  /** The places of the user's file that it follows from; none where a default or a fact alone decided. */
  readonly spans: readonly Span[]
  /** What is known of the world that it rests on. */
  readonly fact?: Fact | undefined
}

export interface Fact {
  /** One line, such as `CUDA 13 needs the driver 580.65.06`. */
  readonly text: string
  /** Where it is from: an address, or a document by its title. */
  readonly source: string
}

/** One that rests on no fact. */
export function decision(subject: string, value: string, because: string, ...spans: readonly Span[]): Decision {
  return { subject, value, because, spans }
}
