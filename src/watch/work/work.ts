/** What is still to be done, as one value that every later change is merged into: there is never a queue. */

/** What brings code and settings into services that stay up. Names are services of the Compose file. */
export interface Delivery {
  /** Files to copy into running services, or to remove there; relative to the build context. */
  readonly copy: ReadonlySet<string>
  /** Services whose command starts anew on what was copied. */
  readonly restart: ReadonlySet<string>
  /** Services to bring up: Compose creates those anew whose settings or image differ. */
  readonly up: ReadonlySet<string>
  /** Services to create anew in any case: a file that is mounted into them is another one now. */
  readonly renew: ReadonlySet<string>
}

export interface Work {
  /** Delivered at once. */
  readonly now: Delivery
  /** Services whose images are built. */
  readonly build: ReadonlySet<string>
  /** Services that the config no longer has. */
  readonly remove: ReadonlySet<string>
  /** The first job that has to run, as its place among the jobs; undefined: none. */
  readonly jobsFrom: number | undefined
  /** Whether the jobs run though nothing has changed for them. */
  readonly isRerun: boolean
  /** Delivered once all jobs have succeeded: code that made a model goes into service with that model. */
  readonly held: Delivery
}

const NONE: ReadonlySet<string> = new Set()

export const NO_DELIVERY: Delivery = { copy: NONE, restart: NONE, up: NONE, renew: NONE }

export const NO_WORK: Work = { now: NO_DELIVERY, build: NONE, remove: NONE, jobsFrom: undefined, isRerun: false, held: NO_DELIVERY }

/** Both, each thing once. The earlier job is the first one to run. */
export function mergeWork(one: Work, other: Work): Work {
  return {
    now: mergeDeliveries(one.now, other.now),
    build: union(one.build, other.build),
    remove: union(one.remove, other.remove),
    jobsFrom: earlier(one.jobsFrom, other.jobsFrom),
    isRerun: one.isRerun || other.isRerun,
    held: mergeDeliveries(one.held, other.held),
  }
}

/** What is left of `work` without `part`; the jobs stay. */
export function subtractWork(work: Work, part: Work): Work {
  return {
    now: subtractDelivery(work.now, part.now),
    build: without(work.build, part.build),
    remove: without(work.remove, part.remove),
    jobsFrom: work.jobsFrom,
    isRerun: work.isRerun,
    held: subtractDelivery(work.held, part.held),
  }
}

export function isNothing({ now, build, remove, jobsFrom, held }: Work): boolean {
  return isNoDelivery(now) && build.size === 0 && remove.size === 0 && jobsFrom === undefined && isNoDelivery(held)
}

export function isNoDelivery({ copy, restart, up, renew }: Delivery): boolean {
  return copy.size === 0 && restart.size === 0 && up.size === 0 && renew.size === 0
}

function mergeDeliveries(one: Delivery, other: Delivery): Delivery {
  return { copy: union(one.copy, other.copy), restart: union(one.restart, other.restart), up: union(one.up, other.up), renew: union(one.renew, other.renew) }
}

function subtractDelivery(one: Delivery, other: Delivery): Delivery {
  return { copy: without(one.copy, other.copy), restart: without(one.restart, other.restart), up: without(one.up, other.up), renew: without(one.renew, other.renew) }
}

function without(one: ReadonlySet<string>, other: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...one].filter((each) => !other.has(each)))
}

function earlier(one: number | undefined, other: number | undefined): number | undefined {
  if (one === undefined || other === undefined) return one ?? other
  return Math.min(one, other)
}

function union(one: ReadonlySet<string>, other: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...one, ...other])
}
