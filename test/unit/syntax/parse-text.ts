/** Parses a text or bytes as the compiler does, and tells each diagnostic by its code and place. */
import type { Diagnostic } from '../../../src/diagnostics/diagnostic.ts'
import { positionOf } from '../../../src/diagnostics/position.ts'
import { Sink } from '../../../src/diagnostics/sink.ts'
import { parseConfig } from '../../../src/syntax/parse.ts'
import { decodeSource } from '../../../src/syntax/source.ts'
import type { MapTree } from '../../../src/syntax/tree.ts'

export interface Parsed {
  readonly tree: MapTree | undefined
  readonly diagnostics: readonly Diagnostic[]
  /** Such as `MLS1012 3:1`. */
  readonly found: readonly string[]
}

export function parseText(text: string | Uint8Array): Parsed {
  const sink = new Sink()
  const { source, isUsable } = decodeSource('mlstack.yaml', typeof text === 'string' ? new TextEncoder().encode(text) : text, sink)
  const tree = isUsable ? parseConfig(source, sink) : undefined
  const diagnostics = sink.sorted()
  return { tree, diagnostics, found: diagnostics.map(tellPlace) }
}

function tellPlace({ code, primary }: Diagnostic): string {
  const { line, column } = positionOf(primary.span.source, primary.span.start)
  return `${code} ${line}:${column}`
}

/** The marked text of a diagnostic. */
export function markedBy({ primary }: Diagnostic): string {
  return primary.span.source.text.slice(primary.span.start, primary.span.end)
}
