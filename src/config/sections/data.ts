/** What comes in and goes out of jobs: `datasets`, `outputs`, `params` and `cache`. */
import type { Sink } from '../../diagnostics/sink.ts'
import type { Tree } from '../../syntax/tree.ts'
import type { Cache, Dataset, Output, Params } from '../config.ts'
import type { Located } from '../located.ts'
import { asMap, entriesOf, fieldOf, itemsOf, readFlag, readTemplate, readText, readTexts, readVerbatim } from '../read.ts'

export function normalizeDatasets(tree: Tree | undefined, sink: Sink): readonly Dataset[] {
  return entriesOf(tree).flatMap(({ key, keySpan, value }) => {
    const map = asMap(value)
    const source = readTemplate(map === undefined ? value : fieldOf(map, 'source'), sink)
    if (source === undefined) return []
    const targets = fieldOf(map, 'for')
    return {
      name: { value: key, span: keySpan },
      source,
      mount: readText(fieldOf(map, 'mount'), `datasets.${key}.mount`, sink),
      sha256: readText(fieldOf(map, 'sha256'), `datasets.${key}.sha256`, sink),
      extract: readFlag(fieldOf(map, 'extract')) ?? { value: 'auto', span: value.span },
      access: (readVerbatim(fieldOf(map, 'access')) as Located<'ro' | 'rw'> | undefined) ?? { value: 'ro', span: value.span },
      include: readTexts(fieldOf(map, 'include'), `datasets.${key}.include`, sink),
      for: targets && readTexts(targets, `datasets.${key}.for`, sink),
      check: readVerbatim(fieldOf(map, 'check')) as Located<'content' | 'stat' | 'none'> | undefined,
    }
  })
}

/** A list of paths, or a mapping from names to paths or to mappings. */
export function normalizeOutputs(tree: Tree | undefined, sink: Sink): readonly Output[] {
  if (tree?.kind !== 'map') {
    return itemsOf(tree).flatMap((item) => {
      const path = readTemplate(item, sink)
      return path === undefined ? [] : { name: undefined, path, target: undefined }
    })
  }
  return entriesOf(tree).flatMap(({ key, keySpan, value }) => {
    const path = readTemplate(value.kind === 'map' ? fieldOf(value, 'path') : value, sink)
    if (path === undefined) return []
    return { name: { value: key, span: keySpan }, path, target: readText(fieldOf(value, 'target'), `outputs.${key}.target`, sink) }
  })
}

/** A file's name, a mapping of values, or a mapping with `file` and `values`. */
export function normalizeParams(tree: Tree | undefined, sink: Sink): Params | undefined {
  if (tree === undefined) return undefined
  if (tree.kind !== 'map') return { span: tree.span, file: readText(tree, 'params', sink), values: undefined }
  const isLongForm = tree.entries.length > 0 && tree.entries.every(({ key }) => key === 'file' || key === 'values')
  if (!isLongForm) return { span: tree.span, file: undefined, values: tree }
  return { span: tree.span, file: readText(fieldOf(tree, 'file'), 'params.file', sink), values: fieldOf(tree, 'values') }
}

export function normalizeCache(tree: Tree | undefined, sink: Sink): Cache {
  if (tree?.kind === 'map') return { scope: 'shared', name: readText(fieldOf(tree, 'name'), 'cache.name', sink) }
  if (readFlag(tree)?.value === false) return { scope: 'none', name: undefined }
  return { scope: readVerbatim(tree)?.value === 'shared' ? 'shared' : 'project', name: undefined }
}
