/** Variables that do nothing any more, or do harm. */
import data from './data/variables.json' with { type: 'json' }

export interface HarmfulVariable {
  readonly name: string
  /** The values that are meant, in lower case; all where undefined. */
  readonly values?: readonly string[] | undefined
  /** The framework with a GPU that it is harmful for; any stack where undefined. */
  readonly framework?: string | undefined
  readonly why: string
  readonly help: string
  /** The name, or the value, to put in its place. */
  readonly instead?: string | undefined
  readonly value?: string | undefined
}

interface UnverifiedVariable extends Pick<HarmfulVariable, 'name' | 'values'> {}

const HARMFUL: ReadonlyMap<string, HarmfulVariable> = new Map(data.harmful.map((row) => [row.name, row]))
const UNVERIFIED: ReadonlyMap<string, UnverifiedVariable> = new Map(data.unverified.map((row) => [row.name, row]))

export function findHarmful(name: string, value: string): HarmfulVariable | undefined {
  const row = HARMFUL.get(name)
  return row !== undefined && isMeant(row, value) ? row : undefined
}

/** Whether a variable turns the check of certificates off. */
export function isUnverified(name: string, value: string): boolean {
  const row = UNVERIFIED.get(name)
  return row !== undefined && isMeant(row, value)
}

function isMeant({ values }: Pick<HarmfulVariable, 'values'>, value: string): boolean {
  return values === undefined || values.includes(value.trim().toLowerCase())
}
