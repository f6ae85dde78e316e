/** `gpu`: a flag, a count, `all`, `auto`, a list of device ids, or a mapping. */
import * as shape from '../../diagnostics/catalogue/shape.ts'
import type { Sink } from '../../diagnostics/sink.ts'
import type { Tree } from '../../syntax/tree.ts'
import type { GpuChoice } from '../config.ts'
import type { Located } from '../located.ts'
import { fieldOf, itemsOf, readNumber, readTemplate, readText, readTexts, readVerbatim } from '../read.ts'

/** Undefined where no GPU is asked for. */
export function normalizeGpu(tree: Tree | undefined, sink: Sink): GpuChoice | undefined {
  if (tree === undefined || tree.kind === 'unknown') return undefined
  const isMapping = tree.kind === 'map'
  const count = readCount(isMapping ? fieldOf(tree, 'count') : tree.kind === 'list' ? undefined : tree, sink)
  if (count === 'none') return undefined
  const ids = isMapping ? fieldOf(tree, 'device_ids') : tree.kind === 'list' ? tree : undefined
  const targets = fieldOf(tree, 'for')
  return {
    span: tree.span,
    count: count ?? { value: 1, span: tree.span },
    deviceIds: itemsOf(ids).flatMap((item) => readTemplate(item, sink) ?? []),
    vendor: readText(fieldOf(tree, 'vendor'), 'gpu.vendor', sink) as Located<'nvidia' | 'amd'> | undefined,
    memory: readText(fieldOf(tree, 'memory'), 'gpu.memory', sink),
    cuda: readText(fieldOf(tree, 'cuda'), 'gpu.cuda', sink),
    arch: readTexts(fieldOf(tree, 'arch'), 'gpu.arch', sink),
    driver: readText(fieldOf(tree, 'driver'), 'gpu.driver', sink),
    capabilities: readTexts(fieldOf(tree, 'capabilities'), 'gpu.capabilities', sink),
    for: targets && readTexts(targets, 'gpu.for', sink),
  }
}

function readCount(tree: Tree | undefined, sink: Sink): Located<number | 'all' | 'auto'> | 'none' | undefined {
  if (tree?.kind !== 'scalar') return undefined
  if (tree.value === false) return 'none'
  if (tree.value === true) return { value: 1, span: tree.span }
  const word = readVerbatim(tree)?.value
  if (word === 'all' || word === 'auto') return { value: word, span: tree.span }
  const count = readNumber(tree)
  if (count?.value !== 0) return count
  const edits = [{ span: tree.span, text: 'false' }]
  sink.report(shape.gpuZero({}, { at: tree.span, fix: { title: 'use no GPU', edits } }))
  return 'none'
}
