/** Events and services for the tests of the screens. */
import type { ServiceStatus, WatchEvent } from '../../../../src/watch/event.ts'
import { applyEvent, EMPTY_VIEW, type View } from '../../../../src/watch/screen/view.ts'
import { makeDiagnostic, makeSource, mark } from '../../diagnostics/make.ts'

/** 2026-01-02T03:04:05.000Z. */
export const START = 1767323045000

const config = makeSource('framework: pytorch\ntrian: train.py\n')

export const misspelt = makeDiagnostic(mark(config, 'trian'), { message: 'unknown key `trian`', help: 'did you mean `train`?' })

export const watching: WatchEvent = { kind: 'watching', config: 'mlstack.yaml', project: 'digits', files: 12, isPolling: false }

/** A service that has been running since the start. */
export function makeService(name: string, parts: Partial<ServiceStatus> = {}): ServiceStatus {
  return { name, kind: 'service', state: 'running', health: undefined, exitCode: undefined, url: undefined, since: START, ...parts }
}

export const train = makeService('train', { kind: 'job' })
export const evaluate = makeService('evaluate', { kind: 'job', state: 'created' })
export const serve = makeService('serve', { health: 'healthy', url: 'http://127.0.0.1:8080' })

/** An event that tells of a service. */
export function tell(service: ServiceStatus): WatchEvent {
  return { kind: 'service', service }
}

/** The view after some events, all at the start. */
export function viewAfter(...events: readonly WatchEvent[]): View {
  return events.reduce((view, event) => applyEvent(view, event, START), EMPTY_VIEW)
}
