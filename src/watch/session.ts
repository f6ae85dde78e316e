/** A watch session: compiles, brings the stack up, and answers each change with the work that it calls for. */
import { existsSync, statSync } from 'node:fs'
import { posix } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import type { BuildFailure } from '../engine/build-log.ts'
import { createDocker } from '../engine/docker.ts'
import { COMPOSE_FILE, DEVELOPMENT_FILE, findOverrideFile } from '../plan/own-files.ts'
import type { Stack } from '../plan/stack.ts'
import { createDockerComeback } from './run/docker-comeback.ts'
import { explainFailure } from './explain-failure.ts'
import { openChangeSource, type ChangeSource } from './files/change-source.ts'
import { classifyChanges, workFromNothing, type ChangedInput } from './work/classify.ts'
import { createCodeMemory } from './reach/code-memory.ts'
import { createCodeTree, findReaches } from './reach/code-tree.ts'
import { createContainerWatch } from './run/container-watch.ts'
import type { WatchEvent } from './event.ts'
import { findInputs, type Inputs } from './inputs.ts'
import type { Reach } from './reach/reach.ts'
import { isConfigMissing, recompile, type Recompilation, type RecompileSettings } from './recompile.ts'
import { createRunner } from './run/runner.ts'
import type { Target } from './run/target.ts'
import type { FileChange } from './files/snapshot.ts'
import { isNothing, NO_WORK } from './work/work.ts'

export interface SessionSettings extends RecompileSettings {
  /** Without it, files are written and nothing is built or run. */
  readonly isUpWanted: boolean
  readonly isPolling: boolean
  readonly env: Readonly<Record<string, string | undefined>>
  readonly show: (event: WatchEvent) => void
}

export interface Session {
  /** Builds all images, and brings up all services whose image is another one by that. */
  rebuild(): void
  /** Runs all jobs, whatever has changed: datasets count on request only. */
  retrain(): void
  /** The name of the Compose file that was last written. */
  composeFile(): string
  /** Rejects where mlstack itself, or the machine, fails in a way that no change of the user's mends. */
  readonly failure: Promise<never>
  /** Ends the session. Containers stay as they are, unless `isDown`. */
  stop(options: { readonly isDown: boolean }): Promise<void>
}

/** An editor may truncate a file before it writes it, or remove it before it renames another one over it. */
const SETTLING = { tries: 4, pause: 50 } as const

export async function startSession(settings: SessionSettings): Promise<Session> {
  const { config, output, show, isUpWanted } = settings
  const docker = createDocker({ cwd: output.absolute, env: settings.env })
  const containers = createContainerWatch({ docker, show, onEnd: () => comeback.check() })
  const runner = createRunner({
    docker,
    containers,
    show,
    onBuildEnd: (services, failure) => showProblems(failure === undefined ? compiled : [...compiled, ...explain(failure, services)]),
    onDockerError: (error) => comeback.await(error),
  })
  const comeback = createDockerComeback({ docker, show, onBack: () => runner.resume() })
  const folders = { configPath: config.path, outputFolder: output.absolute }
  /** The last plan that could be made. */
  let stack: Stack | undefined
  /** Whether the last compile made it. */
  let isSound = false
  /** What is written for it, relative to the output folder. */
  let outputs: readonly string[] = []
  let reaches: ReadonlyMap<string, Reach> = new Map()
  const lookAtCode = createCodeMemory()
  /** What the last compile found, and what was last shown. */
  let compiled: readonly Diagnostic[] = []
  let shown = ''
  /** What the machine refused last. */
  let refusal: string | undefined
  let reportFailure: (error: unknown) => void = () => {}
  const failure = new Promise<never>((_, reject) => (reportFailure = reject))

  let inputs = readInputs(compile())
  const source: ChangeSource = await openChangeSource({ inputs, isPolling: settings.isPolling, isReading: () => runner.isReading(), onChanges: react, onProblem: (problem) => show({ kind: 'problem', ...problem }), onError: reportFailure })
  // What was saved before anything was watched is read now.
  await compileAgain()
  if (stack !== undefined) reaches = readReaches(stack)
  show({ kind: 'watching', config: config.name, project: stack?.project ?? config.name, files: source.files().length, isPolling: source.isPolling() })
  begin()

  function compile(): Recompilation {
    const result = runner.compiling(() => recompile(settings))
    if (result.hostError === undefined) showProblems((compiled = result.diagnostics))
    else if (result.hostError.message !== refusal) show(problemOf(result))
    refusal = result.hostError?.message
    const files = result.written.map(({ path, change }) => ({ path: posix.join(output.shown, path), change }))
    if (files.length > 0) show({ kind: 'written', files })
    isSound = result.stack !== undefined
    if (result.stack !== undefined) {
      stack = result.stack
      outputs = result.outputs
    }
    return result
  }

  function showProblems(diagnostics: readonly Diagnostic[]): void {
    const key = JSON.stringify(diagnostics.map(({ code, message, primary }) => [code, message, primary.span.start]))
    if (key === shown || (shown === '' && diagnostics.length === 0)) return
    shown = diagnostics.length === 0 ? '' : key
    show({ kind: 'diagnostics', diagnostics })
  }

  function problemOf(result: Recompilation): WatchEvent {
    if (isConfigMissing(result)) return { kind: 'problem', message: `${config.name} is not there`, help: 'everything stays as it is until it is back' }
    return { kind: 'problem', message: result.hostError?.message ?? '' }
  }

  function readInputs({ project }: Recompilation): Inputs {
    return findInputs({ project, stack, outputs }, folders)
  }

  function readReaches(of: Stack): ReadonlyMap<string, Reach> {
    return findReaches(of, lookAtCode(createCodeTree(source, inputs.codePath(''))))
  }

  function targetOf(of: Stack): Target {
    const composeFiles = [...[of.composeFile].filter((path) => outputs.includes(path)), ...findOverride(of), ...[DEVELOPMENT_FILE].filter((path) => outputs.includes(path))]
    return { stack: of, codePath: inputs.codePath, composeFiles: composeFiles.map((path) => posix.join(output.absolute, path)) }
  }

  /** With files that are named, Compose reads no override by itself. */
  function findOverride(of: Stack): readonly string[] {
    return [findOverrideFile(of.composeFile, (name) => existsSync(posix.join(output.absolute, name))) ?? []].flat()
  }

  /** The first time that there is a plan, all of it has to be done. */
  function begin(): void {
    if (stack === undefined || !isUpWanted) return
    runner.add(targetOf(stack), workFromNothing(stack), ['start'])
  }

  async function react(changes: readonly FileChange[]): Promise<void> {
    const started = Date.now()
    const [before, inputsBefore] = [stack, inputs]
    const isRecompiled = changes.some(({ path, kind }) => inputs.isCompiled(path, kind === 'changed'))
    const more = isRecompiled ? await compileAgain() : []
    const causes = [...changes, ...more].map(({ path }) => posix.relative(config.folder, path))
    if (stack === undefined) return
    if (before === undefined) {
      reaches = readReaches(stack)
      return begin()
    }
    const changed = [...changes, ...more].flatMap(({ path }) => (inputs.inputsAt(path).length > 0 ? inputs : inputsBefore).inputsAt(path))
    const work = classifyChanges({ before, after: stack, changes: await withJobs(changed), reaches: reachesOf(stack) })
    // What failed for a file of ours that was missing may succeed now.
    if (isUpWanted && (!isNothing(work) || (isRecompiled && runner.isBlocked()))) runner.add(targetOf(stack), work, causes)
    else if (isRecompiled) show({ kind: 'action', causes, did: ['compile'], outcome: isSound ? 'done' : 'failed', milliseconds: Date.now() - started })
  }

  /** What is watched only from now on may have changed since it was read, and is read once more. */
  async function compileAgain(): Promise<readonly FileChange[]> {
    await settleConfig(config.path)
    const result = compile()
    const next = readInputs(result)
    await source.accept(result.outputs.map((path) => posix.join(output.absolute, path)))
    const isOther = next.identity !== inputs.identity
    inputs = next
    return isOther ? [...(await source.replaceInputs(next)), ...(await compileAgain())] : []
  }

  /** What a file is read by now, or was when it last changed: one that is gone is missed by those who read it. */
  function reachesOf(of: Stack): (role: string, path: string) => boolean {
    const before = reaches
    reaches = readReaches(of)
    return (role, path) => [before.get(role), reaches.get(role)].some((reach) => reach === 'everything' || reach?.has(path) === true)
  }

  async function withJobs(changes: readonly ChangedInput[]): Promise<readonly ChangedInput[]> {
    if (!isUpWanted || !changes.some(({ kind }) => kind === 'environment')) return changes
    const jobs = await runner.findOutdatedJobs()
    return changes.map((change) => (change.kind === 'environment' ? { ...change, jobs } : change))
  }

  /** Nothing where it is a service of which all is the user's: then Docker's own words are all there is. */
  function explain(failure: BuildFailure, services: readonly string[]): readonly Diagnostic[] {
    const failed = failure.service ?? services[0] ?? ''
    const image = stack?.images.find(({ roles }) => roles.includes(failed))
    if (image !== undefined) return [explainFailure({ failure, image, config, codePath: inputs.codePath })]
    show({ kind: 'problem', message: `${failed} cannot be built: ${failure.message}` })
    return []
  }

  return {
    failure,
    composeFile: () => stack?.composeFile ?? COMPOSE_FILE,
    rebuild: () => {
      if (stack !== undefined && isUpWanted) runner.add(targetOf(stack), { ...workFromNothing(stack), jobsFrom: undefined }, ['rebuild'])
    },
    retrain: () => {
      if (stack !== undefined && isUpWanted) runner.add(targetOf(stack), { ...NO_WORK, jobsFrom: 0, isRerun: true }, ['retrain'])
    },
    stop: async (options) => {
      comeback.stop()
      await source.close()
      await runner.stop(options)
      await docker.close()
    },
  }
}

async function settleConfig(path: string): Promise<void> {
  for (let tries = 0; tries < SETTLING.tries && isEmpty(path); tries++) await sleep(SETTLING.pause)
}

function isEmpty(path: string): boolean {
  const stats = statSync(path, { throwIfNoEntry: false })
  return stats === undefined || stats.size === 0
}
