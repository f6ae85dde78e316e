/** Several nodes: what is known to fail on them, by the version of the framework. */
import * as nodes from '../../diagnostics/catalogue/nodes.ts'
import type { Sink } from '../../diagnostics/sink.ts'
import { BROKEN_ON_NODES } from '../../facts/distributed.ts'
import { isInRange } from '../specifier.ts'
import type { AdviceContext } from './context.ts'

export function adviseOnDistributed({ config, frameworks }: AdviceContext, sink: Sink): void {
  for (const { nodes: count } of config.roles) {
    if (count === undefined || count.value < 2) continue
    for (const { framework, versions, what, instead } of BROKEN_ON_NODES) {
      const found = frameworks.find(({ facts, version }) => facts.name === framework && isInRange(version, versions))
      if (found !== undefined) sink.report(nodes.brokenOnNodes({ what, instead }, { at: count.span, related: [{ span: found.place, message: `${found.facts.title} ${found.version}` }] }))
    }
  }
}
