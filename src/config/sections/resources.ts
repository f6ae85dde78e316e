/** `resources`: processors, memory, shared memory and process counts; references are Compose's to fill in. */
import * as shape from '../../diagnostics/catalogue/shape.ts'
import type { Sink } from '../../diagnostics/sink.ts'
import type { Tree } from '../../syntax/tree.ts'
import { parseByteSize } from '../byte-size.ts'
import type { Resources } from '../config.ts'
import type { Located } from '../located.ts'
import { fieldOf, readTemplate } from '../read.ts'
import { literal, literalOf, type Template } from '../template.ts'

export function normalizeResources(tree: Tree | undefined, sink: Sink): Resources {
  return {
    cpus: readTemplate(fieldOf(tree, 'cpus'), sink),
    memory: readByteSize(fieldOf(tree, 'memory'), 'memory', sink),
    shmSize: readByteSize(fieldOf(tree, 'shm_size'), 'shm_size', sink),
    pids: readTemplate(fieldOf(tree, 'pids'), sink),
  }
}

/** Docker starts no container with less memory; shared memory comes in pages. */
const LEAST: Readonly<Record<string, { readonly bytes: number; readonly text: string }>> = {
  memory: { bytes: 6 * 1024 ** 2, text: '6m' },
  shm_size: { bytes: 4096, text: '4k' },
}

/** A size in a spelling that every Compose understands, or a template as it is. */
function readByteSize(tree: Tree | undefined, name: string, sink: Sink): Located<Template> | undefined {
  const template = readTemplate(tree, sink)
  const text = template && literalOf(template.value)
  if (template === undefined || text === undefined) return template
  const size = parseByteSize(text)
  const least = LEAST[name]
  if (size !== undefined && least !== undefined && size.bytes < least.bytes) {
    sink.report(shape.outOfRange({ name, found: text, limit: `at least ${least.text}, where a number without a unit counts bytes` }, { at: template.span }))
    return undefined
  }
  if (size !== undefined) return { value: literal(size.compose), span: template.span }
  sink.report(shape.badByteSize({ name, found: text }, { at: template.span }))
  return undefined
}
