/** A check: pure, over what the probes found and what the stack needs. */
import type { Needs } from '../plan/needs.ts'
import type { Machine } from './machine.ts'

export interface Check {
  /** Keeps its meaning for ever: programs read it. */
  readonly id: string
  readonly title: string
  /** Why it matters. */
  readonly why: string
  /** `needs` is undefined where only the machine is looked at. */
  readonly look: (machine: Machine, needs: Needs | undefined) => Finding
}

/** What is not well comes with what mends it. */
export type Finding =
  | { readonly status: 'ok' | 'skipped'; readonly saw: string }
  | { readonly status: 'warning' | 'failed'; readonly saw: string; readonly fix: string }

export type CheckResult = Finding & Pick<Check, 'id' | 'title' | 'why'>

export const ok = (saw: string): Finding => ({ status: 'ok', saw })
export const skipped = (saw: string): Finding => ({ status: 'skipped', saw })
export const warning = (saw: string, fix: string): Finding => ({ status: 'warning', saw, fix })
export const failed = (saw: string, fix: string): Finding => ({ status: 'failed', saw, fix })

/** For checks that ask the engine, while it does not answer. */
export const NO_ENGINE = skipped('Docker does not answer')
/** For checks of what a stack needs, without one. */
export const NO_STACK = skipped('there is no stack to look at')
