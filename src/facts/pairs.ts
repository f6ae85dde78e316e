/** Which versions of other packages go with a framework, and with a Python. */
import pairs from './data/pairs.json' with { type: 'json' }

export interface Pair {
  readonly framework: string
  /** The framework's versions, as a PEP 440 range. */
  readonly versions: string
  readonly package: string
  /** The range of the package that works with them; null where none does. */
  readonly works: string | null
  /** Whether the framework itself requires that range, so that pip keeps to it where the user says nothing. */
  readonly isRequired?: boolean | undefined
}

const OLDEST: Readonly<Record<string, Readonly<Record<string, string>>>> = pairs.oldestWheels

export const PAIRS: readonly Pair[] = pairs.pairs

/** The oldest release of a distribution with wheels for a Python `X.Y`; undefined where that is not known. */
export function findOldestWheel(distribution: string, python: string): string | undefined {
  return Object.hasOwn(OLDEST, distribution) ? OLDEST[distribution]?.[python] : undefined
}

/** The Pythons that a distribution has wheels for, ascending, each with the oldest release that does. */
export function findPythonsWithWheels(distribution: string): readonly (readonly [python: string, oldest: string])[] {
  return Object.hasOwn(OLDEST, distribution) ? Object.entries(OLDEST[distribution] ?? {}) : []
}
