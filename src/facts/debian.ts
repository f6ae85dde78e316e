/** Which Debian packages a release has no more or not yet, and which commands the slim images lack. */
import debian from './data/debian.json' with { type: 'json' }

export interface Replacement {
  readonly name: string
  /** The package to name instead. */
  readonly instead?: string | undefined
  /** What to do where no package takes its place. */
  readonly advice?: string | undefined
}

interface PackageData extends Replacement {
  /** The last release that has it. */
  readonly until?: string | undefined
  /** The first release that has it. */
  readonly since?: string | undefined
}

const PACKAGES = mapByName<PackageData>(debian.packages)
const OTHERS = mapByName<Replacement>(debian.others)
const COMMANDS = mapByName<{ readonly name: string; readonly package: string }>(debian.commands)

/** The release that an image's tag names, such as `bookworm`. */
export function releaseOfTag(tag: string): string | undefined {
  const parts = tag.split('-')
  return debian.releases.find((release) => parts.includes(release))
}

/** What stands for a package that a release does not have; undefined for one that it has or that is not known. */
export function findMissingPackage(name: string, release: string): Replacement | undefined {
  const row = PACKAGES.get(name)
  if (row === undefined) return undefined
  const at = debian.releases.indexOf(release)
  const isGone = row.until !== undefined && at > debian.releases.indexOf(row.until)
  const isLater = row.since !== undefined && at < debian.releases.indexOf(row.since)
  return isGone || isLater ? row : undefined
}

/** What stands for a name that no release of Debian has, but another system or index. */
export function findForeignPackage(name: string): Replacement | undefined {
  return OTHERS.get(name)
}

/** The package of a command that slim images lack. */
export function packageOfCommand(command: string): string | undefined {
  return COMMANDS.get(command)?.package
}

function mapByName<Row extends { readonly name: string }>(rows: readonly Row[]): ReadonlyMap<string, Row> {
  return new Map(rows.map((row) => [row.name, row]))
}
