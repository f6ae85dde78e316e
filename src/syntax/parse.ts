/** Text to tree: YAML 1.2 core with aliases and merge keys followed, and every problem of the text reported. */
import { Composer, Parser, type Document, type ParsedNode } from 'yaml'
import * as shape from '../diagnostics/catalogue/shape.ts'
import type { Source } from '../diagnostics/diagnostic.ts'
import type { Sink } from '../diagnostics/sink.ts'
import { buildTree } from './build-tree.ts'
import { inspectTokens } from './inspect.ts'
import type { MapTree, Tree } from './tree.ts'
import { describeYamlError } from './yaml-errors.ts'

/** Parses a file that is no config of ours. Undefined where the text has errors, which are reported, or nothing at all. */
export function parseYaml(source: Source, sink: Sink): Tree | undefined {
  const document = composeDocument(source, sink)
  return document === undefined || document.contents === null ? undefined : buildTree(document.contents, source, sink)
}

/** Parses a config. Undefined where the text has errors or its root is no mapping; each is reported. */
export function parseConfig(source: Source, sink: Sink): MapTree | undefined {
  const document = composeDocument(source, sink)
  if (document === undefined) return undefined
  const start = { source, start: 0, end: 0 }
  if (document.contents === null || isEmptyScalar(document.contents)) {
    sink.report(shape.emptyConfig({}, { at: start }))
    return undefined
  }
  const tree = buildTree(document.contents, source, sink)
  if (tree === undefined) return undefined
  if (tree.kind === 'map') return tree
  sink.report(shape.rootNotMapping({ found: tree.kind === 'list' ? 'a list' : 'a single value' }, { at: start }))
  return undefined
}

function composeDocument(source: Source, sink: Sink): Document.Parsed | undefined {
  const tokens = [...new Parser().parse(source.text)]
  if (!inspectTokens(tokens, source, sink)) return undefined
  // Our own pass finds duplicates in linear time (the library's is quadratic) and follows `<<` with spans.
  const composer = new Composer({ version: '1.2', schema: 'core', uniqueKeys: false, merge: false, prettyErrors: false, logLevel: 'silent' })
  const [document] = [...composer.compose(tokens, true, source.text.length)]
  if (document === undefined) return undefined
  const [first] = [...document.errors].sort((a, b) => a.pos[0] - b.pos[0])
  if (first === undefined) return document as Document.Parsed
  sink.report(describeYamlError(first, tokens, source))
  return undefined
}

function isEmptyScalar(node: ParsedNode): boolean {
  return 'value' in node && node.value === null && node.range[0] === node.range[1]
}
