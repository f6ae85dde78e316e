/** The one place that turns the outcome of a run into an exit status, and an exception into words. */
import type { HostError } from '../write/host-error.ts'
import type { Io } from './io.ts'

export const STATUS = {
  /** Warnings alone count as done. */
  done: 0,
  /** The config is wrong, a file may not be overwritten, or `--check` found a difference. */
  wrong: 1,
  /** The command line is wrong, or the config cannot be read. */
  usage: 2,
  /** The machine failed, or mlstack itself. */
  failed: 3,
} as const

export type Status = (typeof STATUS)[keyof typeof STATUS]

/** A command line that cannot be followed. `help` is something to type or to look at. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
  readonly help: string | undefined

  constructor(message: string, help?: string) {
    super(message)
    this.help = help
  }
}

/** Tells on standard error what was thrown, and gives the exit status for it. */
export function reportFailure(error: unknown, { stderr, version }: Pick<Io, 'stderr' | 'version'>): Status {
  if (isNamed<UsageError>(error, 'UsageError')) {
    stderr.write(describe(error.message, error.help))
    return STATUS.usage
  }
  if (isNamed<HostError>(error, 'HostError')) stderr.write(describe(error.message))
  else stderr.write(`${describe(`mlstack ${version} failed, and the fault is its own`, 'please report it, with your config and these lines:')}${stackOf(error)}\n`)
  return STATUS.failed
}

/** By name, since a command in a bundle of its own has classes of its own. */
function isNamed<Named extends Error>(error: unknown, name: Named['name']): error is Named {
  return error instanceof Error && error.name === name
}

function describe(message: string, help?: string): string {
  return help === undefined ? `error: ${message}\n` : `error: ${message}\n  = help: ${help}\n`
}

function stackOf(error: unknown): string {
  return error instanceof Error && error.stack !== undefined ? error.stack : String(error)
}
