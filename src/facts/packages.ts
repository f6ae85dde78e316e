/** What well-known Python packages need from Debian, to be built and to run. */
import packages from './data/packages.json' with { type: 'json' }

type Table = Readonly<Record<string, readonly string[]>>

const SOURCE_ONLY: Table = packages.sourceOnly
const RUNTIME: Table = packages.runtime
const VERSION_CONTROL: Table = packages.versionControl
const BRINGS: Readonly<Record<string, string>> = packages.brings

/** Where it is known from what packages need. */
export const PACKAGES_SOURCE = packages.source[1] ?? ''

/** The Debian packages that build a distribution (normalised name) which has no wheels; empty for one that has. */
export function buildPackagesOf(distribution: string): readonly string[] {
  return lookUp(SOURCE_ONLY, distribution)
}

/** The Debian packages that a distribution loads when it runs. */
export function runtimePackagesOf(distribution: string): readonly string[] {
  return lookUp(RUNTIME, distribution)
}

/** The Debian packages that fetch a source of this URL, such as `git+https://…`. */
export function fetchPackagesOf(url: string): readonly string[] {
  return Object.entries(VERSION_CONTROL).flatMap(([prefix, needed]) => (url.startsWith(prefix) ? needed : []))
}

/** The framework, by name, that a distribution (normalised name) depends on, so that pip would install it in whatever build it finds. */
export function frameworkBroughtBy(distribution: string): string | undefined {
  return Object.hasOwn(BRINGS, distribution) ? BRINGS[distribution] : undefined
}

function lookUp(table: Table, name: string): readonly string[] {
  return Object.hasOwn(table, name) ? (table[name] ?? []) : []
}
