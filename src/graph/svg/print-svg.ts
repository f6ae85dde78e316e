/** Writes a graph as an SVG: text alone, without scripts, fonts or links, so that it is safe wherever it is shown. */
import { makeVisible } from '../../diagnostics/visible.ts'
import type { Graph } from '../graph.ts'
import { describeGraph } from './describe.ts'
import { FONTS, isBadge, SHEET, type TextLine } from './block.ts'
import { drawCurve } from './curve.ts'
import { layGraph, type Drawing, type PlacedEdge, type PlacedNode, type Point } from './layout.ts'
import { meetOutline, n, outlineOf, shiftOf, type Outline } from './shapes.ts'
import { PICTURE_CLASS, STYLE } from './style.ts'
import { widthOf } from './text-width.ts'

const MARGIN = 24
const HEADER = { height: 36, aboutHeight: 20, name: { size: 16, isBold: true }, about: { size: 12 } } as const

export function printSvg(graph: Graph): string {
  const drawing = layGraph(graph)
  const header = Math.max(widthOf(graph.title, HEADER.name), widthOf(graph.about, HEADER.about))
  const top = MARGIN + HEADER.height + (graph.about === '' ? 0 : HEADER.aboutHeight)
  const content = Math.max(drawing.width, header)
  const [width, height] = [Math.ceil(content + 2 * MARGIN), Math.ceil(top + drawing.height + MARGIN)]
  const lines = [
    `<svg xmlns="http://www.w3.org/2000/svg" class="${PICTURE_CLASS}" role="img" aria-labelledby="stack-title stack-desc" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<title id="stack-title">${escapeText(`The stack ${graph.title}`)}</title>`,
    `<desc id="stack-desc">${escapeText(describeGraph(graph))}</desc>`,
    `<style>\n${STYLE}\n</style>`,
    `<rect class="paper" width="${width}" height="${height}" rx="12"/>`,
    `<text class="name" x="${MARGIN}" y="${MARGIN + 14}">${escapeText(graph.title)}</text>`,
    ...(graph.about === '' ? [] : [`<text class="about" x="${MARGIN}" y="${MARGIN + 34}">${escapeText(graph.about)}</text>`]),
    `<g transform="translate(${n((width - drawing.width) / 2)} ${top})">`,
    ...printDrawing(drawing),
    '</g>',
    '</svg>',
    '',
  ]
  return lines.join('\n')
}

/** Edges lie below the nodes, and labels above all. */
function printDrawing({ nodes, edges }: Drawing): readonly string[] {
  const nodeOf = new Map(nodes.map((placed) => [placed.node.id, placed]))
  return [...edges.flatMap((edge) => printEdge(edge, nodeOf)), ...nodes.map(printNode), ...edges.flatMap(printLabel)]
}

function printEdge({ edge, points }: PlacedEdge, nodeOf: ReadonlyMap<string, PlacedNode>): readonly string[] {
  const { line, head } = drawCurve(fitEnds(points, nodeOf.get(edge.from), nodeOf.get(edge.to)))
  return [`<path class="edge ${edge.kind}" d="${line}"/>`, `<path class="head ${edge.kind}" d="${head}"/>`]
}

/** The first and the last point lie on boxes: they are moved to the outlines in them. An edge that closes a circle goes up. */
function fitEnds(points: readonly Point[], from: PlacedNode | undefined, to: PlacedNode | undefined): readonly Point[] {
  const [first, last] = [points[0], points.at(-1)]
  if (from === undefined || to === undefined || first === undefined || last === undefined) return points
  const isDown = from.y < to.y
  const start = meetOutline(from.node.kind, from, first.x, isDown ? 'bottom' : 'top')
  return [start, ...points.slice(1, -1), meetOutline(to.node.kind, to, last.x, isDown ? 'top' : 'bottom')]
}

function printLabel({ edge, label }: PlacedEdge): readonly string[] {
  return label === undefined ? [] : [`<text class="label" x="${n(label.x)}" y="${n(label.y + 4)}">${escapeText(edge.label)}</text>`]
}

function printNode(placed: PlacedNode): string {
  const { node, lines, depth } = placed
  const front = { x: placed.x - depth / 2, y: placed.y + depth / 2, width: placed.width - depth, height: placed.height - depth }
  const shifts = Array.from({ length: depth / SHEET + 1 }, (_, index) => depth - index * SHEET)
  const outlines = shifts.map((shift) => printOutline(outlineOf(node.kind, { ...front, x: front.x + shift, y: front.y - shift })))
  const height = lines.reduce((sum, line) => sum + line.height, 0)
  const top = front.y - height / 2 + shiftOf(node.kind)
  const texts = lines.map((line, index) => printLine(line, front.x, top + lines.slice(0, index).reduce((sum, each) => sum + each.height, 0)))
  return `<g class="node ${node.kind}${node.isOnRequest ? ' asked' : ''}">${outlines.join('')}${texts.join('')}</g>`
}

function printOutline({ body, creases }: Outline): string {
  return `<path d="${body}"/>${creases === '' ? '' : `<path class="crease" d="${creases}"/>`}`
}

const BADGE_HEIGHT = 17

function printLine({ look, text, width, height }: TextLine, x: number, top: number): string {
  const middle = top + height / 2
  const badge = isBadge(look) ? `<rect x="${n(x - width / 2)}" y="${n(middle - BADGE_HEIGHT / 2)}" width="${n(width)}" height="${BADGE_HEIGHT}" rx="${BADGE_HEIGHT / 2}"/>` : ''
  // A third of a letter's size below the middle is where most letters stand.
  return `${badge}<text class="${look}" x="${n(x)}" y="${n(middle + FONTS[look].size * 0.35)}">${escapeText(text)}</text>`
}

function escapeText(text: string): string {
  return makeVisible(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
