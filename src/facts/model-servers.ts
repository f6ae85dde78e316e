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
  /** Where this is from, if not from the package index. */
  readonly source?: string | undefined
  /** On its port; `{model}` stands for the model's name. */
  readonly paths: { readonly health: string; readonly predict: string; readonly docs?: string | undefined; readonly metrics?: string | undefined }
  /** Where it listens beside the port of requests. */
  readonly ports: readonly { readonly name: string; readonly port: number }[]
  /** By framework; none where `loads` says what it takes of all of them. */
  readonly runtimes: readonly ServerRuntime[]
  /** The file that a model of any framework has, where the server's own makers have saved it. */
  readonly loads?: string | undefined
  /** Defaults that tell it where to listen and how to run, which the user may set otherwise; `{port}` stands for its port. */
  readonly variables: readonly { readonly name: string; readonly value: string; readonly reason?: string | undefined }[]
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
  /** Whether it is one of ours. */
  readonly isOwn?: boolean | undefined
}

/** What a model is by its name, or by a file in it, and the server of such models. */
export interface Artifact {
  readonly file?: string | undefined
  readonly ending?: string | undefined
  readonly server: string
  /** Such as `an ONNX model`. */
  readonly what: string
}

/** The value of `serve.server` for the one that suits. */
export const AUTO = 'auto'

export const MODEL_SERVERS = data.servers as readonly ModelServer[]

export const ARTIFACTS: readonly Artifact[] = data.artifacts

export const MODEL_SERVERS_SOURCE = data.source[0] ?? ''

export function findModelServer(name: string): ModelServer | undefined {
  return MODEL_SERVERS.find((server) => server.name === name)
}

/** The servers that suit a framework, the best one first. */
export function serversFor(framework: string): readonly ModelServer[] {
  const names = (data.auto as Readonly<Record<string, readonly string[]>>)[framework] ?? []
  return names.flatMap((name) => findModelServer(name) ?? [])
}
