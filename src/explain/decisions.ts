/** Decisions as they are shown: with the lines of the user's that they follow from, and the fact that made them. */
import type { Decision, Fact } from '../resolve/decision.ts'
import { table, type Page, type Row } from './layout.ts'
import { nameLines, placeOf, type PlaceView } from './place.ts'

/** As `--format json` prints it. */
export interface DecisionView {
  readonly subject: string
  readonly value: string
  readonly because: string
  readonly fact?: Fact
  readonly places: readonly PlaceView[]
}

export function viewDecision({ subject, value, because, fact, spans }: Decision): DecisionView {
  return { subject, value, because, ...(fact === undefined ? {} : { fact }), places: spans.map(placeOf) }
}

export function renderDecisions(decisions: readonly DecisionView[], page: Page): string {
  return table(decisions.map(rowOf), page)
}

function rowOf({ subject, value, because, fact, places }: DecisionView): Row {
  const lines = nameLines(places)
  const reason = lines.length === 0 ? because : `${because} (${lines.join(', ')})`
  return { cells: [subject, value, reason], notes: fact === undefined ? [] : [fact.text, `source: ${fact.source}`] }
}
