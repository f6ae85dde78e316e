/** The outlines of nodes: a shape for each kind, around the middle of its box. */
import type { NodeKind } from '../graph.ts'
import type { Point } from './layout.ts'

export interface Box extends Point {
  readonly width: number
  readonly height: number
}

/** The data of two paths: what is filled, and lines on it. */
export interface Outline {
  readonly body: string
  readonly creases: string
}

interface Sides {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
  readonly x: number
  readonly y: number
}

interface Shape {
  readonly body: (sides: Sides) => string
  readonly creases?: (sides: Sides) => string
  /** How far its edge is below the top of the box, or above its bottom, at a place from -1 to 1 of the width. */
  readonly topAt?: (place: number, box: Box) => number
  readonly bottomAt?: (place: number, box: Box) => number
}

const LID = 7
const FOLD = 12
const TAB = { width: 52, height: 8 }
const BAR = 7

const SHAPES: Readonly<Record<NodeKind, Shape>> = {
  data: {
    body: ({ left, right, top, bottom }) => `M${at(left, top)}H${n(right - FOLD)}L${at(right, top + FOLD)}V${n(bottom)}H${n(left)}Z`,
    creases: ({ right, top }) => `M${at(right - FOLD, top)}v${FOLD}h${FOLD}`,
  },
  fetch: {
    body: (sides) => roundBox(sides, 4),
    creases: ({ left, right, top, bottom }) => `M${at(left + BAR, top)}V${n(bottom)}M${at(right - BAR, top)}V${n(bottom)}`,
  },
  job: { body: (sides) => roundBox(sides, 6) },
  gate: {
    body: ({ left, right, top, bottom, x, y }) => `M${at(x, top)}L${at(right, y)}L${at(x, bottom)}L${at(left, y)}Z`,
    topAt: (place, { height }) => (Math.abs(place) * height) / 2,
    bottomAt: (place, { height }) => (Math.abs(place) * height) / 2,
  },
  end: { body: (sides) => roundBox(sides, (sides.bottom - sides.top) / 2) },
  server: { body: (sides) => roundBox(sides, 20) },
  service: { body: (sides) => roundBox(sides, 6) },
  volume: {
    body: ({ left, right, top, bottom }) => `M${at(left, top + LID)}${lid(left, right, 1)}V${n(bottom - LID)}${lid(right, left, 1)}Z`,
    creases: ({ left, right, top }) => `M${at(left, top + LID)}${lid(left, right, 0)}`,
    topAt: (place) => LID - LID * Math.sqrt(1 - place ** 2),
    bottomAt: (place) => LID - LID * Math.sqrt(1 - place ** 2),
  },
  folder: {
    body: ({ left, right, top, bottom }) => `M${at(left, top)}h${TAB.width - TAB.height}l${TAB.height},${TAB.height}H${n(right)}V${n(bottom)}H${n(left)}Z`,
    topAt: (place, { width }) => (((place + 1) * width) / 2 < TAB.width - TAB.height ? 0 : TAB.height),
  },
}

export function outlineOf(kind: NodeKind, { x, y, width, height }: Box): Outline {
  const sides = { left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2, x, y }
  return { body: SHAPES[kind].body(sides), creases: SHAPES[kind].creases?.(sides) ?? '' }
}

/** How far the text is below the middle, where a lid or a tab is above it. */
export function shiftOf(kind: NodeKind): number {
  return kind === 'volume' ? LID : kind === 'folder' ? TAB.height / 2 : 0
}

/** Corners are round, and a diamond has no room for a line at its sides. */
function roomOf(kind: NodeKind, { width }: Box): number {
  return kind === 'gate' ? width / 4 : Math.max(0, width / 2 - 16)
}

/** Where a line that comes from above, or leaves below, meets the outline near to where it aims at. */
export function meetOutline(kind: NodeKind, box: Box, aim: number, side: 'top' | 'bottom'): Point {
  const room = roomOf(kind, box)
  const x = box.x + Math.max(-room, Math.min(room, aim - box.x))
  const place = (x - box.x) / (box.width / 2)
  const { topAt, bottomAt } = SHAPES[kind]
  return side === 'top' ? { x, y: box.y - box.height / 2 + (topAt?.(place, box) ?? 0) } : { x, y: box.y + box.height / 2 - (bottomAt?.(place, box) ?? 0) }
}

function roundBox({ left, right, top, bottom }: Sides, radius: number): string {
  const corner = (x: number, y: number) => `a${n(radius)},${n(radius)} 0 0 1 ${at(x * radius, y * radius)}`
  return `M${at(left + radius, top)}H${n(right - radius)}${corner(1, 1)}V${n(bottom - radius)}${corner(-1, 1)}H${n(left + radius)}${corner(-1, -1)}V${n(top + radius)}${corner(1, -1)}Z`
}

/** Half of an ellipse. */
function lid(from: number, to: number, sweep: 0 | 1): string {
  return `a${n(Math.abs(to - from) / 2)},${LID} 0 0 ${sweep} ${n(to - from)},0`
}

function at(x: number, y: number): string {
  return `${n(x)},${n(y)}`
}

/** A number with one place at most, and no `-0`. */
export function n(value: number): string {
  return String(Math.round(value * 10) / 10 || 0)
}
