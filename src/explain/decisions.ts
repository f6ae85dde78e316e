/** Decisions as they are shown: with the lines of the user's that they follow from, and the fact that made them. */
import type { Decision, Fact } from '../resolve/decision.ts'
import type { Footnotes } from './footnotes.ts'
import { table, type Page } from './layout.ts'
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

export function renderDecisions(decisions: readonly DecisionView[], footnotes: Footnotes, page: Page): string {
  return table(decisions.map((decision) => rowOf(decision, footnotes)), page)
}

function rowOf({ subject, value, because, fact, places }: DecisionView, footnotes: Footnotes): readonly string[] {
  const lines = nameLines(places)
  return [subject, value, `${because}${lines.length === 0 ? '' : ` (${lines.join(', ')})`}${footnotes.refer(fact)}`]
}
