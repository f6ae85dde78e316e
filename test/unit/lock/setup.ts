/** What the tests of locking share: a config in memory, compiled, and its lock as a resolver would have made it. */
import { compile } from '../../../src/compile.ts'
import type { Diagnostic } from '../../../src/diagnostics/diagnostic.ts'
import { Sink } from '../../../src/diagnostics/sink.ts'
import { assembleLayers } from '../../../src/lock/assemble.ts'
import { findAsked } from '../../../src/lock/fingerprint.ts'
import { formatLock, type Lock, type LockedPackage } from '../../../src/lock/lock-file.ts'
import { parseLock, type ParsedLock } from '../../../src/lock/parse-lock.ts'
import type { ResolvedPackage } from '../../../src/lock/resolution.ts'
import type { Stack } from '../../../src/plan/stack.ts'
import { createMemoryProject } from '../../../src/project/memory-project.ts'
import type { Project } from '../../../src/project/project.ts'

export const DIGEST = `sha256:${'d'.repeat(64)}`
export const hashOf = (character: string) => character.repeat(64)

export const lockedPackage = (name: string, version: string, more: Partial<LockedPackage> = {}): LockedPackage => ({ name, version, url: undefined, marker: '', hashes: [hashOf('a')], ...more })

export interface Planned {
  readonly stack: Stack
  readonly project: Project
}

/** Compiles without a lock. */
export function plan(config: string, files: Readonly<Record<string, string>> = {}): Planned {
  const project = createMemoryProject({ 'train.py': '', ...files })
  const { stack, diagnostics } = compile({ name: 'mlstack.yaml', bytes: Buffer.from(config) }, project, { outputFolder: '.' })
  if (stack === undefined) throw new Error(diagnostics.map(({ message }) => message).join('\n'))
  return { stack, project }
}

/** A lock of the plan, in which each layer installs what is given for it. */
export function lockOf({ stack, project }: Planned, layers: readonly (readonly ResolvedPackage[])[] = []): Lock {
  const asked = findAsked(stack, { project, configName: 'mlstack.yaml' })
  const sums = layers.map((_, at) => layers.slice(0, at + 1).flat())
  const images = asked.map((image) => ({ name: image.name, base: image.base, digest: DIGEST, python: '3.11.9', platforms: ['linux/amd64'], layers: assembleLayers(image, [{ platform: 'linux/amd64', resolution: sums }]) }))
  return { images }
}

export const resolved = (name: string, version: string): ResolvedPackage => ({ name, version, url: undefined, hashes: [hashOf('a')] })

export interface Reading {
  readonly lock: ParsedLock | undefined
  readonly diagnostics: readonly Diagnostic[]
}

export function read(text: string): Reading {
  const sink = new Sink()
  return { lock: parseLock(text, 'mlstack.lock', sink), diagnostics: sink.sorted() }
}

/** As after a run of `mlstack lock`. */
export function readBack(lock: Lock): ParsedLock {
  const parsed = read(formatLock(lock)).lock
  if (parsed === undefined) throw new Error('a lock of ours cannot be read')
  return parsed
}
