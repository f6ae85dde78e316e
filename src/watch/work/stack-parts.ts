/** The parts of a plan as watching asks for them: jobs in their order, services that stay up, and what only a profile starts. */
import type { PassedEntry } from '../../plan/passed.ts'
import type { Image, Service, Stack } from '../../plan/stack.ts'

/** The names of the jobs, in the order in which they run; those that only a profile starts are not among them. */
export function jobsOf({ jobOrder }: Stack): readonly string[] {
  return jobOrder
}

/** Services of ours that stay up, without those that are for a person to start. */
export function serversOf({ services }: Stack): readonly Service[] {
  return services.filter(({ kind, profiles }) => kind === 'service' && profiles.length === 0)
}

/** Images of what watching runs: what a person starts is built when it is started. */
export function followedImages({ images, services }: Stack): readonly Image[] {
  const asked = new Set(services.filter(({ profiles }) => profiles.length > 0).map(({ name }) => name))
  return images.filter(({ roles }) => !roles.every((role) => asked.has(role)))
}

/** Services of the user's: those that pass through, and those of files that the stack includes. */
export function passedServices({ passed }: Pick<Stack, 'passed'>): readonly PassedEntry[] {
  return [...passed.services, ...passed.included]
}

/** Services that Compose starts only where a profile is asked for. */
export function profiledServices(stack: Stack): readonly string[] {
  const ours = stack.services.filter(({ profiles, overrides }) => profiles.length > 0 || overrides.some(({ key }) => key === 'profiles')).map(({ name }) => name)
  return [...ours, ...passedServices(stack).filter((entry) => keysOf(entry).includes('profiles')).map(({ key }) => key)]
}

/** Whether a service of the user's is built here. */
export function hasBuild(entry: PassedEntry): boolean {
  return keysOf(entry).includes('build')
}

function keysOf({ value }: PassedEntry): readonly string[] {
  return value.kind === 'map' ? value.entries.map(({ key }) => key) : []
}
