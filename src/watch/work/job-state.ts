/** Which jobs need not run: those that have succeeded as they would run now. Pure. */
import type { Container } from '../../engine/containers.ts'

export interface JobFacts {
  /** Jobs in their order, with the id of the image that each would run in now. */
  readonly jobs: readonly { readonly name: string; readonly image: string | undefined }[]
  readonly containers: readonly Container[]
  /** Compose's hash of the settings of each service. */
  readonly hashes: ReadonlyMap<string, string>
}

/** How many jobs, from the first one on, have succeeded with the settings and the image of now. */
export function countSucceeded({ jobs, containers, hashes }: JobFacts): number {
  const first = jobs.findIndex(({ name, image }) => !containers.some((container) => container.service === name && hasSucceeded(container) && container.image === image && container.configHash === hashes.get(name)))
  return first === -1 ? jobs.length : first
}

/** Jobs that have run with other settings than they would have now. */
export function findOutdated({ jobs, containers, hashes }: JobFacts): readonly string[] {
  return jobs.map(({ name }) => name).filter((name) => containers.some((container) => container.service === name && container.configHash !== hashes.get(name)))
}

function hasSucceeded({ state, exitCode }: Container): boolean {
  return state === 'exited' && exitCode === 0
}
