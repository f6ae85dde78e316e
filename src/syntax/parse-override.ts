/** Reads a Compose file that is laid over another one: YAML with the two tags that Compose has for that. */
import type { Source } from '../diagnostics/diagnostic.ts'
import type { Sink } from '../diagnostics/sink.ts'
import { parseConfig } from './parse.ts'
import { createSource, decodeSource } from './source.ts'
import type { Entry, MapTree, Tree } from './tree.ts'

const TAG = /(?<=[:,[{-]\s+|[[{])!(reset|override)(?=[\s,\]}]|$)/gm

/** What is reset is left out of the tree: it has no value. Undefined where the file has errors; each is reported. */
export function parseOverride(name: string, text: string, sink: Sink): MapTree | undefined {
  const resets: number[] = []
  // As long as the tag, so that every place stays where it is.
  const untagged = text.replace(TAG, (tag, kind: string, offset: number) => {
    if (kind === 'reset') resets.push(offset + tag.length)
    return ' '.repeat(tag.length)
  })
  const { source, isUsable } = decodeSource(name, new TextEncoder().encode(untagged), sink)
  const root = isUsable ? parseConfig(source, sink) : undefined
  return root === undefined ? undefined : (dropReset(root, { text: untagged, resets, written: createSource(name, source.text === untagged ? text : source.text) }) as MapTree)
}

interface Tagged {
  readonly text: string
  /** Where each tag ends. */
  readonly resets: readonly number[]
  /** The file as it is, for excerpts. */
  readonly written: Source
}

function dropReset(tree: Tree, tagged: Tagged): Tree {
  const span = { ...tree.span, source: tagged.written }
  if (tree.kind === 'list') return { ...tree, items: tree.items.map((item) => dropReset(item, tagged)), span }
  if (tree.kind !== 'map') return { ...tree, span }
  const entries = tree.entries.filter((entry) => !isReset(entry, tagged))
  return { ...tree, entries: entries.map(({ key, keySpan, value }) => ({ key, keySpan: { ...keySpan, source: tagged.written }, value: dropReset(value, tagged) })), span }
}

/** Whether a tag stands between a key and its value. */
function isReset({ keySpan, value }: Entry, { text, resets }: Tagged): boolean {
  const start = Math.max(value.span.start, keySpan.end)
  return resets.some((end) => end > keySpan.end && (end <= start || text.slice(keySpan.end, end).trim() === ':'))
}
