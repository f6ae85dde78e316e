/** Diagnostics as SARIF 2.1.0, the form that code scanning services read. */
import { CATALOGUE } from './catalogue/index.ts'
import type { Diagnostic } from './diagnostic.ts'
import { formatJson } from './json.ts'
import { viewDiagnostics, type DiagnosticView, type FixView, type RegionView, type RelatedView } from './view.ts'

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json'

/** Renders one SARIF log with one run; `version` is mlstack's own. */
export function renderSarif(diagnostics: readonly Diagnostic[], { version }: { readonly version: string }): string {
  const views = viewDiagnostics(diagnostics).diagnostics
  const codes = [...new Set(views.map(({ code }) => code))].sort()
  const driver = { name: 'mlstack', version, rules: codes.map(renderRule) }
  const results = views.map((view) => renderResult(view, codes.indexOf(view.code)))
  return `${formatJson({ $schema: SCHEMA, version: '2.1.0', runs: [{ tool: { driver }, columnKind: 'utf16CodeUnits', results }] })}\n`
}

function renderRule(code: string) {
  const entry = CATALOGUE.get(code)
  if (entry === undefined) return { id: code }
  return {
    id: code,
    shortDescription: { text: entry.title },
    fullDescription: { text: entry.explanation },
    defaultConfiguration: { level: entry.severity },
  }
}

function renderResult(view: DiagnosticView, ruleIndex: number) {
  const { code, severity, message, help, file, related, fix } = view
  return {
    ruleId: code,
    ruleIndex,
    level: severity,
    message: { text: help === undefined ? message : `${message}\nhelp: ${help}` },
    locations: [{ physicalLocation: renderLocation(file, view) }],
    ...(related === undefined ? {} : { relatedLocations: related.map(renderRelated) }),
    ...(fix === undefined ? {} : { fixes: [renderFix(fix, file)] }),
  }
}

function renderRelated(related: RelatedView, index: number) {
  const message = related.message === '' ? {} : { message: { text: related.message } }
  return { id: index + 1, physicalLocation: renderLocation(related.file, related), ...message }
}

function renderFix({ title, edits }: FixView, file: string) {
  const replacements = edits.map((edit) => ({ deletedRegion: renderRegion(edit), insertedContent: { text: edit.text } }))
  return { description: { text: title }, artifactChanges: [{ artifactLocation: { uri: uriOf(file) }, replacements }] }
}

function renderLocation(file: string, region: RegionView) {
  return { artifactLocation: { uri: uriOf(file) }, region: renderRegion(region) }
}

function renderRegion({ line, column, end_line, end_column }: RegionView) {
  return { startLine: line, startColumn: column, endLine: end_line, endColumn: end_column }
}

/** A relative reference with forward slashes; an absolute path, which has no other form, becomes a file URI. */
function uriOf(file: string): string {
  const path = file.replaceAll('\\', '/')
  const isDrive = /^[A-Za-z]:\//.test(path)
  const encoded = path.replace(/\p{Cs}/gu, '\ufffd').split('/').filter((part, index) => part !== '.' || index > 0).map(encodeURIComponent).join('/')
  if (isDrive) return `file:///${encoded.replace('%3A', ':')}`
  return path.startsWith('/') ? `file://${encoded}` : encoded
}
