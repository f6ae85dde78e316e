/** Makes what the tests hold the facts against: the wheels there are, straight from the index and with nothing of the facts in it. */
import type { WheelRelease } from './wheels.ts'

interface Row {
  readonly versions: readonly string[]
  readonly python: readonly string[]
  /** The same as `python` where it is absent. */
  readonly arm64?: readonly string[]
}

/** By distribution; releases that share their wheels stand in one row. */
export function snapshotOf(wheels: ReadonlyMap<string, readonly WheelRelease[]>): Readonly<Record<string, readonly Row[]>> {
  return Object.fromEntries([...wheels].map(([name, releases]) => [name, rowsOf(releases)]))
}

function rowsOf(releases: readonly WheelRelease[]): readonly Row[] {
  const rows: Row[] = []
  for (const { version, x64, arm64 } of releases) {
    const row = { python: x64, ...(x64.join() === arm64.join() ? {} : { arm64 }) }
    const { versions = [], ...last } = rows.at(-1) ?? {}
    if (JSON.stringify(last) === JSON.stringify(row)) rows.splice(-1, 1, { versions: [...versions, version], ...row })
    else rows.push({ versions: [version], ...row })
  }
  return rows
}
