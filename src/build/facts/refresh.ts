/** Holds a framework's rows against the index: corrects the Pythons, adds releases, and says in words what changed. */
import { compare } from '@renovatebot/pep440'
import { EXCEPTIONS, PARTS } from './distributions.ts'
import { releasesOfRows, rowsOfReleases, withPythons, type ReleaseRow, type Row, type RowFacts } from './rows.ts'
import type { WheelRelease } from './wheels.ts'

export interface FrameworkFile {
  readonly name: string
  readonly distributions: readonly string[]
  readonly companions?: readonly string[] | undefined
  readonly install: { readonly cpu: readonly string[] }
  readonly releases: readonly Row[]
  readonly [key: string]: unknown
}

export interface Index {
  readonly wheels: ReadonlyMap<string, readonly WheelRelease[]>
  /** Each Python and the day of its first release, as `YYYY-MM-DD`. */
  readonly pythons: readonly { readonly version: string; readonly released: string }[]
}

export interface Refreshed {
  readonly file: FrameworkFile
  readonly report: readonly string[]
}

interface Pythons {
  readonly x64: readonly string[]
  readonly arm64: readonly string[]
}

export function refreshFramework(file: FrameworkFile, index: Index): Refreshed {
  const known = releasesOfRows(file.releases)
  const changed = known.map((release) => correct(release, file, index))
  const added = newReleases(file, known, index)
  const releases = [...changed.map(({ release }) => release), ...added].sort((left, right) => compare(left.version, right.version))
  const report = [
    ...changed.flatMap(({ line }) => line ?? []),
    ...added.map(({ version }) => `${file.name} ${version} is new: its Pythons are from the index, all else is what the release before it had and wants a person's eye`),
  ]
  return { file: { ...file, releases: rowsOfReleases(releases) }, report }
}

function correct(release: ReleaseRow, file: FrameworkFile, index: Index): { readonly release: ReleaseRow; readonly line?: string } {
  const title = `${file.name} ${release.version}`
  const { python, arm64 = python } = release.facts
  const found = pythonsOf(release, file, index)
  if (found === undefined) return { release, line: `${title} has no wheels on the index any more` }
  if (EXCEPTIONS[title] !== undefined || (same(found.x64, python) && same(found.arm64, arm64))) return { release }
  const line = `${title}: x86-64 ${python.join(' ')} -> ${found.x64.join(' ')}, ARM ${arm64.join(' ') || 'none'} -> ${found.arm64.join(' ') || 'none'}`
  return { release: { version: release.version, facts: withPythons(release.facts, found.x64, found.arm64) }, line }
}

/** Releases after the first known one that the table lacks; their companions are for a person to find. */
function newReleases(file: FrameworkFile, known: readonly ReleaseRow[], index: Index): readonly ReleaseRow[] {
  const main = index.wheels.get(file.distributions[0] ?? '') ?? []
  return main.filter(({ version }) => compare(version, known[0]?.version ?? '0') > 0 && !known.some((release) => release.version === version)).flatMap(({ version }) => {
    const before = known.findLast((release) => compare(release.version, version) < 0)
    const { companions: _companions, ...facts } = before?.facts ?? { python: [] }
    const release = { version, facts: facts as RowFacts }
    const pythons = pythonsOf(release, file, index)
    return pythons === undefined ? [] : [{ version, facts: withPythons(release.facts, pythons.x64, pythons.arm64) }]
  })
}

/** The Pythons that everything a release installs on the CPU has wheels for; undefined where a part of it has none at all. */
function pythonsOf({ version, facts }: ReleaseRow, file: FrameworkFile, index: Index): Pythons | undefined {
  const recipe = (facts.install ?? file.install).cpu.filter((requirement) => requirement.includes('{version}'))
  const named = recipe.map((requirement) => [/^[\w.-]+/.exec(requirement)?.[0] ?? '', version, /platform_machine (.)=/.exec(requirement)?.[1]] as const)
  const parts = (PARTS[file.name] ?? []).map((name) => [name, notNewer(name, version, index)?.version ?? '', undefined] as const)
  const companions = Object.entries(facts.companions ?? {}).map(([name, made]) => [name, made, undefined] as const)
  const found = [...named, ...parts, ...companions].map(([name, wanted, machine]) => ({ machine, pythons: servedBy(index.wheels.get(name)?.find((release) => release.version === wanted), index.pythons, parts.length > 0) }))
  if (found.some(({ pythons }) => pythons === undefined)) return undefined
  const onX64 = found.flatMap(({ machine, pythons }) => (machine === '!' || pythons === undefined ? [] : [pythons.x64]))
  const onArm = found.flatMap(({ machine, pythons }) => (machine === '=' || pythons === undefined ? [] : [pythons.arm64]))
  const x64 = shared(onX64)
  return { x64, arm64: shared([...onArm, x64]) }
}

function notNewer(name: string, version: string, { wheels }: Index): WheelRelease | undefined {
  return wheels.get(name)?.findLast((release) => compare(release.version, version) <= 0)
}

/** A wheel for any Python 3 is taken to serve those that were out when it came, unless a compiled part of it says more. */
function servedBy(release: WheelRelease | undefined, pythons: Index['pythons'], hasParts: boolean): Pythons | undefined {
  if (release === undefined) return undefined
  const isServed = (python: string) => !release.isGeneric || hasParts || pythons.some(({ version, released }) => version === python && released <= release.date)
  return { x64: release.x64.filter(isServed), arm64: release.arm64.filter(isServed) }
}

function shared(lists: readonly (readonly string[])[]): readonly string[] {
  const [first = [], ...others] = lists
  return first.filter((python) => others.every((list) => list.includes(python)))
}

function same(some: readonly string[], others: readonly string[]): boolean {
  return some.join() === others.join()
}
