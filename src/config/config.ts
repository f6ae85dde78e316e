/** The long form of mlstack.yaml, with the place each value came from. After normalising there is no short form any more. */
import type { Span } from '../diagnostics/diagnostic.ts'
import type { Tree } from '../syntax/tree.ts'
import type { Command } from './command.ts'
import type { Template } from './template.ts'
import type { Located } from './located.ts'

export interface Config {
  /** Where a diagnostic about the file as a whole points. */
  readonly span: Span
  readonly name: Located<string> | undefined
  /** The first leads: it decides Python and the base image. */
  readonly frameworks: readonly FrameworkChoice[]
  readonly model: ModelChoice
  readonly gpu: GpuChoice | undefined
  readonly python: PythonChoice
  /** Debian packages, `name` or `name=version`. */
  readonly system: readonly Located<string>[]
  readonly code: Code
  readonly datasets: readonly Dataset[]
  /** `train`, `evaluate`, `serve`, `notebook`, `tracking` where it is a server of ours, then the jobs in their order: those that the file has. */
  readonly roles: readonly Role[]
  readonly tracking: TrackingChoice | undefined
  readonly params: Params | undefined
  readonly outputs: readonly Output[]
  readonly environment: readonly Variable[]
  readonly secrets: readonly Secret[]
  readonly resources: Resources
  readonly cache: Cache
  /** A whole number, as written. */
  readonly seed: Located<string> | undefined
  readonly build: Build
  /** Sections that go to Compose word for word. */
  readonly services: readonly Passthrough[]
  readonly volumes: readonly Passthrough[]
  readonly networks: readonly Passthrough[]
  readonly configs: readonly Passthrough[]
  readonly include: Tree | undefined
  readonly composeFile: Located<string> | undefined
}

export interface FrameworkChoice {
  readonly span: Span
  /** As written; aliases such as `torch` are still to be resolved. */
  readonly name: Located<string>
  /** A PEP 440 specifier set such as `~=2.16`; undefined where none was given. */
  readonly specifier: Located<string> | undefined
  readonly extras: readonly Located<string>[]
  readonly install: 'auto' | 'none'
}

export interface ModelChoice {
  readonly type: Located<string> | undefined
  readonly task: Located<string> | undefined
  readonly source: ModelSource | undefined
}

export interface ModelSource {
  readonly source: Located<string>
  readonly sha256: Located<string> | undefined
  readonly include: readonly Located<string>[]
}

export interface GpuChoice {
  readonly span: Span
  /** `all`, `auto` (an overlay file), or how many; ignored where ids are given. */
  readonly count: Located<number | 'all' | 'auto'>
  /** Device ids; numbers become strings, and a reference is Compose's. */
  readonly deviceIds: readonly Located<Template>[]
  readonly vendor: Located<'nvidia' | 'amd'> | undefined
  readonly memory: Located<string> | undefined
  readonly cuda: Located<string> | undefined
  readonly arch: readonly Located<string>[]
  readonly driver: Located<string> | undefined
  readonly capabilities: readonly Located<string>[]
  /** Names of roles; undefined means the default roles. */
  readonly for: readonly Located<string>[] | undefined
}

export interface PythonChoice {
  /** `X.Y` or `X.Y.Z`, from the source text. */
  readonly version: Located<string> | undefined
  /** Paths of requirements files; undefined means: find them. */
  readonly requirements: readonly Located<string>[] | undefined
  /** PEP 508 requirements given in place. */
  readonly packages: readonly Located<string>[]
  readonly constraints: Located<string> | undefined
  readonly indexes: readonly PackageIndex[]
  readonly installer: Located<'uv' | 'pip'> | undefined
}

export interface PackageIndex {
  readonly span: Span
  readonly name: Located<string> | undefined
  readonly url: Located<string>
  readonly secret: Located<string> | undefined
  readonly packages: readonly Located<string>[]
  readonly for: Located<string> | undefined
}

export interface Code {
  readonly paths: readonly Located<string>[]
  readonly workdir: Located<string> | undefined
  readonly install: Located<'auto' | boolean>
}

export interface Dataset {
  readonly name: Located<string>
  readonly source: Located<Template>
  readonly mount: Located<string> | undefined
  readonly sha256: Located<string> | undefined
  readonly extract: Located<'auto' | boolean>
  readonly access: Located<'ro' | 'rw'>
  readonly include: readonly Located<string>[]
  readonly for: readonly Located<string>[] | undefined
  readonly check: Located<'content' | 'stat' | 'none'> | undefined
}

/** Where runs are recorded. */
export interface TrackingChoice {
  readonly span: Span
  readonly kind: 'mlflow' | 'tensorboard'
  /** A server that runs elsewhere; undefined: one of ours, which is among the roles. */
  readonly uri: Located<string> | undefined
}

/** What runs: `job` ends by itself, `service` stays. Predefined roles and the user's jobs are of one kind. */
export type RoleKind = 'job' | 'service'

export interface Role {
  readonly name: Located<string>
  readonly kind: RoleKind
  readonly span: Span
  /** The role whose image, environment and grants it shares, for a service of the user's own that runs in it. */
  readonly of: string | undefined
  readonly command: Command | undefined
  /** The datasets this role names itself; undefined means the defaults of each dataset. */
  readonly datasets: readonly Located<string>[] | undefined
  readonly environment: readonly Variable[]
  readonly secrets: readonly Secret[]
  readonly resources: Resources
  readonly outputs: readonly Output[]
  readonly params: Params | undefined
  readonly rerun: Located<'changed' | 'always' | 'never'> | undefined
  readonly nodes: Located<number> | undefined
  readonly processesPerNode: Located<number | 'gpu'> | undefined
  /** `evaluate` only. */
  readonly metrics: Located<string> | undefined
  readonly require: readonly Requirement[]
  /** `serve`, `notebook` and `tracking` only. */
  readonly port: Located<number> | undefined
  readonly ports: Tree | undefined
  /** `false`: a TCP connection; `none`: nothing is asked. */
  readonly health: Located<string | false> | undefined
  readonly replicas: Located<number> | undefined
  readonly server: Located<string> | undefined
  /** `notebook` only: the name of a secret, a reference, or the token itself. */
  readonly token: Located<Template> | undefined
  readonly packages: readonly Located<string>[]
  /** `tracking` only: which server it is. */
  readonly trackingKind: TrackingChoice['kind'] | undefined
  /** Compose's own service keys, merged over what is generated. */
  readonly compose: readonly ComposeKey[]
}

export interface ComposeKey {
  readonly name: Located<string>
  readonly value: Tree
}

/** A named entry of a section that passes through to Compose. */
export interface Passthrough {
  readonly name: Located<string>
  readonly value: Tree
}

/** One comparison of a metric with a bound, such as `accuracy >= 0.95` or `mse <= served + 10`. */
export interface Requirement {
  readonly metric: Located<string>
  readonly comparison: '>=' | '>' | '<=' | '<' | '==' | '!='
  /** True where the bound is an offset from the served model's metric. */
  readonly isRelative: boolean
  /** The bound, or the offset, as a finite number. */
  readonly bound: number
  /** The right-hand side as the user wrote it: `0.95`, or `served - 0.005`. */
  readonly boundText: string
  readonly span: Span
}

/** An environment variable; `value: undefined` takes it from the shell at `up`, as in Compose. */
export interface Variable {
  readonly name: Located<string>
  readonly value: Located<Template> | undefined
}

export interface Secret {
  readonly name: Located<string>
  /** A file beside the config, or a variable of the shell or `.env`. */
  readonly source: { readonly file: Located<string> } | { readonly environment: Located<string> }
  readonly for: readonly Located<string>[] | undefined
  readonly as: 'env' | 'file'
}

/** Sizes are Compose byte values such as `512m`, or a template that Compose fills in. */
export interface Resources {
  readonly cpus: Located<Template> | undefined
  readonly memory: Located<Template> | undefined
  readonly shmSize: Located<Template> | undefined
  readonly pids: Located<Template> | undefined
}

export interface Cache {
  readonly scope: 'project' | 'shared' | 'none'
  readonly name: Located<string> | undefined
}

export interface Params {
  readonly span: Span
  readonly file: Located<string> | undefined
  readonly values: Tree | undefined
}

export interface Output {
  readonly name: Located<string> | undefined
  readonly path: Located<Template>
  readonly target: Located<string> | undefined
}

export interface Build {
  readonly from: Located<string> | undefined
  readonly dockerfile: Located<string> | undefined
  readonly target: Located<string> | undefined
  readonly run: readonly BuildStep[]
  /** Patterns of a .dockerignore file. */
  readonly ignore: readonly Located<string>[]
  readonly args: readonly Variable[]
  readonly secrets: readonly Located<string>[]
  /** What the images are built for, such as `linux/arm64`; the span is that of the whole list. Undefined: for the machine that builds. */
  readonly platforms: Located<readonly Located<string>[]> | undefined
  /** Keys handed to Compose's `build` as they are: ssh, network, cache_from, cache_to, tags. */
  readonly compose: readonly ComposeKey[]
  readonly user: Located<string> | undefined
  readonly ca: Located<string> | undefined
  /** As written, and in bytes. */
  readonly maxImageSize: (Located<string> & { readonly bytes: number }) | undefined
}

export interface BuildStep {
  readonly span: Span
  /** As written: the shell in the image reads its dollars. */
  readonly command: Located<string>
  /** The secrets that the step sees; undefined: those of the build. */
  readonly secrets: readonly Located<string>[] | undefined
  readonly user: Located<string> | undefined
  readonly after: 'system' | 'packages' | 'code'
}
