/** A watch session for programs: one JSON object a line. */
import { formatJson } from '../../diagnostics/json.ts'
import { viewDiagnostics } from '../../diagnostics/view.ts'
import type { WatchEvent } from '../event.ts'

/** Renders an event of a time, in milliseconds since the epoch, without a line feed. Diagnostics are as in `--format json` of the other commands. */
export function renderJson(event: WatchEvent, time: number): string {
  return formatJson({ version: 1, time: formatTime(time), event: event.kind, ...viewEvent(event) }, 0)
}

/** The names that programs rely on, and so each is written here. What is undefined is left out. */
function viewEvent(event: WatchEvent): object {
  switch (event.kind) {
    case 'watching':
      return { config: event.config, project: event.project, files: event.files, is_polling: event.isPolling }
    case 'state':
      return { state: event.state }
    case 'diagnostics': {
      const { diagnostics, summary } = viewDiagnostics(event.diagnostics)
      return { diagnostics, summary }
    }
    case 'written':
      return { files: event.files.map(({ path, change }) => ({ path, change })) }
    case 'build':
      return { image: event.image, line: event.line }
    case 'action':
      return { causes: event.causes, did: event.did, outcome: event.outcome, reason: event.reason, milliseconds: event.milliseconds }
    case 'service': {
      const { name, kind, state, health, exitCode, url, since } = event.service
      return { service: name, kind, state, health, exit_code: exitCode, url, since: formatTime(since) }
    }
    case 'log':
      return { service: event.service, line: event.line }
    case 'problem':
      return { message: event.message, help: event.help }
    case 'note':
      return { message: event.message }
    case 'stopped':
      return { is_stack_up: event.isStackUp, how_to_stop: event.howToStop }
  }
}

function formatTime(time: number): string {
  return new Date(time).toISOString()
}
