/** What a session brings the engine to: a plan, and the places of its files. */
import type { Stack } from '../../plan/stack.ts'

export interface Target {
  readonly stack: Stack
  /** From a path in the build context to an absolute one. */
  readonly codePath: (inContext: string) => string
  /** The Compose files of the plan, absolute. */
  readonly composeFiles: readonly string[]
}
