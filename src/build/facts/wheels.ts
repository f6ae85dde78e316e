/** Sums the files of a distribution up: which release has wheels for which Pythons and machines. */
import { compare, explain } from '@renovatebot/pep440'
import type { IndexFile } from './package-index.ts'
import { readWheelName } from './wheel-name.ts'

export interface WheelRelease {
  readonly version: string
  readonly x64: readonly string[]
  readonly arm64: readonly string[]
  /** Whether all its wheels are for any Python 3. */
  readonly isGeneric: boolean
  /** When its last file came, as `YYYY-MM-DD`. */
  readonly date: string
}

/** Releases with a wheel for one of the Pythons, from `first` on, ascending. No previews. */
export function releasesIn(files: readonly IndexFile[], first: string, pythons: readonly string[]): readonly WheelRelease[] {
  const releases = new Map<string, WheelRelease>()
  for (const file of files) {
    const wheel = readWheelName(file.filename, file['requires-python'] ?? undefined, pythons)
    if (wheel === undefined || explain(wheel.version)?.is_prerelease !== false || compare(wheel.version, first) < 0) continue
    const { x64, arm64, isGeneric, date } = releases.get(wheel.version) ?? { ...wheel, date: '' }
    const join = (some: readonly string[], others: readonly string[]) => pythons.filter((python) => some.includes(python) || others.includes(python))
    const uploaded = (file['upload-time'] ?? '').slice(0, 10)
    releases.set(wheel.version, { version: wheel.version, x64: join(x64, wheel.x64), arm64: join(arm64, wheel.arm64), isGeneric: isGeneric && wheel.isGeneric, date: date > uploaded ? date : uploaded })
  }
  return [...releases.values()].filter(({ x64, arm64 }) => x64.length + arm64.length > 0).sort((left, right) => compare(left.version, right.version))
}
