/** The picture of a stack, in the notation that was asked for. */
import type { Stack } from '../plan/stack.ts'
import { buildGraph } from './build-graph.ts'
import { printMermaid } from './mermaid.ts'
import { printSvg } from './svg/print-svg.ts'

export type GraphFormat = 'svg' | 'mermaid'

/** The same bytes for the same stack. */
export function drawStack(stack: Stack, format: GraphFormat): string {
  const graph = buildGraph(stack)
  return format === 'svg' ? printSvg(graph) : printMermaid(graph)
}
