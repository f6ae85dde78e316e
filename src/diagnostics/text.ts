/** Diagnostics for people: the lines in question, with what is wrong marked and said beside it. */
import type { Diagnostic, Label, Severity, Source, Span } from './diagnostic.ts'
import { excerptLine, lineRange } from './excerpt.ts'
import { positionOf } from './position.ts'
import { collectSecrets, concealSecrets, type Secrets } from './secrets.ts'
import { viewDiagnostics, type DiagnosticView } from './view.ts'
import { makeVisible } from './visible.ts'

export interface TextOptions {
  /** Whether to colour with ANSI codes; nothing is told by colour alone. */
  readonly color: boolean
  /** In columns; source lines are cut to it, words are not. */
  readonly width?: number
}

type Style = Severity | 'gutter' | 'strong'
type Paint = (style: Style, text: string) => string

interface Mark {
  readonly span: Span
  readonly message: string | undefined
  readonly isPrimary: boolean
}

/** The marks in one source. */
interface Block {
  readonly source: Source
  readonly marks: readonly Mark[]
}

interface Page {
  readonly severity: Severity
  readonly paint: Paint
  readonly width: number
  /** In columns, of the widest line number. */
  readonly numberWidth: number
  readonly secrets: Secrets
}

const DEFAULT_WIDTH = 100
const LEAST_WIDTH = 20

const STYLES: Readonly<Record<Style, string>> = { error: '1;31', warning: '1;33', note: '1;36', gutter: '1;34', strong: '1' }

/** Renders each diagnostic with its lines, then how many there are. Empty where there is none. */
export function renderText(diagnostics: readonly Diagnostic[], { color, width = DEFAULT_WIDTH }: TextOptions): string {
  const paint: Paint = (style, text) => (color ? `\u001b[${STYLES[style]}m${text}\u001b[0m` : text)
  const { diagnostics: views, summary } = viewDiagnostics(diagnostics)
  const secrets = collectSecrets(diagnostics)
  const blocks = views.map((view, index) => {
    const diagnostic = diagnostics[index]
    return diagnostic === undefined ? '' : renderDiagnostic(view, diagnostic, { paint, width, secrets })
  })
  const counts = [countOf(summary.errors, 'error'), countOf(summary.warnings, 'warning')].filter((words) => words !== '')
  return [...blocks, ...(counts.length === 0 ? [] : [`${counts.join(', ')}\n`])].join('\n')
}

function countOf(count: number, noun: string): string {
  return count === 0 ? '' : `${count} ${noun}${count === 1 ? '' : 's'}`
}

function renderDiagnostic(view: DiagnosticView, diagnostic: Diagnostic, options: Pick<Page, 'paint' | 'width' | 'secrets'>): string {
  const blocks = blocksOf(diagnostic, options.secrets)
  const numbers = blocks.flatMap(({ marks }) => marks.map(({ span }) => positionOf(span.source, span.start).line))
  const page: Page = { ...options, severity: view.severity, numberWidth: String(Math.max(...numbers)).length }
  const { paint } = page
  const head = `${paint(view.severity, `${view.severity}[${view.code}]`)}${paint('strong', `: ${makeVisible(view.message)}`)}`
  const excerpts = blocks.flatMap((block, index) => renderBlock(block, index === 0 ? '-->' : ':::', page))
  const help = view.help === undefined ? [] : renderNote('help', view.help, page)
  return [head, ...excerpts, ...help].map((line) => `${line}\n`).join('')
}

/** The primary mark's source first, then the others in the order of the related labels. */
function blocksOf({ primary, related }: Diagnostic, secrets: Secrets): readonly Block[] {
  const markOf = ({ span, message }: Label, isPrimary: boolean): Mark => ({
    span,
    message: message === undefined ? undefined : concealSecrets(message, secrets),
    isPrimary,
  })
  const marks = [markOf(primary, true), ...related.map((label) => markOf(label, false))]
  const sources = [...new Map(marks.map(({ span }) => [span.source.name, span.source])).values()]
  return sources.map((source) => ({ source, marks: marks.filter(({ span }) => span.source.name === source.name) }))
}

function renderBlock({ source, marks }: Block, arrow: string, page: Page): readonly string[] {
  const { paint, numberWidth } = page
  const [first] = marks
  if (first === undefined) return []
  const { line, column } = positionOf(source, first.span.start)
  const place = `${' '.repeat(numberWidth + 1)}${paint('gutter', arrow)} ${makeVisible(source.name)}:${line}:${column}`
  // A text that is not there to show, such as that of a file too large to be read, leaves the words alone.
  if (source.text === '') return [place, ...marks.flatMap(({ message }) => (message === undefined ? [] : renderNote('note', message, page)))]
  const bar = renderGutter('', page)
  return [...(arrow === ':::' ? [bar] : []), place, bar, ...renderLines(source, marks, page)]
}

function renderLines(source: Source, marks: readonly Mark[], page: Page): readonly string[] {
  const byLine = new Map<number, Mark[]>()
  for (const mark of marks) {
    const { line } = positionOf(source, mark.span.start)
    byLine.set(line, [...(byLine.get(line) ?? []), mark])
  }
  const lines: string[] = []
  let last: number | undefined
  for (const [line, here] of [...byLine].sort(([a], [b]) => a - b)) {
    const gap = last === undefined ? 0 : line - last - 1
    if (gap === 1) lines.push(...renderLine(source, line - 1, [], page))
    if (gap > 1) lines.push(page.paint('gutter', '...'))
    lines.push(...renderLine(source, line, here, page))
    last = line
  }
  return lines
}

/** A line of a source, and below it a line for each mark, from left to right. */
function renderLine(source: Source, line: number, marks: readonly Mark[], page: Page): readonly string[] {
  const { start, end } = lineRange(source, line)
  const focus = (marks.find(({ isPrimary }) => isPrimary) ?? marks[0])?.span.start ?? start
  const width = Math.max(LEAST_WIDTH, page.width - page.numberWidth - ' '.length - ' | '.length)
  const { text, columnsOf } = excerptLine(source, line, { width, focus: Math.min(focus, end), secrets: page.secrets })
  const rows = [...marks]
    .sort((a, b) => a.span.start - b.span.start || Number(b.isPrimary) - Number(a.isPrimary))
    .map(({ span, message, isPrimary }) => {
      const isWithin = span.end <= end
      const markedEnd = isWithin ? span.end : start + source.text.slice(start, end).trimEnd().length
      const { from, to } = columnsOf(Math.min(span.start, end), markedEnd)
      const marked = (isPrimary ? '^' : '-').repeat(to - from)
      const words = message === undefined ? marked : `${marked} ${makeVisible(message)}`
      return `${renderGutter('', page)} ${' '.repeat(from)}${page.paint(isPrimary ? page.severity : 'gutter', words)}`
    })
  return [`${renderGutter(String(line), page)}${text === '' ? '' : ` ${text}`}`, ...rows]
}

function renderGutter(number: string, { paint, numberWidth }: Page): string {
  return paint('gutter', ` ${number.padStart(numberWidth)} |`)
}

function renderNote(kind: 'help' | 'note', words: string, { paint, numberWidth }: Page): readonly string[] {
  const indent = ' '.repeat(numberWidth + 2)
  const [first = '', ...others] = words.split('\n').map(makeVisible)
  return [`${indent}${paint('gutter', '=')} ${paint('strong', `${kind}:`)} ${first}`, ...others.map((line) => `${indent}${' '.repeat(kind.length + 4)}${line}`)]
}
