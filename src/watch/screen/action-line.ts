/** One piece of work as one line: what asked for it, what was done, how it ended and how long it took. */
import { makeVisible } from '../../diagnostics/visible.ts'
import type { WatchEvent } from '../event.ts'
import { formatDuration } from './duration.ts'
import { STYLE, type Paint } from './style.ts'

type Action = Extract<WatchEvent, { readonly kind: 'action' }>

/** `train.py (+2) -> train, evaluate, serve  1.9 s`. */
export function renderAction(action: Action, paint: Paint): string {
  const causes = describeCauses(action.causes)
  const arrow = causes === '' ? '' : `${causes} ${paint(STYLE.dim, '->')} `
  return `${arrow}${describeOutcome(action, paint)}  ${paint(STYLE.dim, formatDuration(action.milliseconds))}`
}

function describeCauses([first, ...others]: readonly string[]): string {
  if (first === undefined) return ''
  return others.length === 0 ? makeVisible(first) : `${makeVisible(first)} (+${others.length})`
}

function describeOutcome({ did, outcome, reason }: Action, paint: Paint): string {
  const work = makeVisible(did.join(', '))
  if (outcome === 'done') return work === '' ? 'nothing to do' : paint(STYLE.strong, work)
  if (outcome === 'aborted') return joinWords(work, ', ', paint(STYLE.busy, 'stopped for a newer change'))
  const failed = paint(STYLE.error, 'failed')
  return joinWords(work, ' ', reason === undefined ? failed : `${failed}: ${makeVisible(reason)}`)
}

function joinWords(first: string, between: string, second: string): string {
  return first === '' ? second : `${first}${between}${second}`
}
