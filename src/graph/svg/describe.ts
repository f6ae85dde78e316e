/** A graph in words, for those who do not see it. */
import type { Graph } from '../graph.ts'

export function describeGraph({ nodes, edges }: Graph): string {
  const nameOf = new Map(nodes.map(({ id, kind, what, title }) => [id, kind === 'gate' ? `the gate ${title.replaceAll('\n', ' and ')}` : kind === 'end' ? title : `${title} (${what})`]))
  const sentences = edges.map(({ from, to, label }) => `${nameOf.get(from)} → ${nameOf.get(to)}${label === '' ? '' : `: ${label}`}`)
  const joined = new Set(edges.flatMap(({ from, to }) => [from, to]))
  const alone = nodes.filter(({ id }) => !joined.has(id)).map(({ id }) => `${nameOf.get(id)}`)
  return [...sentences, ...alone].join('; ')
}
