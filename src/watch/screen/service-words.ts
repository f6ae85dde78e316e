/** The words for a service's state: short ones for the block, and a line where something has changed that a person should know. */
import type { ServiceStatus } from '../event.ts'
import { formatElapsed } from './duration.ts'

/** What a service's state comes down to. */
export type Standing = 'done' | 'up' | 'starting' | 'failed' | 'absent'

export interface Description {
  readonly standing: Standing
  readonly words: string
}

/** Describes a service at a time: `healthy`, `running 12 s`, `done`, `failed (1)`. */
export function describeService({ kind, state, health, exitCode, since }: ServiceStatus, now: number): Description {
  const elapsed = formatElapsed(now - since)
  if (state === 'absent') return { standing: 'absent', words: 'absent' }
  if (state === 'created' || state === 'restarting') return { standing: 'starting', words: state }
  if (state === 'running') {
    if (health === 'healthy') return { standing: 'up', words: 'healthy' }
    if (health === 'unhealthy') return { standing: 'failed', words: 'unhealthy' }
    return health === 'starting' ? { standing: 'starting', words: `starting ${elapsed}` } : { standing: 'up', words: `running ${elapsed}` }
  }
  if (exitCode !== 0) return { standing: 'failed', words: `failed${exitCode === undefined ? '' : ` (${exitCode})`}` }
  return kind === 'job' ? { standing: 'done', words: 'done' } : { standing: 'absent', words: 'stopped' }
}

/** A line about a service, unless the one before would have said the same, or there is nothing that a person waits for. */
export function tellService(service: ServiceStatus, before: ServiceStatus | undefined): string | undefined {
  const news = newsOf(service)
  if (news === undefined || (before === undefined ? service.state === 'absent' : newsOf(before) === news)) return undefined
  return `${service.name}: ${news}`
}

function newsOf({ state, health, exitCode, url }: ServiceStatus): string | undefined {
  if (state === 'absent') return 'gone'
  if (state === 'exited' && exitCode !== 0) return exitCode === undefined ? 'failed' : `failed (exit status ${exitCode})`
  if (state !== 'running' || health === undefined || health === 'starting') return undefined
  return health === 'healthy' && url !== undefined ? `healthy, ${url}` : health
}
