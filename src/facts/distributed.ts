/** How each framework runs in several processes and on several nodes. */
import data from './data/distributed.json' with { type: 'json' }

export interface DistributedFacts {
  readonly framework: string
  /** What starts the processes of a node; undefined where nothing does. */
  readonly launcher: 'torchrun' | undefined
  /** How the nodes are told of each other: by the address of the first one, or all of them in TF_CONFIG; undefined where there can be only one. */
  readonly nodes: 'master' | 'tf-config' | undefined
  /** What to do where it has no launcher. */
  readonly instead: string | undefined
}

/** What is known not to work on several nodes. */
export interface BrokenOnNodes {
  readonly framework: string
  /** A PEP 440 range. */
  readonly versions: string
  readonly what: string
  readonly instead: string
}

/** Where the processes of the first node listen for all others. */
export const MASTER_PORT: number = data.masterPort
/** Where its helper listens for theirs. */
export const MEETING_PORT: number = data.meetingPort

/** Programs that start the processes of a job themselves. */
export const LAUNCHERS: ReadonlySet<string> = new Set(data.launchers)

export const BROKEN_ON_NODES: readonly BrokenOnNodes[] = data.broken

const FRAMEWORKS: readonly DistributedFacts[] = data.frameworks.map(({ framework, launcher, nodes, instead }) => ({
  framework,
  launcher: launcher as DistributedFacts['launcher'],
  nodes: nodes as DistributedFacts['nodes'],
  instead,
}))

export function findDistributed(framework: string): DistributedFacts | undefined {
  return FRAMEWORKS.find((facts) => facts.framework === framework)
}

/** The source of the table that speaks of something, such as `TF_CONFIG`. */
export function findDistributedSource(word: string): string {
  return data.source.find((source) => source.includes(word)) ?? data.source.join('; ')
}

/** The frameworks that a launcher, or nodes, are known for. */
export function listDistributed(key: 'launcher' | 'nodes'): readonly string[] {
  return FRAMEWORKS.filter((facts) => facts[key] !== undefined).map(({ framework }) => framework)
}
