/** Ready-made servers of models: what each can serve, what it runs on, and where it answers. */
import data from './data/model-servers.json' with { type: 'json' }

export interface ModelServer {
  /** The value of `serve.server`. */
  readonly name: string
  /** With its version, to print. */
  readonly title: string
  /** `package`: installed beside the framework, in the project's own image. `image`: its makers' own image. */
  readonly kind: 'package' | 'image'
  readonly protocol: 'v2' | 'mlflow' | 'tensorflow'
  /** On its port; `{model}` stands for the model's name. */
  readonly paths: { readonly health: string; readonly predict: string; readonly docs?: string | undefined; readonly metrics?: string | undefined }
  /** Where it listens beside the port of requests. */
  readonly ports: readonly { readonly name: string; readonly port: number }[]
  readonly runtimes: readonly ServerRuntime[]
  /** Defaults that tell it where to listen and how to run, which the user may set otherwise; `{port}` stands for its port. */
  readonly variables: readonly { readonly name: string; readonly value: string }[]
  /** Of a package: PEP 508 requirements with exact versions, and the Pythons `X.Y` that they run on, ascending. */
  readonly packages?: readonly string[] | undefined
  readonly pythons?: readonly string[] | undefined
}

/** How a server serves the models of one framework. */
export interface ServerRuntime {
  readonly framework: string
  readonly packages: readonly string[]
  /** How the server calls it. */
  readonly implementation: string
  /** The files that hold such a model, the usual one first. */
  readonly files: readonly string[]
}

/** The user's own command, by the same key. */
export const OWN_COMMAND = 'command'

export const MODEL_SERVERS = data.servers as readonly ModelServer[]

export const MODEL_SERVERS_SOURCE = data.source[0] ?? ''

export function findModelServer(name: string): ModelServer | undefined {
  return MODEL_SERVERS.find((server) => server.name === name)
}
