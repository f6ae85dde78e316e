/** The text of a node, line by line, with the size that the node needs for it. */
import { makeVisible } from '../../diagnostics/visible.ts'
import type { GraphNode, Line, NodeKind } from '../graph.ts'
import { shorten, widthOf, type Font } from './text-width.ts'

export interface TextLine {
  readonly text: string
  /** The class of its look. */
  readonly look: 'what' | 'title' | Line['kind']
  readonly width: number
  readonly height: number
}

/** A node as it is drawn. */
export interface Block {
  readonly node: GraphNode
  readonly lines: readonly TextLine[]
  readonly width: number
  readonly height: number
  /** How far the front one of several sheets lies before the last one. */
  readonly depth: number
}

/** Sheets behind the first one, for several containers of the same kind. */
const MOST_SHEETS = 2
export const SHEET = 5

/** `style.ts` has the same sizes. */
export const FONTS: Readonly<Record<TextLine['look'], Font>> = {
  what: { size: 11 },
  title: { size: 14, isBold: true },
  code: { size: 12, isMono: true },
  words: { size: 12 },
  port: { size: 11, isMono: true, isBold: true },
  gpu: { size: 11, isBold: true },
}

const HEIGHTS: Readonly<Record<TextLine['look'], number>> = { what: 15, title: 19, code: 17, words: 17, port: 23, gpu: 23 }
const WIDEST = 250
const BADGE_PADDING = 9

/** Beside and above the text. */
const PADDING = { x: 16, y: 9 }
const LEAST_WIDTH = 96

export function layBlock(node: GraphNode): Block {
  const lines = linesOf(node)
  const width = Math.max(0, ...lines.map((line) => line.width))
  const height = lines.reduce((sum, line) => sum + line.height, 0)
  const front = sizeOf(node.kind, { width, height })
  const depth = SHEET * Math.min(node.copies - 1, MOST_SHEETS)
  return { node, lines, depth, width: front.width + depth, height: front.height + depth }
}

function linesOf({ kind, what, title, lines }: GraphNode): readonly TextLine[] {
  const look = kind === 'end' ? 'words' : kind === 'gate' ? 'code' : 'title'
  return [...(what === '' ? [] : [layLine('what', what)]), ...title.split('\n').map((text) => layLine(look, text)), ...lines.map((line) => layLine(line.kind, line.text))]
}

function layLine(look: TextLine['look'], text: string): TextLine {
  const font = FONTS[look]
  // Of a command the beginning tells most; of a path, an address or a requirement both ends do.
  const isCommand = look === 'code' && text.includes(' ') && !/[≥≤=<>] /.test(text)
  const shown = shorten(makeVisible(text), WIDEST, font, isCommand ? 'end' : 'middle')
  return { look, text: shown, width: widthOf(shown, font) + (isBadge(look) ? 2 * BADGE_PADDING : 0), height: HEIGHTS[look] }
}

/** What is written on a patch of its own. */
export function isBadge(look: TextLine['look']): boolean {
  return look === 'port' || look === 'gpu'
}

interface Size {
  readonly width: number
  readonly height: number
}

/** Room for the lid of a cylinder, the tab of a folder and the bars of a fetch. */
const EXTRA: Readonly<Partial<Record<NodeKind, Size>>> = { volume: { width: 0, height: 14 }, folder: { width: 0, height: 8 }, fetch: { width: 14, height: 0 }, server: { width: 8, height: 0 } }

/** Whole even numbers, so that lines lie on pixels. */
function sizeOf(kind: NodeKind, { width, height }: Size): Size {
  if (kind === 'gate') return diamondAround({ width: width + 8, height: height + 6 })
  const extra = EXTRA[kind] ?? { width: 0, height: 0 }
  const least = kind === 'end' ? 0 : LEAST_WIDTH
  return { width: even(Math.max(least, width + 2 * PADDING.x) + extra.width), height: even(height + 2 * (kind === 'end' ? 4 : PADDING.y) + extra.height) }
}

/** The text's corners lie on the sides where the two shares make one. The wider the text, the more of the width it takes. */
function diamondAround({ width, height }: Size): Size {
  const share = 0.62
  return { width: even(width / share), height: even(height / (1 - share)) }
}

function even(size: number): number {
  return 2 * Math.ceil(size / 2)
}
