/** The package by which jobs speak to the tracking server. */
import { compareVersions } from './specifier.ts'
import { packagesNamedIn } from './packages.ts'
import type { BringInput, BroughtPackage } from './brought.ts'
import { trackingFacts, TRACKING_SOURCE, type ClientRelease } from '../facts/tracking.ts'

/** None where the user names the package that has all of it. */
export function bringTrackingClient({ config: { tracking }, requirements, python }: BringInput): readonly BroughtPackage[] {
  if (tracking === undefined) return []
  const { title, client: { distribution, containedIn, releases } } = trackingFacts(tracking.kind)
  if (packagesNamedIn(requirements).has(containedIn)) return []
  const { version, oldestPython } = releaseFor(python, releases)
  return [{
    requirement: `${distribution}==${version}`,
    because: `jobs speak to ${title} by it; the newest known version that runs on Python ${python}`,
    spans: [tracking.span],
    fact: { text: `${distribution} ${version} runs on Python ${oldestPython} and newer`, source: TRACKING_SOURCE },
  }]
}

/** The newest one; the oldest of all for a Python that none of them is for, of which something else was said. */
function releaseFor(python: string, releases: readonly ClientRelease[]): ClientRelease {
  const release = releases.findLast(({ oldestPython }) => compareVersions(oldestPython, python) <= 0) ?? releases[0]
  if (release === undefined) throw new Error('no release of the client is known')
  return release
}
