/** Runs Docker's command line, and sees to it that no child outlives the session. */
import { createInterface } from 'node:readline'
import { execa, type Options } from 'execa'
import { findFault, type DockerFault } from './docker-faults.ts'

export interface DockerResult {
  /** Undefined where it was aborted, or could not be started. */
  readonly exitCode: number | undefined
  readonly stdout: string
  readonly stderr: string
  readonly isAborted: boolean
}

export interface RunOptions {
  readonly input?: string | Uint8Array
  /** Variables over those of the session. */
  readonly env?: Readonly<Record<string, string>>
  /** Ends the command as Ctrl-C does, which Compose and BuildKit answer by cleaning up. */
  readonly signal?: AbortSignal
  /** Each line of both streams, as it comes. */
  readonly onLine?: (line: string) => void
}

/** A command that runs until it is ended, such as one that follows logs. */
export interface Follower {
  /** Once it has ended, for whatever reason. Never rejects. */
  readonly ended: Promise<void>
  end(): void
}

export interface Docker {
  /** Gives the result whatever the exit status. Throws a DockerError where Docker itself is at fault. */
  run(args: readonly string[], options?: RunOptions): Promise<DockerResult>
  follow(args: readonly string[], onLine: (line: string) => void): Follower
  /** Ends all that still runs, and waits for it. */
  close(): Promise<void>
}

/** Docker is not there, or does not answer. */
export class DockerError extends Error {
  override readonly name = 'DockerError'
  readonly fault: DockerFault

  constructor(fault: DockerFault) {
    super(fault.message)
    this.fault = fault
  }
}

export interface DockerSettings {
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
}

/** Milliseconds after which a child that was told to end is killed. */
const PATIENCE = 5000

export function createDocker({ cwd, env }: DockerSettings): Docker {
  const children = new Set<Child>()

  function start(args: readonly string[], options: Options, onLine: RunOptions['onLine']): Child {
    const child = startDocker(args, { cwd, env, ...options })
    if (onLine !== undefined) for (const stream of [child.stdout, child.stderr]) if (stream !== null) createInterface({ input: stream }).on('line', onLine)
    children.add(child)
    void child.finally(() => children.delete(child))
    return child
  }

  return {
    run: async (args, { input, signal, onLine } = {}) => {
      const options: Options = { ...(input === undefined ? {} : { stdin: 'pipe', input }), ...(signal === undefined ? {} : { cancelSignal: signal }) }
      const { exitCode, stdout, stderr, isCanceled, code } = await start(args, options, onLine)
      const result = { exitCode, stdout: textOf(stdout), stderr: textOf(stderr), isAborted: isCanceled }
      const fault = isCanceled ? undefined : findFault({ ...result, code })
      if (fault !== undefined) throw new DockerError(fault)
      return result
    },
    follow: (args, onLine) => {
      const child = start(args, { buffer: false }, onLine)
      return { ended: child.then(() => undefined), end: () => void child.kill() }
    },
    close: async () => {
      for (const child of children) child.kill()
      await Promise.all(children)
    },
  }
}

/** Resolves where Docker answers. Throws a DockerError where it does not. */
export async function pingDocker({ run }: Pick<Docker, 'run'>): Promise<void> {
  await run(['version', '--format', '{{.Server.Version}}'])
}

type Child = ReturnType<typeof startDocker>

function startDocker(args: readonly string[], options: Options) {
  return execa('docker', args, { stdin: 'ignore', extendEnv: false, reject: false, killSignal: 'SIGINT', forceKillAfterDelay: PATIENCE, ...options })
}

function textOf(output: unknown): string {
  return typeof output === 'string' ? output : ''
}
