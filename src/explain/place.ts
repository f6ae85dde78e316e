/** Places of the user's files as explanations give them. */
import type { Span } from '../diagnostics/diagnostic.ts'
import { positionOf } from '../diagnostics/position.ts'

/** Lines and columns from 1, columns in UTF-16 units. */
export interface PlaceView {
  readonly file: string
  readonly line: number
  readonly column: number
}

export function placeOf({ source, start }: Span): PlaceView {
  return { file: source.name, ...positionOf(source, start) }
}

/** Such as `mlstack.yaml:3`, once for each line. */
export function nameLines(places: readonly PlaceView[]): readonly string[] {
  return [...new Set(places.map(({ file, line }) => `${file}:${line}`))]
}
