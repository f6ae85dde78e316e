/** The picture of a stack as a graph: what is drawn, in terms of no particular drawing. */

export interface Graph {
  /** The project's name. */
  readonly title: string
  /** The variant and what images install, in a line; empty where there is nothing to say. */
  readonly about: string
  /** In the order in which they are written. */
  readonly nodes: readonly GraphNode[]
  readonly edges: readonly Edge[]
}

/** `gate` decides whether a model is promoted, and `end` is where it is not; `server` is a service of ours that has the model, and `service` any other. */
export type NodeKind = 'data' | 'fetch' | 'job' | 'gate' | 'end' | 'server' | 'service' | 'volume' | 'folder'

export interface GraphNode {
  /** Letters, digits and `_`, unique in the graph. */
  readonly id: string
  readonly kind: NodeKind
  /** What it is, in a word or two. */
  readonly what: string
  readonly title: string
  readonly lines: readonly Line[]
  /** How many containers or datasets it stands for. */
  readonly copies: number
  /** It starts only where it is asked for. */
  readonly isOnRequest: boolean
  /** The services of the stack that it stands for: the nodes of a job are one. */
  readonly services: readonly string[]
}

/** `code` is a command, a path or an address; `port` is where the machine reaches it; `gpu` is what it has of GPUs. */
export interface Line {
  readonly kind: 'code' | 'port' | 'gpu' | 'words'
  readonly text: string
}

export interface Edge {
  readonly from: string
  readonly to: string
  /** Empty where the shapes at its ends say enough. */
  readonly label: string
  /** `model`: the way that a model goes; `flow`: any other where what is before comes first; `use`: it needs the other while it runs. */
  readonly kind: 'model' | 'flow' | 'use'
}
