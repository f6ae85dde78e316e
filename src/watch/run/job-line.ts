/** The jobs of a stack, one after the other: which of them have succeeded, which one runs, and what makes a run worthless. */
import type { Docker } from '../../engine/docker.ts'
import type { WatchEvent } from '../event.ts'
import type { Stack } from '../../plan/stack.ts'
import { countSucceeded } from '../work/job-state.ts'
import { jobsOf, serversOf } from '../work/stack-parts.ts'
import type { ContainerWatch } from './container-watch.ts'
import { startJob, type JobEnd, type JobRun } from './job-run.ts'
import { readJobFacts, type Composed } from './services.ts'
import type { Tasks } from './tasks.ts'

export interface JobLineSettings {
  readonly docker: Docker
  readonly containers: ContainerWatch
  readonly tasks: Tasks
  readonly show: (event: WatchEvent) => void
  /** The plan as it is by now. */
  readonly stack: () => Stack
  /** A job has ended by itself; `next` is the job that is to run now, as its place among the jobs. */
  readonly onEnd: (next: number | undefined) => void
  readonly onError: (error: unknown) => void
}

export interface JobLine {
  /** The job that runs or is about to, as its place among the jobs. */
  running(): number | undefined
  /** How many jobs, from the first one on, have succeeded on the candidate; undefined until Docker has been asked. */
  succeeded(): number | undefined
  /** Asks Docker, and gives the first job that has to run: those that have succeeded as they would run now are left alone. */
  assess(composed: Composed): Promise<number | undefined>
  /** Resolves once it runs, with `isRerun` though nothing has changed for it. Throws with Compose's words where it cannot be started. */
  start(index: number, composed: Composed, isRerun: boolean): Promise<void>
  /** Stops the job that runs. */
  abort(): void
  /** Knows of no job any more that runs, and gives the one that did. */
  forget(): number | undefined
  /** Looks away from the job that runs, and gives its place. */
  leave(): number | undefined
}

/** A job from the moment on that it is chosen, and its run once it has started. */
interface RunningJob {
  readonly index: number
  run?: JobRun
}

export function createJobLine({ docker, containers, tasks, show, stack, onEnd, onError }: JobLineSettings): JobLine {
  let job: RunningJob | undefined
  /** Of a job that was told to stop. */
  let stopping: Promise<unknown> = Promise.resolve()
  let succeeded: number | undefined

  async function assess(composed: Composed): Promise<number | undefined> {
    const facts = await readJobFacts(docker, containers, composed)
    succeeded = countSucceeded(facts)
    const done = facts.jobs.slice(0, succeeded).map(({ name }) => name)
    if (done.length > 0) show({ kind: 'note', message: `${done.join(' and ')} succeeded before with this code and these settings; t runs ${done.length === 1 ? 'it' : 'them'} again` })
    return succeeded === facts.jobs.length ? undefined : succeeded
  }

  async function start(index: number, composed: Composed, isRerun: boolean): Promise<void> {
    const starting: RunningJob = { index }
    job = starting
    await stopping
    // A change may make it worthless before it runs.
    if (job !== starting) return
    succeeded = index
    const name = jobsOf(composed.stack)[index] ?? ''
    const run = await startJob(docker, containers, { compose: composed.compose, name, isRerun }).catch((error: unknown) => {
      if (job === starting) job = undefined
      throw error
    })
    tasks.didJob(name)
    if (job === starting) starting.run = run
    else stopping = run.abort().catch(() => undefined)
    void run.ended.then((end) => endJob(starting, end), onError)
  }

  function endJob(ended: RunningJob, end: JobEnd): void {
    if (job !== ended || end.kind === 'aborted') return
    job = undefined
    if (end.kind === 'failed') tasks.endMain('failed', end.reason)
    onEnd(end.kind === 'failed' ? undefined : succeed(ended, end.hasPromoted))
  }

  /** Servers that run start anew by themselves on a model that has been promoted. */
  function succeed({ index }: RunningJob, hasPromoted: boolean): number | undefined {
    succeeded = index + 1
    const isRunning = (name: string) => containers.containersOf(name).some(({ state }) => state === 'running')
    if (hasPromoted) tasks.didJob(...serversOf(stack()).filter(({ gate, name }) => gate.reloads && isRunning(name)).map(({ name }) => name))
    return succeeded < jobsOf(stack()).length ? succeeded : undefined
  }

  function forget(): number | undefined {
    const index = job?.index
    job = undefined
    return index
  }

  return {
    running: () => job?.index,
    succeeded: () => succeeded,
    assess,
    start,
    abort: () => {
      stopping = job?.run?.abort().catch(() => undefined) ?? stopping
      job = undefined
    },
    forget,
    leave: () => {
      job?.run?.leave()
      return job?.run === undefined ? undefined : job.index
    },
  }
}
