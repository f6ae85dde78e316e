/** The one loop's choice: what is done next, given what is still to be done and what runs. Pure. */
import { isNoDelivery, NO_DELIVERY, NO_WORK, type Delivery, type Work } from './work.ts'

export interface Situation {
  readonly work: Work
  /** The last try failed: what it needs is another change. */
  readonly isBlocked: boolean
  /** The job that runs, as its place among the jobs. */
  readonly runningJob: number | undefined
  /** How many jobs, from the first one on, have succeeded on the candidate. */
  readonly succeeded: number
  readonly jobCount: number
}

export type Step =
  | { readonly kind: 'deliver'; readonly from: 'now' | 'held'; readonly delivery: Delivery }
  | { readonly kind: 'build'; readonly services: readonly string[] }
  | { readonly kind: 'remove'; readonly services: readonly string[] }
  | { readonly kind: 'job'; readonly index: number }
  /** A job cannot run, since one before it failed, which this change does not touch. */
  | { readonly kind: 'skip-jobs' }

/** Undefined: there is nothing to do until something changes or a job ends. */
export function chooseStep({ work, isBlocked, runningJob, succeeded, jobCount }: Situation): Step | undefined {
  // Code reaches a running server in any case: a broken build elsewhere is no reason to wait.
  const { copy, restart } = work.now
  if (copy.size + restart.size > 0) return { kind: 'deliver', from: 'now', delivery: { ...NO_DELIVERY, copy, restart } }
  if (isBlocked) return undefined
  if (work.build.size > 0) return { kind: 'build', services: [...work.build] }
  if (work.remove.size > 0) return { kind: 'remove', services: [...work.remove] }
  if (!isNoDelivery(work.now)) return { kind: 'deliver', from: 'now', delivery: work.now }
  if (runningJob !== undefined) return undefined
  if (work.jobsFrom !== undefined) return work.jobsFrom <= succeeded ? { kind: 'job', index: work.jobsFrom } : { kind: 'skip-jobs' }
  if (succeeded === jobCount && !isNoDelivery(work.held)) return { kind: 'deliver', from: 'held', delivery: work.held }
  return undefined
}

/** The part of the work that a step does: taken out before it begins, so that what comes meanwhile is kept apart, and put back if it fails. */
export function workOfStep(step: Step): Work {
  switch (step.kind) {
    case 'deliver':
      return { ...NO_WORK, [step.from]: step.delivery }
    case 'build':
      return { ...NO_WORK, build: new Set(step.services) }
    case 'remove':
      return { ...NO_WORK, remove: new Set(step.services) }
    case 'job':
    case 'skip-jobs':
      return NO_WORK
  }
}

/** Whether work that comes while a job runs makes that run worthless. */
export function outdatesJob(work: Work, runningJob: number | undefined): boolean {
  return runningJob !== undefined && work.jobsFrom !== undefined && work.jobsFrom <= runningJob
}
