/** From what was resolved on each platform to what the lock says of each layer. Pure. */
import type { AskedImage } from './fingerprint.ts'
import type { LockedLayer, LockedPackage } from './lock-file.ts'
import type { Resolution, ResolvedPackage } from './resolution.ts'

export interface PlatformResolution {
  /** Such as `linux/amd64`. */
  readonly platform: string
  readonly resolution: Resolution
}

/** Each package stands in the first layer that installs it. */
export function assembleLayers({ layers }: AskedImage, resolutions: readonly PlatformResolution[]): readonly LockedLayer[] {
  return layers.map(({ title, index, lines }, at) => ({
    title,
    index,
    asked: [...new Set(lines.map(({ text }) => text))],
    packages: joinPlatforms(resolutions.map(({ platform, resolution }) => ({ platform, packages: addedBy(resolution, at) }))),
  }))
}

function addedBy(resolution: Resolution, at: number): readonly ResolvedPackage[] {
  const before = new Set(resolution[at - 1]?.map(({ name }) => name))
  return resolution[at]?.filter(({ name }) => !before.has(name)) ?? []
}

interface PlatformPackages {
  readonly platform: string
  readonly packages: readonly ResolvedPackage[]
}

interface Entry extends ResolvedPackage {
  readonly platforms: readonly string[]
}

/** What is the same everywhere stands once, with the hashes of the files of all platforms. */
function joinPlatforms(all: readonly PlatformPackages[]): readonly LockedPackage[] {
  const entries = new Map<string, Entry>()
  for (const { platform, packages } of all) {
    for (const found of packages) {
      const key = `${found.name} ${found.version} ${found.url ?? ''}`
      const known = entries.get(key)
      entries.set(key, { ...found, hashes: [...new Set([...(known?.hashes ?? []), ...found.hashes])].sort(), platforms: [...(known?.platforms ?? []), platform] })
    }
  }
  return [...entries].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, { platforms, ...entry }]) => ({ ...entry, version: entry.url === undefined ? entry.version : '', marker: platforms.length === all.length ? '' : markerOf(platforms) }))
}

/** Python's names of processors. */
const MACHINES: Readonly<Record<string, string>> = { amd64: 'x86_64', arm64: 'aarch64', arm: 'armv7l', 386: 'i686' }

function markerOf(platforms: readonly string[]): string {
  const machines = platforms.map((platform) => platform.split('/')[1] ?? platform)
  return machines.map((machine) => `platform_machine == '${MACHINES[machine] ?? machine}'`).join(' or ')
}
