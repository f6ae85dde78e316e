/** What a watch session tells while it runs: the one value that the terminal, plain lines and JSON lines are made from. */
import type { Diagnostic } from '../diagnostics/diagnostic.ts'

/** What the one loop is doing. */
export type LoopState = 'idle' | 'compiling' | 'building' | 'applying'

/** A service's container, as the engine last told of it. `absent`: there is none. */
export interface ServiceStatus {
  readonly name: string
  /** A job ends by itself; a service stays. */
  readonly kind: 'job' | 'service'
  readonly state: 'absent' | 'created' | 'running' | 'restarting' | 'exited'
  /** Only of a running container with a healthcheck. */
  readonly health: 'starting' | 'healthy' | 'unhealthy' | undefined
  /** Only of one that has exited. */
  readonly exitCode: number | undefined
  /** Where it answers on this machine, such as `http://127.0.0.1:8080`. */
  readonly url: string | undefined
  /** When it entered this state, in milliseconds since the epoch. */
  readonly since: number
}

export type WatchEvent =
  /** Watching has begun, or begun again with other files. */
  | { readonly kind: 'watching'; readonly config: string; readonly project: string; readonly files: number; readonly isPolling: boolean }
  | { readonly kind: 'state'; readonly state: LoopState }
  /** Problems of the config or of a build; empty: those shown before are gone. */
  | { readonly kind: 'diagnostics'; readonly diagnostics: readonly Diagnostic[] }
  /** Generated files that were created, updated or removed; paths as the user would write them. */
  | { readonly kind: 'written'; readonly files: readonly { readonly path: string; readonly change: 'created' | 'updated' | 'removed' }[] }
  /** One line of the engine's own build progress. */
  | { readonly kind: 'build'; readonly image: string; readonly line: string }
  /** One piece of work is over: `train.py (+2) -> train, evaluate, serve 1.9 s`. */
  | {
      readonly kind: 'action'
      /** Changed paths, relative to the config; or what else asked for it, such as `start` or the key `t`. */
      readonly causes: readonly string[]
      /** What was done, such as `train` or `build train`, in its order. */
      readonly did: readonly string[]
      readonly outcome: 'done' | 'failed' | 'aborted'
      /** Why it failed, in a few words. */
      readonly reason?: string
      readonly milliseconds: number
    }
  | { readonly kind: 'service'; readonly service: ServiceStatus }
  /** One line that a container printed. */
  | { readonly kind: 'log'; readonly service: string; readonly line: string }
  /** Something about the machine that the user should know, said once: Docker does not answer, a limit is reached. */
  | { readonly kind: 'problem'; readonly message: string; readonly help?: string }
  /** Something worth knowing that is no problem. */
  | { readonly kind: 'note'; readonly message: string }
  /** The last event. `isStackUp`: containers were left running. */
  | { readonly kind: 'stopped'; readonly isStackUp: boolean; readonly howToStop: string }
