/** The one place that decides what a change calls for: from plans and changed files to work. Pure. */
import type { Stack } from '../../plan/stack.ts'
import { comparePlans } from './plan-difference.ts'
import { followedImages, hasBuild, jobsOf, profiledServices, serversOf, passedServices } from './stack-parts.ts'
import { mergeWork, NO_DELIVERY, NO_WORK, type Delivery, type Work } from './work.ts'

/** A file that was added, changed or removed, by what it is to the stack. */
export type ChangedInput =
  /** `path` is relative to the build context. */
  | { readonly kind: 'code'; readonly path: string }
  /** What an image installs from: a requirements file, or one that it includes. */
  | { readonly kind: 'dependency'; readonly images: readonly string[] }
  /** What Compose fills in from: `.env` or an `env_file`. `jobs` are those whose settings differ by it. */
  | { readonly kind: 'environment'; readonly jobs: readonly string[] }
  /** A Compose file that is included. */
  | { readonly kind: 'included' }
  /** A file that is mounted as a secret. */
  | { readonly kind: 'secret'; readonly services: readonly string[] }
  /** A file of the build context of a service of the user's own. */
  | { readonly kind: 'foreign-code'; readonly service: string }

export interface Circumstances {
  /** The plan that the stack was brought to last; undefined at the start, when everything has to be done. */
  readonly before: Stack | undefined
  readonly after: Stack
  readonly changes: readonly ChangedInput[]
  /** Whether a role's command reads a file of the code, as far as can be told. */
  readonly reaches: (role: string, path: string) => boolean
}

/** All that the changes call for, and no more. */
export function classifyChanges({ before, after, changes, reaches }: Circumstances): Work {
  if (before === undefined || before.project !== after.project) return workFromNothing(after)
  const ofFiles = changes.map((change) => classifyInput(change, after, reaches))
  return [classifyPlan(before, after), ...ofFiles].reduce(mergeWork, NO_WORK)
}

/** Everything, for a stack of which nothing is known to be up to date. */
export function workFromNothing(stack: Stack): Work {
  const services = withoutProfile([...serversOf(stack).map(({ name }) => name), ...passedServices(stack).map(({ key }) => key)], stack)
  const build = withoutProfile([...stack.images.map(({ roles }) => roles[0] ?? ''), ...passedServices(stack).filter(hasBuild).map(({ key }) => key)], stack)
  return runAnew(stack, { jobs: jobsOf(stack), services, build })
}

function classifyPlan(before: Stack, after: Stack): Work {
  const { rebuilt, changedImages, services, passed, isSharedDifferent, removed } = comparePlans(before, after)
  const isIn = (images: readonly string[]) => followedImages(after).filter(({ name }) => images.includes(name))
  const anew = new Set([...services, ...isIn(changedImages).flatMap(({ roles }) => roles)])
  const staying = [...serversOf(after).map(({ name }) => name).filter((name) => isSharedDifferent || anew.has(name)), ...(isSharedDifferent ? passedServices(after).map(({ key }) => key) : passed)]
  const work = runAnew(after, {
    jobs: jobsOf(after).filter((name) => anew.has(name)),
    services: withoutProfile(staying, after),
    build: [...isIn(rebuilt).map(({ roles }) => roles[0] ?? ''), ...passedServices(after).filter((entry) => passed.includes(entry.key) && hasBuild(entry)).map(({ key }) => key)],
  })
  return { ...work, remove: new Set(removed) }
}

function classifyInput(change: ChangedInput, stack: Stack, reaches: Circumstances['reaches']): Work {
  switch (change.kind) {
    case 'code':
      return classifyCode(change.path, stack, reaches)
    case 'dependency': {
      const images = followedImages(stack).filter(({ name }) => change.images.includes(name))
      const roles = images.flatMap((image) => image.roles)
      return runAnew(stack, { jobs: roles, services: serversOf(stack).map(({ name }) => name).filter((name) => roles.includes(name)), build: images.map((image) => image.roles[0] ?? '') })
    }
    case 'environment':
      return runAnew(stack, { jobs: change.jobs, services: withoutProfile([...serversOf(stack).map(({ name }) => name), ...passedServices(stack).map(({ key }) => key)], stack), build: [] })
    case 'included':
      return runAnew(stack, { jobs: [], services: withoutProfile(passedServices(stack).map(({ key }) => key), stack), build: [] })
    case 'secret':
      return { ...NO_WORK, now: { ...NO_DELIVERY, renew: new Set(change.services.filter((name) => serversOf(stack).some((service) => service.name === name))) } }
    case 'foreign-code':
      return runAnew(stack, { jobs: [], services: [change.service], build: [change.service] })
  }
}

function withoutProfile(services: readonly string[], stack: Stack): readonly string[] {
  const withProfile = profiledServices(stack)
  return services.filter((name) => !withProfile.includes(name))
}

/** Code goes into running servers; where a job reads it too, only with the model which that job makes. The image follows. */
function classifyCode(path: string, stack: Stack, reaches: Circumstances['reaches']): Work {
  const jobs = jobsOf(stack).filter((name) => reaches(name, path))
  const restart = serversOf(stack).map(({ name }) => name).filter((name) => reaches(name, path))
  const delivery: Delivery = { ...NO_DELIVERY, copy: new Set([path]), restart: new Set(restart) }
  return { ...NO_WORK, ...deliver(delivery, jobs), build: new Set(followedImages(stack).filter(({ code }) => code.length > 0).map(({ roles }) => roles[0] ?? '')), jobsFrom: firstOf(jobs, stack) }
}

function runAnew(stack: Stack, { jobs, services, build }: { readonly jobs: readonly string[]; readonly services: readonly string[]; readonly build: readonly string[] }): Work {
  return { ...NO_WORK, ...deliver({ ...NO_DELIVERY, up: new Set(services) }, jobs), build: new Set(build), jobsFrom: firstOf(jobs, stack) }
}

function deliver(delivery: Delivery, jobs: readonly string[]): Pick<Work, 'now' | 'held'> {
  return jobs.length === 0 ? { now: delivery, held: NO_DELIVERY } : { now: NO_DELIVERY, held: delivery }
}

function firstOf(jobs: readonly string[], stack: Stack): number | undefined {
  const place = jobsOf(stack).findIndex((name) => jobs.includes(name))
  return place === -1 ? undefined : place
}
