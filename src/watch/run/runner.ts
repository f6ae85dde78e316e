/** The one loop: it brings a stack to its plan, one step at a time, and takes in what changes meanwhile. */
import type { BuildFailure } from '../../engine/build-log.ts'
import { createCompose } from '../../engine/compose.ts'
import { DockerError, pingDocker, type Docker } from '../../engine/docker.ts'
import { withoutJobDependencies } from '../../engine/job-dependencies.ts'
import type { ContainerWatch } from './container-watch.ts'
import { deliverCode } from './delivery.ts'
import type { LoopState, WatchEvent } from '../event.ts'
import { createImageBuilds } from './image-builds.ts'
import { createJobLine } from './job-line.ts'
import { findOutdated } from '../work/job-state.ts'
import { chooseStep, outdatesJob, workOfStep, type Step } from '../work/next-step.ts'
import { jobsOf, serversOf } from '../work/stack-parts.ts'
import { bringUp, readJobFacts, removeServices, takeProjectDown, watchedServicesOf, type Composed } from './services.ts'
import type { Target } from './target.ts'
import { createTasks } from './tasks.ts'
import { mergeWork, NO_DELIVERY, NO_WORK, subtractWork, type Delivery, type Work } from '../work/work.ts'

export interface RunnerSettings {
  readonly docker: Docker
  readonly containers: ContainerWatch
  readonly show: (event: WatchEvent) => void
  /** How a build of these services ended; without a failure, it succeeded. */
  readonly onBuildEnd: (services: readonly string[], failure: BuildFailure | undefined) => void
  /** Docker is not there, or has gone; `resume` goes on. */
  readonly onDockerError: (error: DockerError) => void
}

export interface Runner {
  /** Brings the stack to another plan, or its code. `causes` are for people. */
  add(target: Target, work: Work, causes: readonly string[]): void
  /** Shows that a compile is under way while one is. */
  compiling<Result>(compile: () => Result): Result
  /** Goes on after Docker has come back. */
  resume(): void
  /** Whether the last try failed, and waits for a change. */
  isBlocked(): boolean
  /** Whether files are being read for a build or a copy: what changes meanwhile may be in it or not. */
  isReading(): boolean
  /** Jobs whose settings are others by now, as Compose sees them. */
  findOutdatedJobs(): Promise<readonly string[]>
  /** Ends what is under way. Containers stay as they are, unless `isDown`. */
  stop(options: { readonly isDown: boolean }): Promise<void>
}

interface Course extends Target, Composed {
  /** Whether Compose has been asked what the files amount to, and the project's containers are followed. */
  readonly isDescribed: boolean
}

export function createRunner({ docker, containers, show, onBuildEnd, onDockerError }: RunnerSettings): Runner {
  const builds = createImageBuilds(docker, show)
  const tasks = createTasks(show, Date.now)
  const jobs = createJobLine({ docker, containers, tasks, show, stack: () => current().stack, onEnd: runNext, onError: block })
  let course: Course | undefined
  /** The name that containers go by, as Compose told last. */
  let project: string | undefined
  let work: Work = NO_WORK
  let isLooping = false
  /** Something came since the loop began its last round; and something that makes what failed worth another try. */
  let hasNews = false
  let isRetryDue = false
  /** The last try failed: what it needs is another change. */
  let isBlocked = false
  let isReading = false
  /** Docker has gone. */
  let isAway = false
  let isStopped = false
  let state: LoopState = 'idle'

  function setState(next: LoopState): void {
    if (next !== state) show({ kind: 'state', state: next })
    state = next
  }

  async function loop(): Promise<void> {
    if (isAway || isStopped || course === undefined) return
    hasNews = true
    if (isLooping) return
    isLooping = true
    while (hasNews && !isAway && !isStopped) {
      hasNews = false
      if (isRetryDue) isBlocked = false
      isRetryDue = false
      await takeSteps()
    }
    isLooping = false
    if (!isStopped) setState(jobs.running() === undefined ? 'idle' : 'applying')
  }

  async function takeSteps(): Promise<void> {
    try {
      for (let step = await nextStep(); step !== undefined && !isStopped; step = await nextStep()) await perform(step)
      if (isBlocked) return
      tasks.endBeside('done')
      if (jobs.running() === undefined) tasks.endMain('done')
    } catch (error) {
      block(await findCause(error))
    }
  }

  /** Some commands fail in odd words while Docker is away. */
  async function findCause(error: unknown): Promise<unknown> {
    if (error instanceof DockerError) return error
    return pingDocker(docker).then(() => error, (cause: unknown) => cause)
  }

  /** Nothing more is tried until something changes, or until Docker is back. */
  function block(error: unknown): void {
    if (isStopped) return
    isBlocked = true
    if (!(error instanceof DockerError)) return tasks.end('failed', error instanceof Error ? error.message : String(error))
    if (isAway) return
    isAway = true
    onDockerError(error)
  }

  function current(): Course {
    if (course === undefined) throw new Error('there is no plan yet')
    return course
  }

  /** Steps are taken of the plan as it is when each begins: it may have changed while the one before was under way. */
  async function nextStep(): Promise<Step | undefined> {
    while (!current().isDescribed) await describe(current())
    if (jobs.succeeded() === undefined && work.build.size === 0 && !isBlocked) work = { ...work, jobsFrom: await jobs.assess(current()) }
    return chooseStep({ work, isBlocked, runningJob: jobs.running(), succeeded: jobs.succeeded() ?? 0, jobCount: jobsOf(current().stack).length })
  }

  async function describe(next: Course): Promise<void> {
    setState('applying')
    const description = await next.compose.describe()
    if (project !== undefined && project !== description.project) await takeDown(project)
    project = description.project
    await containers.follow({ ...description, services: watchedServicesOf(next.stack) })
    if (course === next) course = { ...next, isDescribed: true }
  }

  async function takeDown(old: string): Promise<void> {
    await takeProjectDown(docker, old)
    tasks.did(`remove ${old}`)
  }

  /** What a step does is taken out of the work before it begins, and put back if it fails. */
  async function perform(step: Step): Promise<void> {
    const part = workOfStep(step)
    work = subtractWork(work, part)
    try {
      if (!(await attempt(step, current()))) work = mergeWork(work, part)
    } catch (error) {
      work = mergeWork(work, part)
      throw error
    }
  }

  /** False where the step has still to be done. */
  async function attempt(step: Step, at: Course): Promise<boolean> {
    setState(step.kind === 'build' ? 'building' : 'applying')
    switch (step.kind) {
      case 'deliver':
        await deliver(step.delivery, at)
        if (step.from === 'now') endTaskEarly()
        return true
      case 'build':
        return build(step.services, at)
      case 'remove':
        return remove(step.services)
      case 'job':
        await jobs.start(step.index, at, work.isRerun)
        return true
      case 'skip-jobs':
        return skipJobs(at)
    }
  }

  async function deliver({ copy, restart, up, renew }: Delivery, at: Course): Promise<void> {
    if (copy.size + restart.size > 0) {
      const { restarted, ended } = await reading(() => deliverCode(docker, containers, at, { paths: [...copy], restart }))
      tasks.did(...restarted)
      work = mergeWork(work, { ...NO_WORK, now: { ...NO_DELIVERY, up: new Set(ended) } })
    }
    const early = [...up].filter((name) => isEarly(name, at))
    work = mergeWork(work, { ...NO_WORK, held: { ...NO_DELIVERY, up: new Set(early) } })
    for (const [services, isForced] of [[[...up].filter((name) => !early.includes(name)), false], [[...renew], true]] as const) {
      if (services.length === 0) continue
      await bringUp(containers, at, services, isForced)
      tasks.did(...services)
    }
  }

  /** A server that has never been up waits for its first model. */
  function isEarly(name: string, { stack }: Course): boolean {
    const server = serversOf(stack).find((service) => service.name === name)
    return server !== undefined && server.after.length > 0 && jobs.succeeded() !== jobsOf(stack).length && containers.containersOf(name).length === 0
  }

  /** Where only the images are left to follow, what a person waits for is done. */
  function endTaskEarly(): void {
    const { now, remove: gone, jobsFrom } = work
    const areJobsLeft = jobs.running() === undefined && jobsFrom !== undefined
    if (!areJobsLeft && gone.size + now.up.size + now.renew.size === 0 && tasks.hasDeeds()) endQuickly()
  }

  function endQuickly(): void {
    if (jobs.running() === undefined) tasks.end('done')
    else tasks.endBeside('done')
  }

  async function build(services: readonly string[], { compose, stack }: Course): Promise<boolean> {
    const end = await reading(() => builds.build(compose, stack, services))
    if (end.kind === 'aborted') return false
    onBuildEnd(services, end.kind === 'failed' ? end.failure : undefined)
    tasks.built(services)
    if (end.kind === 'built') return true
    throw new Error('the build failed')
  }

  async function reading<Result>(read: () => Promise<Result>): Promise<Result> {
    isReading = true
    try {
      return await read()
    } finally {
      isReading = false
    }
  }

  async function remove(services: readonly string[]): Promise<boolean> {
    const removed = await removeServices(docker, containers, services)
    tasks.did(...removed.map((service) => `remove ${service}`))
    return true
  }

  function runNext(next: number | undefined): void {
    work = { ...work, jobsFrom: next, isRerun: next !== undefined && work.isRerun }
    void loop()
  }

  async function skipJobs({ stack }: Course): Promise<boolean> {
    const names = jobsOf(stack)
    show({ kind: 'note', message: `${names[work.jobsFrom ?? 0]} waits for ${names[jobs.succeeded() ?? 0]}, which has failed` })
    work = { ...work, jobsFrom: undefined, isRerun: false }
    return true
  }

  return {
    add: (target, added, causes) => {
      if (target.stack !== course?.stack) course = { ...target, compose: createCompose({ docker, files: target.composeFiles, override: withoutJobDependencies(target.stack) }), isDescribed: false }
      else course = { ...course, ...target }
      if (outdatesJob(added, jobs.running())) {
        jobs.abort()
        tasks.abort()
      }
      tasks.add(causes, jobs.running() !== undefined && added.jobsFrom === undefined)
      work = mergeWork(work, added)
      isRetryDue = true
      // What is copied only waits for a build that runs; what is built differently does not.
      if (added.now.up.size + added.held.up.size > 0) builds.abort()
      void loop()
    },
    compiling: (compile) => {
      const before = state
      setState('compiling')
      try {
        return compile()
      } finally {
        setState(before)
      }
    },
    resume: () => {
      work = mergeWork(work, { ...NO_WORK, jobsFrom: jobs.forget() })
      isAway = false
      isRetryDue = true
      if (course !== undefined) course = { ...course, isDescribed: false }
      void loop()
    },
    isBlocked: () => isBlocked,
    isReading: () => isReading,
    findOutdatedJobs: async () => (jobs.succeeded() === undefined || isAway ? [] : findOutdated(await readJobFacts(docker, containers, current()))),
    stop: async ({ isDown }) => {
      isStopped = true
      builds.abort()
      const left = jobs.leave()
      if (left !== undefined && !isDown) show({ kind: 'note', message: `${jobsOf(current().stack)[left]} goes on, and nothing follows it: see docker compose ps` })
      containers.stop()
      if (isDown) await course?.compose.down()
    },
  }
}
