/** Shows a watch session on a terminal: lines scroll above, and a block below them is redrawn in place. */
import { stripVTControlCharacters } from 'node:util'
import type { WatchEvent } from '../event.ts'
import { renderHeader } from './header.ts'
import { renderLine } from './lines.ts'
import { widthOf } from './pieces.ts'
import type { Now, Output, Schedule, Screen } from './screen.ts'
import { applyEvent, EMPTY_VIEW } from './view.ts'

export interface TerminalSettings {
  readonly output: Output
  readonly color: boolean
  /** Whether the terminal shows more than ASCII. */
  readonly isUnicode: boolean
  readonly now: Now
  readonly schedule: Schedule
  /** The size of the terminal as it is now, at least 1 each. */
  readonly columns: () => number
  readonly rows: () => number
}

export interface TerminalScreen extends Screen {
  /** Hides what containers and builds print, or shows it from now on. */
  toggleLogs(): void
  /** To be called when the terminal has changed its size. */
  resize(): void
}

/** More often would be work for the terminal that nobody sees. */
const LEAST_PAUSE = 50

/** How often the durations in the block are brought up to date. */
const TICK = 1000

const LOGS: ReadonlySet<WatchEvent['kind']> = new Set(['log', 'build'])

/** Opens a screen on a terminal. It draws with the first event, and `close` takes the block away and leaves the lines. */
export function createTerminalScreen({ output, color, isUnicode, now, schedule, columns, rows }: TerminalSettings): TerminalScreen {
  const pending: string[] = []
  let view = EMPTY_VIEW
  let block: readonly string[] = []
  let lastDrawn = 0
  let areLogsHidden = false
  let isStale = false
  let isDue = false
  let isOpen = true
  let cancel = () => {}

  const draw = (next: readonly string[]) => {
    const isSame = !isStale && pending.length === 0 && next.join('\n') === block.join('\n')
    if (!isSame) output.write(`${eraseBlock(block, columns())}${pending.map((line) => `${line}\n`).join('')}${next.join('\n')}`)
    pending.length = 0
    block = next
    isStale = false
  }
  const refresh = () => {
    // The last column stays free: terminals differ in where the cursor is behind it.
    draw(renderHeader(view, { columns: columns() - 1, rows: rows(), color, isUnicode, areLogsHidden, now: now() }))
    lastDrawn = now()
    isDue = false
    cancel = schedule(refresh, TICK)
  }
  const refreshSoon = () => {
    if (isDue) return
    isDue = true
    cancel()
    // A clock that was set back makes no longer pause.
    cancel = schedule(refresh, Math.max(0, Math.min(LEAST_PAUSE, lastDrawn + LEAST_PAUSE - now())))
  }

  return {
    show: (event) => {
      if (!isOpen) return
      if (!(areLogsHidden && LOGS.has(event.kind))) pending.push(...renderLine(event, view, { color, columns: columns() }))
      view = applyEvent(view, event, now())
      refreshSoon()
    },
    toggleLogs: () => {
      if (!isOpen) return
      areLogsHidden = !areLogsHidden
      refreshSoon()
    },
    resize: () => {
      if (!isOpen) return
      isStale = true
      refreshSoon()
    },
    close: () => {
      if (!isOpen) return
      isOpen = false
      cancel()
      draw([])
    },
  }
}

/** Moves from the end of a block to its start, and clears from there. A terminal that became narrower has wrapped its lines. */
function eraseBlock(block: readonly string[], columns: number): string {
  if (block.length === 0) return ''
  const rows = block.reduce((sum, line) => sum + Math.max(1, Math.ceil(widthOf(stripVTControlCharacters(line)) / columns)), 0)
  return `\r${rows > 1 ? `\u001b[${rows - 1}A` : ''}\u001b[J`
}
