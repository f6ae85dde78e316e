/** The plain view of diagnostics that all renderers work from: lines and columns instead of offsets, and no secrets. */
import type { Diagnostic, Edit, Fix, Label, Severity, Span } from './diagnostic.ts'
import { positionOf } from './position.ts'
import { collectSecrets, concealSecrets } from './secrets.ts'

/** Lines and columns from 1, columns in UTF-16 units, the end exclusive. */
export interface RegionView {
  readonly line: number
  readonly column: number
  readonly end_line: number
  readonly end_column: number
}

export interface RelatedView extends RegionView {
  /** Empty where the place speaks for itself. */
  readonly message: string
  readonly file: string
}

export interface EditView extends RegionView {
  readonly text: string
}

export interface FixView {
  readonly title: string
  /** All in the file of the diagnostic. */
  readonly edits: readonly EditView[]
}

/** One diagnostic as `--format json` prints it. */
export interface DiagnosticView extends RegionView {
  readonly code: string
  readonly severity: Severity
  readonly message: string
  readonly file: string
  readonly help?: string
  readonly related?: readonly RelatedView[]
  readonly fix?: FixView
}

/** Everything that `--format json` prints. */
export interface Report {
  readonly version: 1
  readonly diagnostics: readonly DiagnosticView[]
  readonly summary: { readonly errors: number; readonly warnings: number }
}

type Conceal = (text: string) => string

/** Makes the report of a run, in the order given. */
export function viewDiagnostics(diagnostics: readonly Diagnostic[]): Report {
  const secrets = collectSecrets(diagnostics)
  const conceal: Conceal = (text) => concealSecrets(text, secrets)
  const count = (severity: Severity) => diagnostics.filter((diagnostic) => diagnostic.severity === severity).length
  return {
    version: 1,
    diagnostics: diagnostics.map((diagnostic) => viewDiagnostic(diagnostic, conceal)),
    summary: { errors: count('error'), warnings: count('warning') },
  }
}

function viewDiagnostic(diagnostic: Diagnostic, conceal: Conceal): DiagnosticView {
  const { code, severity, message, primary, related, help, fix } = diagnostic
  const fixView = fix === undefined ? undefined : viewFix(fix, primary.span, conceal)
  return {
    code,
    severity,
    message: conceal(message),
    file: primary.span.source.name,
    ...viewRegion(primary.span),
    ...(help === undefined ? {} : { help: conceal(help) }),
    ...(related.length === 0 ? {} : { related: related.map((label) => viewRelated(label, conceal)) }),
    ...(fixView === undefined ? {} : { fix: fixView }),
  }
}

function viewRelated({ span, message }: Label, conceal: Conceal): RelatedView {
  return { message: conceal(message ?? ''), file: span.source.name, ...viewRegion(span) }
}

/** A fix that would have to quote a secret, or to change another file, is left out: half of it would be wrong. */
function viewFix({ title, edits }: Fix, { source }: Span, conceal: Conceal): FixView | undefined {
  const isShown = ({ span, text }: Edit) => span.source.name === source.name && conceal(text) === text
  if (!edits.every(isShown)) return undefined
  return { title: conceal(title), edits: edits.map(({ span, text }) => ({ ...viewRegion(span), text })) }
}

function viewRegion({ source, start, end }: Span): RegionView {
  const first = positionOf(source, start)
  const last = positionOf(source, Math.max(start, end))
  return { line: first.line, column: first.column, end_line: last.line, end_column: last.column }
}
