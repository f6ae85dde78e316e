/** Renders what was recognised in a log: the line, the cause and the cure of each. */
import { formatJson } from '../../diagnostics/json.ts'
import { concealUserInfo } from '../../diagnostics/secrets.ts'
import { makeVisible } from '../../diagnostics/visible.ts'
import { paint } from '../paint.ts'
import type { Recognised } from './recogniser.ts'

/** Columns of a line of the log that are shown. */
const WIDTH = 160
/** Tokens that logs show, as their services shape them. */
const TOKEN = /\b(hf_|gh[oprsu]_|sk-|glpat-)[\w-]{8,}/g

export function renderJson(recognised: readonly Recognised[], lines: number): string {
  const symptoms = recognised.map(({ symptom: { id, cause, cure, source }, line, text, count }) => ({ id, line, text: conceal(text), count, cause, cure, source }))
  return `${formatJson({ version: 1, lines, symptoms })}\n`
}

export function renderText(recognised: readonly Recognised[], { color }: { readonly color: boolean }): string {
  return recognised.map((each) => renderSymptom(each, color)).join('\n')
}

function renderSymptom({ symptom, line, text, count }: Recognised, color: boolean): string {
  const again = count === 1 ? '' : `, and ${count - 1} more like it`
  return [
    `${paint(`line ${line}`, color ? 'yellow' : undefined)}${again}: ${cut(makeVisible(conceal(text)))}`,
    `  cause: ${symptom.cause}`,
    `  cure:  ${symptom.cure}`,
    `  seen:  ${symptom.source.join(', ')}`,
    '',
  ].join('\n')
}

function conceal(text: string): string {
  return concealUserInfo(text).replace(TOKEN, '$1••••••••')
}

function cut(text: string): string {
  return text.length > WIDTH ? `${text.slice(0, WIDTH - 1)}…` : text
}
