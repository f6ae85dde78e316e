/** A tree out of a YAML text, and what a reader makes of it without the spans. */
import * as assert from 'uvu/assert'
import { Sink } from '../../../src/diagnostics/sink.ts'
import { parseConfig } from '../../../src/syntax/parse.ts'
import { createSource } from '../../../src/syntax/source.ts'
import type { Tree } from '../../../src/syntax/tree.ts'

/** The tree of a value that stands under a key of its own. */
export function treeOf(value: string): Tree {
  const text = /^\s*[|>]|\n/.test(value) ? `key:${/^\s*[|>]/.test(value) ? ' ' : '\n'}${value.replace(/^(?=.)/gm, '  ')}` : `key: ${value}`
  const sink = new Sink()
  const tree = parseConfig(createSource('mlstack.yaml', text), sink)?.entries[0]?.value
  assert.equal(sink.sorted(), [], text)
  assert.ok(tree, text)
  return tree
}

/** What `read` makes of the value; every diagnostic becomes `CODE at TEXT`. */
export function readWith<T>(value: string, read: (tree: Tree, sink: Sink) => T): { result: T; problems: readonly string[] } {
  const sink = new Sink()
  const result = read(treeOf(value), sink)
  const problems = sink.sorted().map(({ code, primary: { span } }) => `${code} at ${span.source.text.slice(span.start, span.end)}`)
  return { result, problems }
}

/** The same data with every `{value, span}` replaced by its value, and every other span gone. */
export function withoutSpans(data: unknown): unknown {
  if (Array.isArray(data)) return data.map(withoutSpans)
  if (typeof data !== 'object' || data === null) return data
  const entries = Object.entries(data).filter(([key]) => key !== 'span' && key !== 'keySpan')
  const isLocated = 'span' in data && 'value' in data && entries.length === 1
  return isLocated ? withoutSpans(data.value) : Object.fromEntries(entries.map(([key, value]) => [key, withoutSpans(value)]))
}
