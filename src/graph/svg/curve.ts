/** The line of an edge: a smooth one that leaves and arrives upright, and the head of its arrow. */
import type { Point } from './layout.ts'
import { n } from './shapes.ts'

const HEAD = { length: 8, width: 7 }

export interface Curve {
  readonly line: string
  readonly head: string
}

/** Through points of which each is further down than the one before, or further up. The line ends where the head begins. */
export function drawCurve(points: readonly Point[]): Curve {
  const [before, tip] = [points.at(-2), points.at(-1)]
  if (before === undefined || tip === undefined) return { line: '', head: '' }
  const down = Math.sign(tip.y - before.y) || 1
  const neck = { x: tip.x, y: tip.y - down * HEAD.length }
  const head = `M${at(tip)}l${n(HEAD.width / 2)},${n(-down * HEAD.length)}h${-HEAD.width}Z`
  return { line: smooth([...points.slice(0, -1), neck]), head }
}

/** Cubic pieces whose slopes are such that no piece swings out over its ends. */
function smooth(points: readonly Point[]): string {
  const slopes = points.map((point, index) => slopeAt(points[index - 1], point, points[index + 1]))
  const pieces = points.slice(1).map((point, index) => {
    const from = points[index] ?? point
    const third = (point.y - from.y) / 3
    return `C${at({ x: from.x + (slopes[index] ?? 0) * third, y: from.y + third })} ${at({ x: point.x - (slopes[index + 1] ?? 0) * third, y: point.y - third })} ${at(point)}`
  })
  return `M${at(points[0] ?? { x: 0, y: 0 })}${pieces.join('')}`
}

/** The way to the side for each step down: none at the ends and where the line turns back, else the harmonic mean of both pieces. */
function slopeAt(before: Point | undefined, { x, y }: Point, after: Point | undefined): number {
  if (before === undefined || after === undefined) return 0
  const [one, other] = [(x - before.x) / (y - before.y || 1), (after.x - x) / (after.y - y || 1)]
  return one * other <= 0 ? 0 : (2 * one * other) / (one + other)
}

function at({ x, y }: Point): string {
  return `${n(x)},${n(y)}`
}
