/** Whole services of a project: followed, brought up, taken away. Each function throws with Docker's own words where that fails. */
import { findImage, reasonOf, type Compose } from '../../engine/compose.ts'
import type { Docker } from '../../engine/docker.ts'
import type { Stack } from '../../plan/stack.ts'
import type { JobFacts } from '../work/job-state.ts'
import { passedServices } from '../work/stack-parts.ts'
import type { ContainerWatch, WatchedService } from './container-watch.ts'

/** A plan, and the Compose that knows its files. */
export interface Composed {
  readonly stack: Stack
  readonly compose: Compose
}

export function watchedServicesOf(stack: Stack): readonly WatchedService[] {
  const ours = stack.services.map(({ name, kind, health }) => ({ name, kind, healthPath: health?.path }))
  return [...ours, ...passedServices(stack).map(({ key }) => ({ name: key, kind: 'service' as const, healthPath: undefined }))]
}

export async function bringUp(containers: ContainerWatch, { compose }: Composed, services: readonly string[], isForced: boolean): Promise<void> {
  const result = await compose.up(services, { isForced })
  if (result.exitCode !== 0) throw new Error(reasonOf(result))
  await containers.refresh()
}

/** Gives those that there were. */
export async function removeServices(docker: Docker, containers: ContainerWatch, services: readonly string[]): Promise<readonly string[]> {
  await containers.refresh()
  const found = services.filter((service) => containers.containersOf(service).length > 0)
  const ids = found.flatMap((service) => containers.containersOf(service)).map(({ id }) => id)
  if (ids.length > 0) await docker.run(['stop', ...ids])
  if (ids.length > 0) await docker.run(['rm', '--force', ...ids])
  return found
}

/** Of a project that was renamed nothing stays but its volumes: it would hold the ports. */
export async function takeProjectDown(docker: Docker, project: string): Promise<void> {
  await docker.run(['compose', '--project-name', project, 'down', '--remove-orphans'])
}

/** What the jobs were run with, and would be run with now. */
export async function readJobFacts(docker: Docker, containers: ContainerWatch, { stack: { services, jobOrder, project }, compose }: Composed): Promise<JobFacts> {
  const jobs = jobOrder.flatMap((name) => services.find((service) => service.name === name) ?? [])
  const images = await Promise.all(jobs.map(({ image }) => findImage(docker, `${project}-${image}`)))
  const hashes = await compose.hashServices()
  await containers.refresh()
  return { jobs: jobs.map(({ name }, index) => ({ name, image: images[index] })), containers: jobs.flatMap(({ name }) => containers.containersOf(name)), hashes }
}
