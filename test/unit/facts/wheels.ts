/** What the package index had when `npm run facts` was last run: which releases have wheels, and for what. */
import { readFileSync } from 'node:fs'

interface Row {
  readonly versions: readonly string[]
  readonly python: readonly string[]
  readonly arm64?: readonly string[]
}

export interface Wheels {
  readonly x64: readonly string[]
  readonly arm64: readonly string[]
}

const { distributions } = JSON.parse(readFileSync(new URL('wheels.json', import.meta.url), 'utf8')) as { distributions: Readonly<Record<string, readonly Row[]>> }

/** Pythons with wheels of a release for Linux; undefined where there is no such release. */
export function wheelsOf(distribution: string, version: string): Wheels | undefined {
  const row = distributions[distribution]?.find(({ versions }) => versions.includes(version))
  return row === undefined ? undefined : { x64: row.python, arm64: row.arm64 ?? row.python }
}
