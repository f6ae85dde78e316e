/** `model`: a type, or a mapping with a task and a source. */
import type { Sink } from '../../diagnostics/sink.ts'
import type { Tree } from '../../syntax/tree.ts'
import type { ModelChoice, ModelSource } from '../config.ts'
import { fieldOf, readText, readTexts } from '../read.ts'

export function normalizeModel(tree: Tree | undefined, sink: Sink): ModelChoice {
  if (tree?.kind !== 'map') return { type: readText(tree, 'model', sink), task: undefined, source: undefined }
  return {
    type: readText(fieldOf(tree, 'type'), 'model.type', sink),
    task: readText(fieldOf(tree, 'task'), 'model.task', sink),
    source: normalizeSource(fieldOf(tree, 'source'), sink),
  }
}

function normalizeSource(tree: Tree | undefined, sink: Sink): ModelSource | undefined {
  const source = readText(tree?.kind === 'map' ? fieldOf(tree, 'source') : tree, 'model.source', sink)
  if (source === undefined) return undefined
  return { source, sha256: readText(fieldOf(tree, 'sha256'), 'model.source.sha256', sink), include: readTexts(fieldOf(tree, 'include'), 'model.source.include', sink) }
}
