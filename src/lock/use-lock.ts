/** Uses `mlstack.lock` where there is one, and tells where it no longer agrees with the config. */
import { posix } from 'node:path'
import * as files from '../diagnostics/catalogue/files.ts'
import type { Label, Span } from '../diagnostics/diagnostic.ts'
import type { Sink } from '../diagnostics/sink.ts'
import type { Stack } from '../plan/stack.ts'
import type { Project } from '../project/project.ts'
import { applyLock } from './apply-lock.ts'
import { findAsked } from './fingerprint.ts'
import { LOCK_FILE } from './lock-file.ts'
import { parseLock } from './parse-lock.ts'
import { compareLock, type Difference } from './stale.ts'

export interface LockContext {
  readonly project: Project
  /** The very top of the config. */
  readonly config: Span
  /** The place in the config of something that the plan asks for; undefined for a default. */
  readonly findPlace: (asked: string) => Span | undefined
}

/** The stack with what is locked; an image for which the lock is out of date stays as it was (MLS4020). Damage is an error (MLS4021). */
export function useLock(stack: Stack, context: LockContext, sink: Sink): Stack {
  const { project, config } = context
  const text = project.read(LOCK_FILE)
  if (text === undefined) return stack
  const lock = parseLock(text, posix.join(posix.dirname(config.source.name), LOCK_FILE), sink)
  if (lock === undefined) return stack
  const differences = compareLock(findAsked(stack, { project, configName: config.source.name }), lock)
  for (const difference of differences) reportDifference(difference, context, sink)
  return applyLock(stack, { lock, lockPath: posix.join(stack.layout.configFromContext, LOCK_FILE), stale: new Set(differences.flatMap(({ image }) => image ?? [])) })
}

function reportDifference({ image, words, asked, span, lockSpan }: Difference, { config, findPlace }: LockContext, sink: Sink): void {
  const related: readonly Label[] = lockSpan === undefined ? [] : [{ span: lockSpan, message: 'the lock has this' }]
  const at = span ?? findPlace(asked) ?? config
  sink.report(files.staleLock({ image, difference: words }, { at, related }))
}
