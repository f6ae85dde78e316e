/** What watching asks of Compose and of the engine below it, as one function each. */
import { RERUN_VARIABLE } from '../facts/container.ts'
import type { Docker, DockerResult, RunOptions } from './docker.ts'
import { parseContainers, type Container } from './containers.ts'
import { parseDescription, type Description } from './description.ts'

export interface ComposeSettings {
  readonly docker: Docker
  /** Compose files in their order, absolute. Relative paths in them start from the folder of the first one. */
  readonly files: readonly string[]
  /** The text of one more file, the last one. */
  readonly override: string
}

export interface UpOptions {
  /** Whether containers are made anew though nothing about them has changed. */
  readonly isForced: boolean
  /** Whether jobs run for which nothing has changed. */
  readonly isRerun?: boolean
}

export interface Compose {
  /** What the files amount to, with all variables filled in. Throws where Compose refuses them. */
  describe(): Promise<Description>
  /** Compose's hash of the settings of each service. */
  hashServices(): Promise<ReadonlyMap<string, string>>
  build(services: readonly string[], options: Pick<RunOptions, 'signal' | 'onLine'>): Promise<DockerResult>
  /** Creates and starts services, those that they depend on first; containers of services that are gone are removed. */
  up(services: readonly string[], options: UpOptions): Promise<DockerResult>
  /** Stops and removes all of the project but its volumes. */
  down(): Promise<DockerResult>
}

/** Compose refused, for a reason of its own. */
export class ComposeError extends Error {
  override readonly name = 'ComposeError'
}

export function createCompose({ docker, files, override }: ComposeSettings): Compose {
  const compose = (args: readonly string[], options: RunOptions = {}) =>
    docker.run(['compose', '--ansi', 'never', '--progress', 'plain', ...files.flatMap((file) => ['-f', file]), '-f', '-', ...args], { ...options, input: override })
  return {
    describe: async () => parseDescription(await succeed(compose(['config', '--format', 'json']))),
    hashServices: async () => new Map((await succeed(compose(['config', '--hash', '*']))).split('\n').map((line) => splitOnce(line))),
    build: (services, options) => compose(['build', ...services], options),
    up: (services, { isForced, isRerun = false }) => compose(['up', '--detach', '--no-build', '--remove-orphans', ...(isForced ? ['--force-recreate'] : []), ...services], isRerun ? { env: { [RERUN_VARIABLE]: 'always' } } : {}),
    down: () => compose(['down', '--remove-orphans']),
  }
}

/** The containers of a project's services. */
export async function listContainers(docker: Docker, project: string): Promise<readonly Container[]> {
  const ids = await succeed(docker.run(['ps', '--all', '--quiet', '--no-trunc', '--filter', `label=com.docker.compose.project=${project}`]))
  if (ids === '') return []
  // One that goes in between makes the exit status bad, and the others are told of nevertheless.
  const { stdout } = await docker.run(['inspect', '--type', 'container', ...ids.split('\n')])
  return stdout === '' ? [] : parseContainers(stdout)
}

/** The id of an image; undefined where there is none. */
export async function findImage(docker: Docker, image: string): Promise<string | undefined> {
  const { exitCode, stdout } = await docker.run(['image', 'inspect', '--format', '{{.Id}}', image])
  return exitCode === 0 ? stdout : undefined
}

/** Compose's own last words on why it failed. */
export function reasonOf({ stderr, stdout }: DockerResult): string {
  return (stderr.trim() || stdout.trim()).split('\n').at(-1)?.trim() ?? ''
}

async function succeed(running: Promise<DockerResult>): Promise<string> {
  const result = await running
  if (result.exitCode !== 0) throw new ComposeError(reasonOf(result))
  return result.stdout
}

function splitOnce(line: string): readonly [string, string] {
  const [name = '', hash = ''] = line.trim().split(/\s+/)
  return [name, hash]
}
