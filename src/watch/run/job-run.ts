/** One run of a job in its container, from the start to its end or to the change that makes it worthless. */
import { reasonOf, type Compose } from '../../engine/compose.ts'
import type { Docker } from '../../engine/docker.ts'
import type { ContainerWatch } from './container-watch.ts'

export type JobEnd =
  | { readonly kind: 'aborted' }
  /** `hasPromoted`: with it a new model has come into service, as it has not where nothing had changed. */
  | { readonly kind: 'succeeded'; readonly hasPromoted: boolean }
  | { readonly kind: 'failed'; readonly reason: string }

export interface JobRun {
  readonly ended: Promise<JobEnd>
  /** Looks away from the job, which goes on. */
  leave(): void
  /** Stops the job; resolves when its container has ended. */
  abort(): Promise<void>
}

export interface JobStart {
  readonly compose: Compose
  readonly name: string
  /** Whether it runs though nothing has changed for it. */
  readonly isRerun: boolean
}

/** Resolves once the job runs. Throws with Compose's words where it cannot be started. */
export async function startJob(docker: Docker, containers: ContainerWatch, { compose, name, isRerun }: JobStart): Promise<JobRun> {
  const result = await compose.up([name], { isForced: true, isRerun })
  if (result.exitCode !== 0) throw new Error(`${name}: ${reasonOf(result)}`)
  await containers.refresh()
  const id = containers.containersOf(name)[0]?.id
  if (id === undefined) throw new Error(`${name} has no container`)
  const leaving = new AbortController()
  return {
    ended: waitForEnd(docker, { name, id }, leaving.signal),
    leave: () => leaving.abort(),
    abort: async () => {
      leaving.abort()
      await docker.run(['stop', id])
    },
  }
}

async function waitForEnd(docker: Docker, { name, id }: { readonly name: string; readonly id: string }, signal: AbortSignal): Promise<JobEnd> {
  const { stdout, isAborted } = await docker.run(['wait', id], { signal })
  if (isAborted) return { kind: 'aborted' }
  const status = stdout.trim()
  const said = await findSaid(docker, { name, id })
  if (status === '0') return { kind: 'succeeded', hasPromoted: said.some((line) => /^release \S+ is now in service$/.test(line)) }
  return { kind: 'failed', reason: said[0] ?? (status === '' ? 'its container is gone' : `exit status ${status}`) }
}

/** What our helper said when the command had ended; how far that has come stands on standard output, as do most lines of the command's own. */
async function findSaid(docker: Docker, { name, id }: { readonly name: string; readonly id: string }): Promise<readonly string[]> {
  const prefix = `mlstack: ${name}: `
  const { stderr } = await docker.run(['logs', '--tail', '20', id])
  return stderr.split('\n').flatMap((line) => (line.startsWith(prefix) ? [line.slice(prefix.length)] : []))
}
