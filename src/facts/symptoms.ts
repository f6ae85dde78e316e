/** The error texts that people meet with models in containers, each with its cause and its cure. */
import symptoms from './data/symptoms.json' with { type: 'json' }

export interface Symptom {
  /** Keeps its meaning for ever: programs read it. */
  readonly id: string
  /** Regular expressions over one line, without regard to case. */
  readonly patterns: readonly string[]
  /** Symptoms that only follow from this one, by their ids. */
  readonly hides: readonly string[]
  readonly cause: string
  readonly cure: string
  /** Threads and pages where it was seen. */
  readonly source: readonly string[]
}

interface SymptomData extends Omit<Symptom, 'hides'> {
  readonly hides?: readonly string[] | undefined
}

const ROWS: readonly SymptomData[] = symptoms.symptoms

/** Of two that one line fits, the earlier is meant: it is the more specific one. */
export const SYMPTOMS: readonly Symptom[] = ROWS.map((row) => ({ ...row, hides: row.hides ?? [] }))
