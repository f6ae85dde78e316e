/** The block that stays at the bottom of a terminal: what the loop does, how each service is, and the keys. */
import type { LoopState } from '../event.ts'
import { formatElapsed } from './duration.ts'
import { KEYS } from './keys.ts'
import { fitPieces, fitText, joinPieces, widthOf, type Piece } from './pieces.ts'
import { describeService, type Standing } from './service-words.ts'
import { createPaint, STYLE } from './style.ts'
import type { View } from './view.ts'

export interface HeaderOptions {
  readonly columns: number
  /** The rows there are; the block takes no more, for one that is taller than the terminal cannot be redrawn in place. */
  readonly rows: number
  readonly color: boolean
  /** Whether the terminal shows more than ASCII. */
  readonly isUnicode: boolean
  readonly areLogsHidden: boolean
  /** In milliseconds since the epoch. */
  readonly now: number
}

interface Signs extends Readonly<Record<Standing, string>> {
  /** Between two facts. */
  readonly dot: string
  /** At the end of what was cut. */
  readonly cut: string
}

const UNICODE: Signs = { done: '✓', up: '●', starting: '◐', failed: '✗', absent: '·', dot: '·', cut: '…' }
const ASCII: Signs = { done: '+', up: '*', starting: '~', failed: 'x', absent: '.', dot: '-', cut: '...' }

const STYLES: Readonly<Record<Standing, string>> = { done: STYLE.good, up: STYLE.good, starting: STYLE.busy, failed: STYLE.bad, absent: STYLE.dim }

const MOST_SERVICES = 10

/** The title and the keys. */
const OTHER_ROWS = 2

const GAP = '  '

/** The title gives way until so many columns are left for the loop's state. */
const LEAST_STATUS = 24

/** Renders the block, each line no wider than the columns. */
export function renderHeader(view: View, options: HeaderOptions): readonly string[] {
  const signs = options.isUnicode ? UNICODE : ASCII
  const paint = createPaint(options.color)
  const lines = [layTitle(view, options, signs), ...layServices(view, options, signs), layKeys(options)]
  return lines.map((pieces) => joinPieces(fitPieces(pieces, options.columns, signs.cut), paint))
}

/** The session at the left, the loop at the right. */
function layTitle(view: View, { columns, now }: HeaderOptions, signs: Signs): readonly Piece[] {
  const { words, style } = describeLoop(view)
  const elapsed = view.loop === 'idle' || now - view.loopSince < 1000 ? '' : `${GAP}${formatElapsed(now - view.loopSince)}`
  const titles = titlesOf(view, signs)
  const roomBeside = (title: string) => columns - widthOf(title) - GAP.length - elapsed.length
  const title = titles.find((each) => roomBeside(each) >= Math.min(widthOf(words), LEAST_STATUS)) ?? titles.at(-1) ?? ''
  const status = fitText(words, Math.max(0, roomBeside(title)), signs.cut)
  const space = ' '.repeat(Math.max(0, roomBeside(title) - widthOf(status)))
  return [{ text: title, style: STYLE.strong }, { text: `${GAP}${space}` }, { text: status, style }, { text: elapsed, style: STYLE.dim }]
}

/** From the longest to the shortest. */
function titlesOf({ watching }: View, { dot }: Signs): readonly string[] {
  if (watching === undefined) return ['mlstack']
  const { project, files, isPolling } = watching
  const count = `${isPolling ? 'polling' : 'watching'} ${files} ${files === 1 ? 'file' : 'files'}`
  return [['mlstack', project, count], [project, count], [project]].map((facts) => facts.join(` ${dot} `))
}

const LOOP_STYLES: Readonly<Record<LoopState, string>> = { idle: STYLE.good, compiling: STYLE.busy, building: STYLE.busy, applying: STYLE.busy }

function describeLoop({ loop, step, problems: { errors } }: View): { readonly words: string; readonly style: string } {
  if (loop === 'idle' && errors > 0) return { words: `idle, ${errors} ${errors === 1 ? 'error' : 'errors'}`, style: STYLE.error }
  return { words: step === undefined ? loop : `${loop} ${step}`, style: LOOP_STYLES[loop] }
}

function layServices({ services }: View, { rows, now }: HeaderOptions, signs: Signs): readonly (readonly Piece[])[] {
  const room = Math.max(0, rows - OTHER_ROWS)
  // One row more tells how many are left out.
  const shown = services.length <= Math.min(MOST_SERVICES, room) ? services : services.slice(0, Math.min(MOST_SERVICES, Math.max(0, room - 1)))
  const described = shown.map((service) => ({ ...service, ...describeService(service, now) }))
  const nameWidth = Math.max(0, ...described.map(({ name }) => name.length))
  const wordsWidth = Math.max(0, ...described.map(({ words }) => words.length))
  const lines = described.map(({ name, standing, words, url = '' }) => [
    { text: `${signs[standing]} `, style: STYLES[standing] },
    { text: `${name.padEnd(nameWidth)}${GAP}` },
    { text: `${words.padEnd(wordsWidth)}${GAP}` },
    { text: url, style: STYLE.link },
  ])
  return services.length === shown.length ? lines : [...lines, [{ text: `${GAP}and ${services.length - shown.length} more`, style: STYLE.dim }]]
}

function layKeys({ areLogsHidden }: HeaderOptions): readonly Piece[] {
  return KEYS.flatMap(([key, command], index) => [
    { text: `${index === 0 ? '' : GAP}${key}`, style: STYLE.strong },
    { text: ` ${command}${command === 'logs' && areLogsHidden ? ' (hidden)' : ''}`, style: STYLE.dim },
  ])
}
