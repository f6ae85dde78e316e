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

/** A size in a spelling that every Compose understands, or a template as it is. */
function readByteSize(tree: Tree | undefined, name: string, sink: Sink): Located<Template> | undefined {
  const template = readTemplate(tree, sink)
  const text = template && literalOf(template.value)
  if (template === undefined || text === undefined) return template
  const size = parseByteSize(text)
  if (size !== undefined) return { value: literal(size.compose), span: template.span }
  sink.report(shape.badByteSize({ name, found: text }, { at: template.span }))
  return undefined
}
