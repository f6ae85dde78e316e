/** Diagnostics as workflow commands, which GitHub shows as annotations beside the lines. */
import { CATALOGUE } from './catalogue/index.ts'
import type { Diagnostic, Severity } from './diagnostic.ts'
import { makeVisible } from './visible.ts'
import { viewDiagnostics, type DiagnosticView } from './view.ts'

const COMMANDS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', note: 'notice' }

/** Renders one line a diagnostic; empty where there is none. */
export function renderGithub(diagnostics: readonly Diagnostic[]): string {
  return viewDiagnostics(diagnostics).diagnostics.map(renderCommand).join('')
}

function renderCommand(view: DiagnosticView): string {
  const { code, severity, message, help, file, line, column, end_line, end_column } = view
  const title = CATALOGUE.get(code)?.title
  const properties = {
    file: file.replaceAll('\\', '/'),
    line,
    endLine: end_line,
    // GitHub takes columns for annotations within one line only.
    ...(line === end_line ? { col: column, endColumn: end_column } : {}),
    title: title === undefined ? code : `${title} (${code})`,
  }
  const list = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(makeVisible(String(value)))}`)
  const lines = [message, ...(help === undefined ? [] : `help: ${help}`.split('\n'))]
  return `::${COMMANDS[severity]} ${list.join(',')}::${escapeData(lines.map(makeVisible).join('\n'))}\n`
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
