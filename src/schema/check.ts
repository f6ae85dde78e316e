/** The shape of a config: what the schema refuses is said and taken out. */
import type { Sink } from '../diagnostics/sink.ts'
import type { MapTree } from '../syntax/tree.ts'
import { pruneTree } from './prune.ts'
import { translateErrors } from './translate.ts'
import { validateShape } from './validate.ts'

/** Reports MLS11xx. What is left has values that can be read, and `unknown` where there was a wrong one. */
export function checkShape(tree: MapTree, sink: Sink): MapTree {
  const findings = translateErrors(validateShape(tree), tree)
  for (const { diagnostic } of findings) sink.report(diagnostic)
  const wrong = findings.map(({ steps }) => steps).filter((steps) => steps.length > 0)
  return pruneTree(tree, wrong) as MapTree
}
