/** The one loop: it brings a stack to its plan, one step at a time, and takes in what changes meanwhile. */
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { createBuildLog, type BuildFailure } from '../engine/build-log.ts'
import { copyCode } from '../engine/code-copy.ts'
import { createCompose, findImage, reasonOf, type Compose } from '../engine/compose.ts'
import type { Container } from '../engine/containers.ts'
import { DockerError, type Docker } from '../engine/docker.ts'
import { withoutJobDependencies } from '../engine/job-dependencies.ts'
import type { Image, Stack } from '../plan/stack.ts'
import type { ContainerWatch } from './container-watch.ts'
import type { LoopState, WatchEvent } from './event.ts'
import { countSucceeded, findOutdated, type JobFacts } from './job-state.ts'
import { chooseStep, outdatesJob, workOfStep, type Step } from './next-step.ts'
import { reloadsItself } from './reloading.ts'
import { jobsOf, serversOf } from './stack-parts.ts'
import { addCauses, addDeed, endTask, type Task } from './task.ts'
import { mergeWork, NO_DELIVERY, NO_WORK, subtractWork, type Delivery, type Work } from './work.ts'

export interface RunnerSettings {
  readonly docker: Docker
  readonly containers: ContainerWatch
  /** Compose files, absolute. */
  readonly composeFiles: readonly string[]
  readonly show: (event: WatchEvent) => void
  /** The diagnostic at the user's line that a failed build comes from. */
  readonly blame: (failure: BuildFailure, image: Image) => Diagnostic
  /** Docker is not there, or has gone; `resume` goes on. */
  readonly onDockerError: (error: DockerError) => void
}

/** A plan, and where on disk its code is. */
export interface Target {
  readonly stack: Stack
  /** From a path in the build context to an absolute one. */
  readonly codePath: (inContext: string) => string
}

export interface Runner {
  /** Brings the stack to another plan, or its code. `causes` are for people. */
  add(target: Target, work: Work, causes: readonly string[]): void
  /** Goes on after Docker has come back. */
  resume(): void
  /** Whether files are being read for a build or a copy: what changes meanwhile may be in it or not. */
  isReading(): boolean
  /** Jobs whose settings are others by now, as Compose sees them. */
  findOutdatedJobs(): Promise<readonly string[]>
  /** Ends what is under way. Containers stay as they are, unless `isDown`. */
  stop(options: { readonly isDown: boolean }): Promise<void>
}

interface RunningJob {
  readonly index: number
  readonly name: string
  readonly container: string
  readonly abort: AbortController
}

export function createRunner({ docker, containers, composeFiles, show, blame, onDockerError }: RunnerSettings): Runner {
  let target: Target | undefined
  let compose: Compose | undefined
  /** Undefined until Compose has told what the files amount to. */
  let project: string | undefined
  let work: Work = NO_WORK
  let task: Task | undefined
  let isBlocked = false
  let isLooping = false
  let isAway = false
  let isStopped = false
  let isReading = false
  /** Whether it is known which jobs have succeeded. */
  let isAssessed = false
  let succeeded = 0
  let job: RunningJob | undefined
  let stopping: Promise<unknown> = Promise.resolve()
  let building: AbortController | undefined
  const imageIds = new Map<string, string>()
  const replaced = new Set<string>()

  const stack = (): Stack => {
    if (target === undefined) throw new Error('there is no plan yet')
    return target.stack
  }
  const composed = (): Compose => {
    if (compose === undefined) throw new Error('there is no plan yet')
    return compose
  }
  const setState = (state: LoopState): void => show({ kind: 'state', state })

  function finishTask(outcome: 'done' | 'failed' | 'aborted', reason?: string): void {
    if (task === undefined) return
    if (task.did.length > 0 || outcome === 'failed') show(endTask(task, outcome, Date.now(), reason))
    task = undefined
  }

  function did(...deeds: readonly string[]): void {
    if (task !== undefined) task = addDeed(task, ...deeds)
  }

  async function loop(): Promise<void> {
    if (isLooping || isAway || isStopped || target === undefined) return
    isLooping = true
    try {
      await describe()
      for (let step = await nextStep(); step !== undefined && !isStopped; step = await nextStep()) await perform(step)
      if (job === undefined && !isBlocked) finishTask('done')
    } catch (error) {
      if (error instanceof DockerError) leave(error)
      else fail(error instanceof Error ? error.message : String(error))
    } finally {
      isLooping = false
      if (!isStopped) setState('idle')
    }
  }

  function leave(error: DockerError): void {
    if (isAway || isStopped) return
    isAway = true
    onDockerError(error)
  }

  function fail(reason: string): void {
    if (isStopped) return
    isBlocked = true
    finishTask('failed', reason)
  }

  async function describe(): Promise<void> {
    if (project !== undefined) return
    setState('applying')
    const description = await composed().describe()
    project = description.project
    const { services, passed } = stack()
    await containers.follow({
      ...description,
      services: [...services.map(({ name, kind }) => ({ name, kind })), ...passed.services.map(({ key }) => ({ name: key, kind: 'service' as const }))],
    })
  }

  async function nextStep(): Promise<Step | undefined> {
    const jobs = jobsOf(stack())
    if (!isAssessed && work.build.size === 0 && !isBlocked) await assessJobs()
    return chooseStep({ work, isBlocked, runningJob: job?.index, succeeded, jobCount: jobs.length })
  }

  /** At the start, jobs that have succeeded as they would run now are left alone. */
  async function assessJobs(): Promise<void> {
    const facts = await readJobFacts()
    isAssessed = true
    succeeded = countSucceeded(facts)
    const done = facts.jobs.slice(0, succeeded).map(({ name }) => name)
    work = { ...work, jobsFrom: succeeded === facts.jobs.length ? undefined : succeeded }
    if (done.length > 0) show({ kind: 'note', message: `${done.join(' and ')}: done before, with this code and these settings; t runs ${done.length === 1 ? 'it' : 'them'} again` })
  }

  async function readJobFacts(): Promise<JobFacts> {
    const { services, project: name } = stack()
    const jobs = services.filter(({ kind }) => kind === 'job')
    const images = await Promise.all(jobs.map(({ image }) => findImage(docker, `${name}-${image}`)))
    const hashes = await composed().hashServices()
    await containers.refresh()
    return { jobs: jobs.map((each, index) => ({ name: each.name, image: images[index] })), containers: jobs.flatMap((each) => containers.containersOf(each.name)), hashes }
  }

  async function perform(step: Step): Promise<void> {
    const part = workOfStep(step)
    work = subtractWork(work, part)
    try {
      if (!(await attempt(step))) work = mergeWork(work, part)
    } catch (error) {
      work = mergeWork(work, part)
      throw error
    }
  }

  /** False where the step has still to be done. */
  async function attempt(step: Step): Promise<boolean> {
    switch (step.kind) {
      case 'deliver':
        return deliver(step.delivery, step.from)
      case 'build':
        return build(step.services)
      case 'remove':
        return remove(step.services)
      case 'job':
        return startJob(step.index)
      case 'skip-jobs':
        return skipJobs()
    }
  }

  async function deliver({ copy, restart, up, renew }: Delivery, from: 'now' | 'held'): Promise<boolean> {
    setState('applying')
    if (copy.size + restart.size > 0) await deliverCode([...copy], restart)
    for (const [services, isForced] of [[up, false], [renew, true]] as const) {
      if (services.size === 0) continue
      const result = await composed().up([...services], { isForced })
      if (result.exitCode !== 0) {
        fail(reasonOf(result))
        return false
      }
      await containers.refresh()
      did(...services)
    }
    // The images follow in a moment; what a person waits for is done.
    if (from === 'now' && restart.size > 0 && work.jobsFrom === undefined && up.size === 0 && work.now.up.size === 0) finishTask('done')
    return true
  }

  async function deliverCode(paths: readonly string[], restart: ReadonlySet<string>): Promise<void> {
    isReading = true
    try {
      const servers = serversOf(stack()).map(({ name }) => name)
      const delivered = await Promise.all(servers.map((name) => deliverTo(name, paths, restart.has(name))))
      did(...servers.filter((_, index) => delivered[index]))
    } finally {
      isReading = false
    }
  }

  /** Copies code into the containers of a service and starts its command anew; false where it has none that runs. */
  async function deliverTo(service: string, paths: readonly string[], isRestarted: boolean): Promise<boolean> {
    const found = containers.containersOf(service)
    const running = found.filter(({ state }) => state === 'running')
    // One that has ended takes its code from the image, which is built first.
    if (found.length > 0 && running.length === 0 && isRestarted) work = mergeWork(work, { ...NO_WORK, now: { ...NO_DELIVERY, up: new Set([service]) } })
    await Promise.all(running.map((container) => copyInto(container, paths)))
    if (isRestarted) await Promise.all(running.map((container) => restart(container)))
    return running.length > 0 && isRestarted
  }

  async function copyInto(container: Container, paths: readonly string[]): Promise<void> {
    const image = stack().images.find(({ roles }) => roles.includes(container.service))
    const files = paths.flatMap((path) => (image?.code ?? []).flatMap(({ source, target: place, isFolder }) => {
      const inside = insideOf(source, path)
      if (inside === undefined) return []
      return [{ source: target?.codePath(path) ?? path, target: isFolder && inside !== '' ? `${place}/${inside}` : place }]
    }))
    await copyCode(docker, container, { files, codeFolders: (image?.code ?? []).map(({ target: place }) => place) })
  }

  async function restart(container: Container): Promise<void> {
    const service = serversOf(stack()).find(({ name }) => name === container.service)
    if (service === undefined || reloadsItself(service)) return
    // At a terminal there is no helper that could start the command anew.
    const isAtTerminal = service.overrides.some(({ key }) => key === 'tty')
    const { exitCode, stderr } = await docker.run(isAtTerminal ? ['restart', container.id] : ['kill', '--signal', 'USR1', container.id])
    if (exitCode !== 0) throw new Error(stderr.trim())
  }

  async function build(services: readonly string[]): Promise<boolean> {
    setState('building')
    isReading = true
    const abort = new AbortController()
    building = abort
    const log = createBuildLog()
    const name = services.join(', ')
    try {
      const result = await composed().build(services, {
        signal: abort.signal,
        onLine: (line) => {
          for (const shown of log.read(line)) show({ kind: 'build', image: name, line: shown })
        },
      })
      if (result.isAborted) return false
      if (result.exitCode !== 0) {
        reportBuild(log.failure() ?? { service: undefined, instruction: undefined, lines: [], message: reasonOf(result) }, services)
        return false
      }
    } finally {
      isReading = false
      building = undefined
    }
    await forgetReplaced()
    return true
  }

  function reportBuild(failure: BuildFailure, services: readonly string[]): void {
    const failed = failure.service ?? services[0] ?? ''
    const image = stack().images.find(({ roles }) => roles.includes(failed)) ?? stack().images[0]
    if (image !== undefined) show({ kind: 'diagnostics', diagnostics: [blame(failure, image)] })
    did(`build ${services.join(', ')}`)
    fail('the build failed')
  }

  /** Each build leaves an image without a name behind; those of this session go as soon as no container uses them. */
  async function forgetReplaced(): Promise<void> {
    const { images, project: name } = stack()
    for (const image of images.map((each) => `${name}-${each.name}`)) {
      const id = await findImage(docker, image)
      const before = imageIds.get(image)
      if (before !== undefined && before !== id) replaced.add(before)
      if (id !== undefined) imageIds.set(image, id)
    }
    for (const id of replaced) if ((await docker.run(['image', 'rm', id])).exitCode === 0) replaced.delete(id)
  }

  async function remove(services: readonly string[]): Promise<boolean> {
    setState('applying')
    await containers.refresh()
    const ids = services.flatMap((service) => containers.containersOf(service)).map(({ id }) => id)
    if (ids.length > 0) {
      await docker.run(['stop', ...ids])
      await docker.run(['rm', '--force', ...ids])
      did(...services.map((service) => `remove ${service}`))
    }
    return true
  }

  async function startJob(index: number): Promise<boolean> {
    setState('applying')
    await stopping
    const name = jobsOf(stack())[index] ?? ''
    succeeded = index
    const result = await composed().up([name], { isForced: true })
    if (result.exitCode !== 0) {
      fail(`${name}: ${reasonOf(result)}`)
      return false
    }
    await containers.refresh()
    const container = containers.containersOf(name)[0]
    if (container === undefined) throw new Error(`${name} has no container`)
    did(name)
    job = { index, name, container: container.id, abort: new AbortController() }
    void waitFor(job)
    return true
  }

  async function waitFor(running: RunningJob): Promise<void> {
    try {
      const { stdout, isAborted } = await docker.run(['wait', running.container], { signal: running.abort.signal })
      if (isAborted || job !== running) return
      job = undefined
      if (stdout.trim() === '0') succeed(running)
      else await reportJob(running, Number(stdout.trim() || 1))
    } catch (error) {
      job = undefined
      if (error instanceof DockerError) return leave(error)
      fail(error instanceof Error ? error.message : String(error))
    }
    void loop()
  }

  function succeed({ index }: RunningJob): void {
    const { length } = jobsOf(stack())
    succeeded = index + 1
    work = { ...work, jobsFrom: succeeded < length ? succeeded : undefined }
    if (succeeded === length) did(...serversOf(stack()).filter(({ gate, name }) => gate.reloads && containers.containersOf(name).some(({ state }) => state === 'running')).map(({ name }) => name))
  }

  async function reportJob({ name, container }: RunningJob, status: number): Promise<void> {
    work = { ...work, jobsFrom: undefined }
    const { stdout, stderr } = await docker.run(['logs', '--tail', '20', container])
    const said = `${stdout}\n${stderr}`.split('\n').find((line) => line.startsWith(`mlstack: ${name}: `))
    finishTask('failed', said === undefined ? `exit status ${status}` : said.slice(`mlstack: ${name}: `.length))
  }

  async function skipJobs(): Promise<boolean> {
    const jobs = jobsOf(stack())
    show({ kind: 'note', message: `${jobs[work.jobsFrom ?? 0]} waits for ${jobs[succeeded]}, which has failed` })
    work = { ...work, jobsFrom: undefined }
    return true
  }

  function abortJob(): void {
    if (job === undefined) return
    const { abort, container } = job
    job = undefined
    abort.abort()
    finishTask('aborted')
    stopping = docker.run(['stop', container]).catch(() => undefined)
  }

  return {
    add: (next, added, causes) => {
      if (next.stack !== target?.stack) {
        compose = createCompose({ docker, files: composeFiles, override: withoutJobDependencies(next.stack) })
        project = undefined
      }
      target = next
      const before = task?.causes ?? []
      if (outdatesJob(added, job?.index)) {
        abortJob()
        task = addCauses(undefined, before, Date.now())
      }
      task = addCauses(task, causes, Date.now())
      work = mergeWork(work, added)
      isBlocked = false
      // What only copies code waits for a build that runs; what is built differently does not.
      if (added.now.up.size + added.held.up.size > 0) building?.abort()
      void loop()
    },
    resume: () => {
      if (job !== undefined) work = mergeWork(work, { ...NO_WORK, jobsFrom: job.index })
      job = undefined
      isAway = false
      isBlocked = false
      project = undefined
      void loop()
    },
    isReading: () => isReading,
    findOutdatedJobs: async () => (isAssessed ? findOutdated(await readJobFacts()) : []),
    stop: async ({ isDown }) => {
      isStopped = true
      building?.abort()
      job?.abort.abort()
      containers.stop()
      if (isDown && compose !== undefined) await compose.down()
    },
  }
}

/** A path seen from a folder or file of code that holds it. */
function insideOf(source: string, path: string): string | undefined {
  if (source === '.') return path
  if (path === source) return ''
  return path.startsWith(`${source}/`) ? path.slice(source.length + 1) : undefined
}
