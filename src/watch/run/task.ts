/** The piece of work under way as a person sees it: what asked for it, what it did, and since when. */
import type { WatchEvent } from '../event.ts'

export interface Task {
  readonly causes: readonly string[]
  readonly did: readonly string[]
  /** What was built on the way, told where nothing else was done. */
  readonly built: readonly string[]
  /** Milliseconds since the epoch. */
  readonly started: number
}

/** A later change joins the task under way. */
export function addCauses(task: Task | undefined, causes: readonly string[], now: number): Task {
  return { causes: [...new Set([...(task?.causes ?? []), ...causes])], did: task?.did ?? [], built: task?.built ?? [], started: task?.started ?? now }
}

export function addDeed(task: Task, ...deeds: readonly string[]): Task {
  return { ...task, did: [...new Set([...task.did, ...deeds])] }
}

export function addBuild(task: Task, services: readonly string[]): Task {
  return { ...task, built: services.map((service) => `build ${service}`) }
}

type Outcome = Extract<WatchEvent, { readonly kind: 'action' }>['outcome']

export function endTask({ causes, did, built, started }: Task, outcome: Outcome, now: number, reason?: string): WatchEvent {
  return { kind: 'action', causes, did: did.length === 0 ? built : did, outcome, milliseconds: now - started, ...(reason === undefined ? {} : { reason }) }
}
