/** Gives every node and edge its place, from the top down, by dagre. */
import { graphlib, layout } from '@dagrejs/dagre'
import type { Edge, Graph } from '../graph.ts'
import { layBlock, type Block } from './block.ts'
import { widthOf } from './text-width.ts'

export interface Point {
  readonly x: number
  readonly y: number
}

/** A node with its middle. */
export interface PlacedNode extends Block, Point {}

export interface PlacedEdge {
  readonly edge: Edge
  /** From border to border. */
  readonly points: readonly Point[]
  /** The middle of its label; undefined where it has none. */
  readonly label: Point | undefined
}

export interface Drawing {
  readonly width: number
  readonly height: number
  readonly nodes: readonly PlacedNode[]
  readonly edges: readonly PlacedEdge[]
}

const SPACING = { rankdir: 'TB', nodesep: 30, ranksep: 40, edgesep: 18, marginx: 0, marginy: 0 } as const

/** `style.ts` has the same size. */
const LABEL = { font: { size: 11.5 }, height: 16, padding: 10 }

/** How much an edge is to be short and straight: the way of the model is the middle of the picture. */
const WEIGHTS: Readonly<Record<Edge['kind'], number>> = { model: 8, flow: 2, use: 1 }

export function layGraph({ nodes, edges }: Graph): Drawing {
  const graph = new graphlib.Graph({ multigraph: true })
  graph.setGraph({ ...SPACING })
  const blocks = nodes.map(layBlock)
  for (const { node, width, height } of blocks) graph.setNode(node.id, { width, height })
  edges.forEach((edge, index) => graph.setEdge(edge.from, edge.to, { weight: WEIGHTS[edge.kind], minlen: 1, ...sizeOfLabel(edge), labelpos: 'c' }, String(index)))
  layout(graph)
  const { width = 0, height = 0 } = graph.graph() as { readonly width?: number; readonly height?: number }
  return {
    width: Math.max(width, 0),
    height: Math.max(height, 0),
    nodes: blocks.map((block) => ({ ...block, ...placeOf(graph.node(block.node.id)) })),
    edges: edges.map((edge, index) => {
      const laid = graph.edge(edge.from, edge.to, String(index)) as Partial<Point> & { readonly points: readonly Point[] }
      return { edge, points: laid.points.map(placeOf), label: edge.label === '' ? undefined : placeOf(laid) }
    }),
  }
}

function sizeOfLabel({ label }: Edge): { readonly width: number; readonly height: number } {
  return label === '' ? { width: 0, height: 0 } : { width: widthOf(label, LABEL.font) + LABEL.padding, height: LABEL.height }
}

function placeOf({ x = 0, y = 0 }: Partial<Point>): Point {
  return { x, y }
}
