/** The state of a session, folded from its events: what the block at the bottom of a terminal shows, and what lines are told apart by. */
import type { LoopState, ServiceStatus, WatchEvent } from '../event.ts'
import { cleanLog } from './clean-log.ts'

type EventOf<Kind extends WatchEvent['kind']> = Extract<WatchEvent, { readonly kind: Kind }>

export interface View {
  /** How watching has begun last. */
  readonly watching: EventOf<'watching'> | undefined
  readonly loop: LoopState
  /** When the loop entered its state, in milliseconds since the epoch. */
  readonly loopSince: number
  /** What is being built, such as `train [4/9] RUN pip install`. */
  readonly step: string | undefined
  /** In the order in which they were first told of. */
  readonly services: readonly ServiceStatus[]
  /** Of the problems shown last. */
  readonly problems: { readonly errors: number; readonly others: number }
}

/** Before the first event. */
export const EMPTY_VIEW: View = { watching: undefined, loop: 'idle', loopSince: 0, step: undefined, services: [], problems: { errors: 0, others: 0 } }

/** A step of a build as BuildKit tells it: `#12 [train 4/9] RUN pip install`. */
const STEP = /^(?:#\d+ )?\[(?:[^\]]* )?(\d+\/\d+)\] (.+)$/

/** The view after an event that came at `time`, in milliseconds since the epoch. */
export function applyEvent(view: View, event: WatchEvent, time: number): View {
  switch (event.kind) {
    case 'watching':
      return { ...view, watching: event }
    case 'state':
      return { ...view, loop: event.state, loopSince: time, step: undefined }
    case 'build':
      return { ...view, step: stepAfter(view.step, event) }
    case 'service':
      return { ...view, services: replaceService(view.services, event.service) }
    case 'diagnostics': {
      const errors = event.diagnostics.filter(({ severity }) => severity === 'error').length
      return { ...view, problems: { errors, others: event.diagnostics.length - errors } }
    }
    default:
      return view
  }
}

/** Most lines of a build belong to the step that was told before them. */
function stepAfter(step: string | undefined, { image, line }: EventOf<'build'>): string {
  const [, number, command] = STEP.exec(cleanLog(line, { color: false })) ?? []
  if (number !== undefined) return `${image} [${number}] ${command}`
  return step !== undefined && (step === image || step.startsWith(`${image} `)) ? step : image
}

function replaceService(services: readonly ServiceStatus[], service: ServiceStatus): readonly ServiceStatus[] {
  const isKnown = services.some(({ name }) => name === service.name)
  return isKnown ? services.map((each) => (each.name === service.name ? service : each)) : [...services, service]
}
