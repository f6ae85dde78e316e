/** Shows a watch session as lines that are never taken back: to a file, a pipe, or a program. */
import type { WatchEvent } from '../event.ts'
import { renderJson } from './json.ts'
import { renderLine } from './lines.ts'
import type { Now, Output, Screen } from './screen.ts'
import { applyEvent, EMPTY_VIEW } from './view.ts'

export interface LineSettings {
  readonly output: Output
  readonly format: 'text' | 'json'
  readonly color: boolean
  readonly now: Now
}

/** Opens a screen that writes each event as it comes. */
export function createLineScreen({ output, format, color, now }: LineSettings): Screen {
  let view = EMPTY_VIEW
  let isOpen = true
  const render = format === 'json' ? (event: WatchEvent) => [renderJson(event, now())] : (event: WatchEvent) => renderLine(event, view, { color })
  return {
    show: (event) => {
      const lines = isOpen ? render(event) : []
      view = applyEvent(view, event, now())
      if (lines.length > 0) output.write(lines.map((line) => `${line}\n`).join(''))
    },
    close: () => {
      isOpen = false
    },
  }
}
