/** Tracking servers: how each is installed and started, and how a job finds it. */
import tracking from './data/tracking.json' with { type: 'json' }

export interface TrackingFacts {
  readonly title: string
  /** PEP 508 requirements with exact versions, for an image that has nothing else. */
  readonly requirements: readonly string[]
  /** `{port}` and `{folder}` stand in its words, as in the values of all variables. */
  readonly command: readonly string[]
  /** Defaults of the server's, which the user may set otherwise. */
  readonly variables: readonly Setting[]
  /** Where it keeps everything. */
  readonly folder: string
  /** Whether jobs write there themselves, so that the server only reads, and nothing can be sent to one that runs elsewhere. */
  readonly isShared: boolean
  readonly port: number
  readonly healthPath: string
  /** A Compose duration: how long it may take to make its tables. */
  readonly startPeriod: string
  /** Tells a job where to record; `{role}` stands for the job's name. */
  readonly variable: FactVariable
  /** Tells a job under which name to record, unless the user says so. */
  readonly projectVariable?: string
  readonly client: ClientFacts
}

interface FactVariable {
  readonly name: string
  readonly value: string
}

interface Setting extends FactVariable {
  /** For a comment. */
  readonly reason: string
}

/** The package by which a job speaks to the server. */
export interface ClientFacts {
  readonly distribution: string
  /** The package that has all of the client in it. */
  readonly containedIn?: string
  /** Frameworks that ask for a version of it themselves. */
  readonly heldBy: readonly string[]
  /** Defaults for what has it. */
  readonly variables: readonly Setting[]
  /** Ascending: the newest known version for each range of Pythons. */
  readonly releases: readonly ClientRelease[]
}

export interface ClientRelease {
  readonly version: string
  /** `X.Y`. */
  readonly oldestPython: string
}

export type TrackingKind = keyof typeof tracking.kinds

export const TRACKING_BASE_IMAGE = tracking.baseImage

export const TRACKING_SOURCE = tracking.source[0] ?? ''

const KINDS: Readonly<Record<TrackingKind, TrackingFacts>> = tracking.kinds

export function trackingFacts(kind: TrackingKind): TrackingFacts {
  return KINDS[kind]
}

/** A word of a command, or a value, for a server that listens on this port. */
export function fillTracking(text: string, { folder }: TrackingFacts, port: number): string {
  return text.replaceAll('{folder}', folder).replaceAll('{port}', String(port))
}
