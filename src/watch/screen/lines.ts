/** A watch session as lines of text, one event at a time. */
import { renderText } from '../../diagnostics/text.ts'
import { makeVisible } from '../../diagnostics/visible.ts'
import type { WatchEvent } from '../event.ts'
import { renderAction } from './action-line.ts'
import { cleanLog } from './clean-log.ts'
import { tellService } from './service-words.ts'
import { createPaint, serviceStyle, STYLE, type Paint } from './style.ts'
import type { View } from './view.ts'

export interface LineOptions {
  /** Whether to colour with ANSI codes; without it there is no escape sequence at all. */
  readonly color: boolean
  /** To cut source lines of diagnostics to; every other line is left whole. */
  readonly columns?: number
}

type EventOf<Kind extends WatchEvent['kind']> = Extract<WatchEvent, { readonly kind: Kind }>

const BUILD = 'build'

/** The lines for an event, none where it tells nothing new. `before` is the view without the event. */
export function renderLine(event: WatchEvent, before: View, options: LineOptions): readonly string[] {
  const paint = createPaint(options.color)
  switch (event.kind) {
    case 'state':
      return []
    case 'watching':
      return tellWatching(event, before)
    case 'diagnostics':
      return renderDiagnostics(event, before, options, paint)
    case 'written':
      return event.files.map(({ path, change }) => `${change} ${makeVisible(path)}`)
    case 'build':
      return renderLog(BUILD, STYLE.dim, paint(STYLE.dim, cleanLog(event.line, { color: false })), event.line, before, paint)
    case 'action':
      return [renderAction(event, paint)]
    case 'service':
      return renderService(event, before, paint)
    case 'log':
      return renderLog(event.service, styleOf(event.service, before), cleanLog(event.line, options), event.line, before, paint)
    case 'problem':
      return [`${paint(STYLE.warning, 'warning')}${paint(STYLE.strong, `: ${makeVisible(event.message)}`)}`, ...renderHelp(event.help, paint)]
    case 'note':
      return [`${paint(STYLE.note, 'note')}: ${makeVisible(event.message)}`]
    case 'stopped':
      return [`stopped watching${event.isStackUp ? `; the containers still run, and this stops them: ${makeVisible(event.howToStop)}` : ''}`]
  }
}

function tellWatching(event: EventOf<'watching'>, { watching }: View): readonly string[] {
  const line = describeWatching(event)
  return watching !== undefined && describeWatching(watching) === line ? [] : [makeVisible(line)]
}

function describeWatching({ project, config, files, isPolling }: EventOf<'watching'>): string {
  return `${project}: watching ${files} ${files === 1 ? 'file' : 'files'} of ${config}${isPolling ? ', by polling' : ''}`
}

function renderDiagnostics({ diagnostics }: EventOf<'diagnostics'>, { problems }: View, { color, columns }: LineOptions, paint: Paint): readonly string[] {
  if (diagnostics.length > 0) return renderText(diagnostics, columns === undefined ? { color } : { color, width: columns }).trimEnd().split('\n')
  return problems.errors + problems.others > 0 ? [paint(STYLE.good, 'no problems left')] : []
}

function renderService({ service }: EventOf<'service'>, { services }: View, paint: Paint): readonly string[] {
  const line = tellService(service, services.find(({ name }) => name === service.name))
  return line === undefined ? [] : [paint(service.health === 'healthy' ? STYLE.good : STYLE.bad, makeVisible(line))]
}

/** A line with its origin before it; none for a line that only steered the terminal. */
function renderLog(name: string, style: string, text: string, raw: string, { services }: View, paint: Paint): readonly string[] {
  if (text === '' && raw.trim() !== '') return []
  const width = Math.max(BUILD.length, ...services.map((service) => service.name.length))
  return [`${paint(style, `${name.padEnd(width)} |`)}${text === '' ? '' : ` ${text}`}`]
}

function styleOf(service: string, { services }: View): string {
  const place = services.findIndex(({ name }) => name === service)
  return serviceStyle(place === -1 ? services.length : place)
}

function renderHelp(help: string | undefined, paint: Paint): readonly string[] {
  if (help === undefined) return []
  const [first = '', ...others] = help.split('\n').map(makeVisible)
  return [`  ${paint(STYLE.dim, '=')} ${paint(STYLE.strong, 'help:')} ${first}`, ...others.map((line) => `          ${line}`)]
}
