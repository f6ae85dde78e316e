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
  readonly port: number
  readonly healthPath: string
  /** A Compose duration: how long it may take to make its tables. */
  readonly startPeriod: string
  /** Tells a job where the server is. */
  readonly variable: FactVariable
  /** Tells a job under which name to record, unless the user says so. */
  readonly projectVariable: string
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
  readonly containedIn: string
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

export const TRACKING_BASE_IMAGE = tracking.baseImage

export const TRACKING_SOURCE = tracking.source[0] ?? ''

const KINDS: Readonly<Record<string, TrackingFacts>> = tracking.kinds

/** The one that is meant where none is named. */
export const USUAL_TRACKING = 'mlflow'

/** The schema knows the names. */
export function trackingFacts(kind: string): TrackingFacts {
  const facts = KINDS[kind]
  if (facts === undefined) throw new Error(`${kind} is no tracking server`)
  return facts
}

/** A word of a command, or a value, for a server that listens on this port. */
export function fillTracking(text: string, { folder }: TrackingFacts, port: number): string {
  return text.replaceAll('{folder}', folder).replaceAll('{port}', String(port))
}
