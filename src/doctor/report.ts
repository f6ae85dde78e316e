/** Renders an examination: a line for what is well, three for what is not. */
import { formatJson } from '../diagnostics/json.ts'
import { makeVisible } from '../diagnostics/visible.ts'
import type { CheckResult } from './check.ts'
import type { Examination, Summary } from './examine.ts'
import { paint, type Color } from './paint.ts'

const COLORS: Readonly<Record<CheckResult['status'], Color>> = { ok: 'green', warning: 'yellow', failed: 'red', skipped: 'dim' }

/** `config` is the file that the needs are from; null where only the machine was looked at. */
export function renderJson({ checks, summary }: Examination, config: string | null): string {
  return `${formatJson({ version: 1, config, checks: checks.map(({ id, title, status, saw, why, ...rest }) => ({ id, title, status, saw, why, ...rest })), summary })}\n`
}

export function renderText({ checks, summary }: Examination, { color }: { readonly color: boolean }): string {
  return `${checks.map((check) => renderCheck(check, color)).join('')}\n${renderSummary(summary)}\n`
}

function renderCheck(check: CheckResult, color: boolean): string {
  const { status, title, saw } = check
  const line = `${paint(status.padEnd(7), color ? COLORS[status] : undefined)}  ${title}: ${makeVisible(saw)}\n`
  if (!('fix' in check)) return line
  return [line, detail('why', check.why), ...check.fix.split('\n').map((fix, index) => detail(index === 0 ? 'fix' : '', makeVisible(fix)))].join('')
}

function detail(label: string, text: string): string {
  return `         ${label === '' ? '     ' : `${label}: `}${text}\n`
}

function renderSummary({ ok, warnings, failed, skipped }: Summary): string {
  return [`${ok} ok`, `${warnings} ${warnings === 1 ? 'warning' : 'warnings'}`, `${failed} failed`, `${skipped} skipped`].join(', ')
}
