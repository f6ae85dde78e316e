/** Recognises symptoms in the lines of a log, one after the other. Pure, and its memory does not grow with the log. */
import type { Symptom } from '../../facts/symptoms.ts'

export interface Recognised {
  readonly symptom: Symptom
  /** The first line that shows it, counted from 1. */
  readonly line: number
  readonly text: string
  /** How many lines show it. */
  readonly count: number
}

export interface Recogniser {
  read(line: string): void
  /** In the order in which they were seen first, without those that only follow from others. */
  recognised(): readonly Recognised[]
  lines(): number
}

export function createRecogniser(symptoms: readonly Symptom[]): Recogniser {
  const rows = symptoms.map((symptom) => ({ symptom, pattern: new RegExp(symptom.patterns.join('|'), 'i') }))
  // One expression for all says of most lines that nothing is in them.
  const any = new RegExp(symptoms.flatMap(({ patterns }) => patterns).join('|'), 'i')
  const found = new Map<Symptom, Recognised>()
  let line = 0
  return {
    read: (text) => {
      line += 1
      const symptom = any.test(text) ? rows.find(({ pattern }) => pattern.test(text))?.symptom : undefined
      if (symptom === undefined) return
      const earlier = found.get(symptom)
      found.set(symptom, earlier === undefined ? { symptom, line, text: text.trim(), count: 1 } : { ...earlier, count: earlier.count + 1 })
    },
    recognised: () => {
      const hidden = new Set([...found.keys()].flatMap(({ hides }) => hides))
      return [...found.values()].filter(({ symptom }) => !hidden.has(symptom.id))
    },
    lines: () => line,
  }
}
