/** Keys of Compose's that the oldest Compose in use drops or refuses. */
import type { Config } from '../../config/config.ts'
import * as knowledge from '../../diagnostics/catalogue/knowledge.ts'
import type { Sink } from '../../diagnostics/sink.ts'
import { COMPOSE_FEATURES, type ComposeFeature } from '../../facts/compose.ts'
import { OLDEST_COMPOSE } from '../../facts/engine.ts'
import type { Span } from '../../diagnostics/diagnostic.ts'
import type { Tree } from '../../syntax/tree.ts'
import { serviceTrees } from './compose-trees.ts'

export function verifyComposeVersions(config: Config, sink: Sink): void {
  for (const { tree } of serviceTrees(config)) {
    for (const feature of COMPOSE_FEATURES) {
      for (const at of placesOf(feature, tree, feature.path)) {
        const { since, older, instead } = feature
        const key = feature.values === undefined ? feature.path.filter((step) => step !== '*').join('.') : at.source.text.slice(at.start, at.end)
        sink.report(knowledge.newerCompose({ key, since, isRefused: older === 'refuses', oldest: OLDEST_COMPOSE, instead }, { at }))
      }
    }
  }
}

/** The keys, or the values that the feature is about. */
function placesOf(feature: ComposeFeature, tree: Tree, [step, ...rest]: readonly string[]): readonly Span[] {
  const entries = tree.kind === 'map' ? tree.entries.filter(({ key, value }) => (step === '*' || key === step) && value.kind !== 'unknown') : []
  const items = tree.kind === 'list' && step === '*' ? tree.items : []
  if (rest.length > 0) return [...entries.map(({ value }) => value), ...items].flatMap((each) => placesOf(feature, each, rest))
  if (feature.values === undefined) return entries.map(({ keySpan }) => keySpan)
  return entries.flatMap(({ value }) => (value.kind === 'scalar' && feature.values?.includes(value.text) ? [value.span] : []))
}
