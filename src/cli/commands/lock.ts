/** `mlstack lock`: pins base images and packages into `mlstack.lock`, and tells what changed. */
import { posix } from 'node:path'
import type { Stack } from '../../plan/stack.ts'
import type { Project } from '../../project/project.ts'
import { Sink } from '../../diagnostics/sink.ts'
import { createDocker, DockerError, type Docker } from '../../engine/docker.ts'
import { listChanges, summarizeLock } from '../../lock/changes.ts'
import { findPlatform } from '../../lock/inspect-base.ts'
import { formatLock, LOCK_FILE, type Lock } from '../../lock/lock-file.ts'
import { withIndexes } from '../../lock/lock-indexes.ts'
import { makeLock } from '../../lock/make-lock.ts'
import { parseLock } from '../../lock/parse-lock.ts'
import { LockError } from '../../lock/resolution.ts'
import { resolveWithPip } from '../../lock/resolve-with-pip.ts'
import { hasUv, resolveWithUv } from '../../lock/resolve-with-uv.ts'
import { writeOutputs } from '../../write/write.ts'
import { readArguments, type Flags, type OptionTable } from '../args.ts'
import type { LoadCompiler } from '../compiler.ts'
import { STATUS, UsageError, type Status } from '../exit.ts'
import { readConfig, type ConfigFile } from '../find-config.ts'
import type { Io } from '../io.ts'
import { SHOW_OPTIONS, showDiagnostics } from '../show.ts'
import { requireVariant, VARIANT_OPTION } from '../variant.ts'

const OPTIONS = {
  ...VARIANT_OPTION,
  with: { type: 'string', choices: ['uv', 'pip'] },
  platform: { type: 'string' },
  ...SHOW_OPTIONS,
} as const satisfies OptionTable

export const LOCK = { name: 'lock', options: OPTIONS, operands: 1 } as const

type LockFlags = Flags<typeof OPTIONS>

export async function runLock(argv: readonly string[], io: Io, loadCompiler: LoadCompiler): Promise<Status> {
  const { flags, operands } = readArguments(argv, LOCK)
  const platforms = readPlatforms(flags.platform)
  const config = await readConfig(operands[0], io)
  const { compile, createProject } = await loadCompiler()
  const project = createProject(config.folder)
  const { diagnostics, stack } = compile(config, withoutLock(project), { outputFolder: '.', variant: flags.variant })
  requireVariant(diagnostics)
  await showDiagnostics(diagnostics, flags, io.stderr, io)
  if (stack === undefined) return STATUS.wrong
  try {
    const env = withIndexes(stack, io.env)
    const before = readBefore(project)
    const lock = await pinWithDocker(stack, { flags, platforms, before: before.lock, config, project, env, io })
    writeLock(lock, { before, config, flags, io })
    return STATUS.done
  } catch (error) {
    return tellFailure(error, io)
  }
}

interface Context {
  readonly flags: LockFlags
  readonly platforms: readonly string[] | undefined
  readonly before: Lock | undefined
  readonly config: ConfigFile
  readonly project: Project
  readonly docker: Docker
  /** The shell's variables, with the indexes of the config. */
  readonly env: Io['env']
  readonly io: Io
}

async function pinWithDocker(stack: Stack, context: Omit<Context, 'docker'>): Promise<Lock> {
  const docker = createDocker({ cwd: context.config.folder, env: context.env })
  try {
    return await pin(stack, { ...context, docker })
  } finally {
    await docker.close()
  }
}

async function pin(stack: Stack, { flags, platforms, before, config, project, docker, env, io }: Context): Promise<Lock> {
  const ownPlatform = await findPlatform(docker)
  const isWithUv = flags.with === undefined ? await hasUv(io.env) : flags.with === 'uv'
  const resolve = isWithUv ? resolveWithUv(env, ownPlatform) : resolveWithPip(docker, env)
  if (!flags.quiet) io.stderr.write(`resolving with ${isWithUv ? 'uv' : 'pip in the base image'}\n`)
  return makeLock(stack, { project, configName: config.name, docker, env, resolve, ownPlatform, platforms, before })
}

interface Before {
  readonly text: string | undefined
  readonly lock: Lock | undefined
}

/** A lock that cannot be read is made anew, which is what one is told to do about it. */
function readBefore(project: Project): Before {
  const text = project.read(LOCK_FILE)
  return { text, lock: text === undefined ? undefined : parseLock(text, LOCK_FILE, new Sink()) }
}

/** The whole file by one rename, or nothing. */
function writeLock(lock: Lock, { before, config, flags, io }: Pick<Context, 'config' | 'flags' | 'io'> & { readonly before: Before }): void {
  const after = formatLock(lock)
  if (before.text !== after) writeOutputs(config.folder, [{ kind: 'create', path: LOCK_FILE, after }])
  if (flags.quiet) return
  const changes = before.lock === undefined ? [] : listChanges(before.lock, lock)
  const verb = before.text === undefined ? 'created' : before.text === after ? 'unchanged' : 'updated'
  const lines = [...summarizeLock(lock), ...changes, `${verb} ${posix.join(posix.dirname(config.name), LOCK_FILE)}`]
  io.stdout.write(lines.map((line) => `${line}\n`).join(''))
}

/** A lock is made from what is asked for, whatever was locked before. */
function withoutLock({ read, ...project }: Project): Project {
  return { ...project, read: (path) => (path === LOCK_FILE ? undefined : read(path)) }
}

function readPlatforms(text: string | undefined): readonly string[] | undefined {
  const platforms = text?.split(',').map((each) => each.trim())
  const wrong = platforms?.find((each) => !/^linux\/[a-z0-9]+(?:\/v\d)?$/.test(each))
  if (wrong !== undefined) throw new UsageError(`--platform cannot be ${JSON.stringify(wrong)}`, 'name what images are built for, such as linux/amd64,linux/arm64')
  return platforms && [...new Set(platforms)].sort()
}

function tellFailure(error: unknown, { stderr }: Io): Status {
  const failure = error instanceof DockerError ? { message: error.message, help: error.fault.help, isOwn: false } : error instanceof LockError ? error : undefined
  if (failure === undefined) throw error
  stderr.write(`error: ${failure.message}\n  = help: ${failure.help}\nnothing was written\n`)
  return failure.isOwn ? STATUS.wrong : STATUS.failed
}
