/** The package by which jobs speak to the tracking server. */
import { findFramework } from '../facts/frameworks.ts'
import { trackingFacts, TRACKING_SOURCE } from '../facts/tracking.ts'
import type { BringInput, BroughtPackage } from './brought.ts'
import { releaseFor } from './release-for.ts'

export function bringTrackingClient({ config: { tracking, frameworks }, python }: BringInput): readonly BroughtPackage[] {
  if (tracking === undefined) return []
  const { title, client: { distribution, containedIn, heldBy, releases } } = trackingFacts(tracking.kind)
  const holder = frameworks.map(({ name }) => findFramework(name.value)).find((framework) => framework !== undefined && heldBy.includes(framework.name))
  const common = { broughtBy: 'tracking', containedIn, spans: [tracking.span] }
  if (holder !== undefined) return [{ ...common, requirement: distribution, because: `jobs record for ${title} by it; in the version that ${holder.title} asks for, if it does`, fact: undefined }]
  const { version, oldestPython } = releaseFor(python, releases)
  return [{
    ...common,
    requirement: `${distribution}==${version}`,
    because: `jobs record for ${title} by it; the newest known version that runs on Python ${python}`,
    fact: { text: `${distribution} ${version} runs on Python ${oldestPython} and newer`, source: TRACKING_SOURCE },
  }]
}
