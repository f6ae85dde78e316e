/** How large things are: what a build downloads, and what of it stays in the image. */
import { compare } from '@renovatebot/pep440'
import sizes from './data/sizes.json' with { type: 'json' }
import type { BuildKind } from './frameworks.ts'

/** In bytes. */
export interface Size {
  readonly download: number
  readonly installed: number
}

export function sumOf(sizes: readonly Size[]): Size {
  return { download: sizes.reduce((sum, { download }) => sum + download, 0), installed: sizes.reduce((sum, { installed }) => sum + installed, 0) }
}

/** A framework with all that it brings. */
export interface FrameworkSize extends Size {
  /** The release that was measured. */
  readonly version: string
  /** The CUDA version of its build; undefined for the CPU. */
  readonly build: string | undefined
  /** Whether it is the release and the build that was asked for, and not merely the nearest. */
  readonly isMeasured: boolean
  /** Packages among those that have a size of their own which are part of it. */
  readonly holds: readonly string[]
}

/** A package with what it alone brings. */
export interface PackageSize extends Size {
  /** Packages with a size of their own that it needs besides. */
  readonly needs: readonly string[]
}

/** A Debian package with all that it brings. */
export interface SystemSize extends Size {
  /** Packages with a size of their own that are part of it, or nearly so. */
  readonly holds: readonly string[]
}

export interface Build {
  readonly kind: BuildKind
  readonly version?: string | undefined
}

interface FrameworkRow extends Size {
  readonly framework: string
  readonly version: string
  readonly kind: string
  readonly build?: string | undefined
  readonly holds?: readonly string[] | undefined
}

interface PackageRow extends Size {
  readonly needs?: readonly string[] | undefined
}

interface SystemRow extends Size {
  readonly holds?: readonly string[] | undefined
}

const MEGABYTE = 1_000_000

const FRAMEWORKS: readonly FrameworkRow[] = sizes.frameworks
const PACKAGES: ReadonlyMap<string, PackageRow> = new Map(Object.entries<PackageRow>(sizes.packages))
const SYSTEM: ReadonlyMap<string, SystemRow> = new Map(Object.entries<SystemRow>(sizes.system))

const LIGHTER: ReadonlyMap<string, string> = new Map(Object.entries(sizes.lighter))

/** The measured size that is nearest to a framework's build; undefined where none of that kind was measured. */
export function findFrameworkSize(framework: string, version: string, build: Build): FrameworkSize | undefined {
  const ofKind = FRAMEWORKS.filter((row) => row.framework === framework && row.kind === build.kind)
  const sameBuild = ofKind.filter((row) => build.version === undefined || row.build === build.version)
  const sameGeneration = ofKind.filter((row) => majorOf(row.build) === majorOf(build.version))
  const rows = [sameBuild, sameGeneration, ofKind].find((candidates) => candidates.length > 0) ?? []
  const nearest = rows.findLast((row) => compare(row.version, version) <= 0) ?? rows[0]
  if (nearest === undefined) return undefined
  const isMeasured = nearest.version === version && (build.version === undefined || nearest.build === build.version)
  return { ...inBytes(nearest), version: nearest.version, build: nearest.build, isMeasured, holds: nearest.holds ?? [] }
}

/** The size of a distribution (normalised name) without the frameworks that it needs; undefined where it was not measured. */
export function findPackageSize(distribution: string): PackageSize | undefined {
  const row = PACKAGES.get(distribution)
  return row === undefined ? undefined : { ...inBytes(row), needs: row.needs ?? [] }
}

/** The distributions with what they need, each once, and without those that are there already; unknown ones need nothing. */
export function listWithNeeds(distributions: readonly string[], present: ReadonlySet<string>): readonly string[] {
  const listed = new Set<string>()
  // The list grows while it is read: by what its members need.
  const waiting = [...distributions]
  for (const name of waiting) {
    if (present.has(name) || listed.has(name)) continue
    listed.add(name)
    waiting.push(...(findPackageSize(name)?.needs ?? []))
  }
  return [...listed]
}

/** What a package counts as that was not measured: the median of those that were. */
export const TYPICAL_PACKAGE: Size = medianOf([...PACKAGES.values()])

/** What a package of a complete list counts as that was not measured: what is large in such a list is mostly known, and has brought the rest. */
export const SMALL_PACKAGE: Size = inBytes([...PACKAGES.values()].reduce((least, row) => (row.installed < least.installed ? row : least)))

/** What a Debian package counts as that was not measured, the median again. */
export const TYPICAL_SYSTEM: Size = medianOf([...SYSTEM.values()])

function medianOf(rows: readonly Size[]): Size {
  const middle = (key: keyof Size) => rows.map((row) => row[key]).sort((a, b) => a - b)[Math.floor(rows.length / 2)] ?? 0
  return inBytes({ download: middle('download'), installed: middle('installed') })
}

/** The size of a Debian package with those that it needs in a slim image. */
export function findSystemSize(debianPackage: string): SystemSize | undefined {
  const row = SYSTEM.get(debianPackage)
  return row === undefined ? undefined : { ...inBytes(row), holds: row.holds ?? [] }
}

/** A distribution with the same modules that takes less, with what Debian has to add to it; undefined where none is known. */
export function findLighterTwin(distribution: string): string | undefined {
  return LIGHTER.get(distribution)
}

/** The size of the slim image of a Python `X.Y`; they differ by less than what is rounded away. */
export function findImageSize(python: string): Size | undefined {
  return /^3\.\d+$/.test(python) ? inBytes(sizes.images.python) : undefined
}

function inBytes({ download, installed }: Size): Size {
  return { download: Math.round(download * MEGABYTE), installed: Math.round(installed * MEGABYTE) }
}

function majorOf(version: string | undefined): string | undefined {
  return version?.split('.')[0]
}
