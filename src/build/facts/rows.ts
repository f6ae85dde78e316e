/** Takes the rows of a framework's data file apart into releases, and joins neighbours that share everything again. */

/** What a row says of each of its releases; keys that a person writes are kept as they are. */
export interface RowFacts {
  readonly python: readonly string[]
  readonly arm64?: readonly string[] | undefined
  readonly companions?: Readonly<Record<string, string>> | undefined
  readonly install?: { readonly cpu: readonly string[] } | undefined
  readonly [key: string]: unknown
}

export interface Row extends RowFacts {
  readonly versions: readonly string[]
}

export interface ReleaseRow {
  readonly version: string
  readonly facts: RowFacts
}

export function releasesOfRows(rows: readonly Row[]): readonly ReleaseRow[] {
  return rows.flatMap(({ versions, ...facts }) => versions.map((version) => ({ version, facts: facts as RowFacts })))
}

export function rowsOfReleases(releases: readonly ReleaseRow[]): readonly Row[] {
  const rows: Row[] = []
  for (const { version, facts } of releases) {
    const last = rows.at(-1)
    const { versions = [], ...shared } = last ?? {}
    if (last !== undefined && JSON.stringify(shared) === JSON.stringify(facts)) rows.splice(-1, 1, { versions: [...versions, version], ...facts })
    else rows.push({ versions: [version], ...facts })
  }
  return rows
}

/** A row's facts with other Pythons; `arm64` stands only where it differs. */
export function withPythons({ python: _python, arm64: _arm64, ...facts }: RowFacts, x64: readonly string[], arm64: readonly string[]): RowFacts {
  return { python: x64, ...(x64.join() === arm64.join() ? {} : { arm64 }), ...facts }
}
