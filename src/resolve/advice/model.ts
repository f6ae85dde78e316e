/** A type of model that wants a GPU where nobody has thought of one. */
import type { Config } from '../../config/config.ts'
import * as advice from '../../diagnostics/catalogue/advice.ts'
import type { Sink } from '../../diagnostics/sink.ts'
import { modelOf } from '../model.ts'
import type { AdviceContext } from './context.ts'
import { addKey } from './edits.ts'

export function adviseOnModel({ config, frameworks }: AdviceContext, sink: Sink): void {
  const { type } = config.model
  const { name, gpu, gpuMemory } = modelOf(config)
  const isTrained = config.roles.some((role) => role.name.value === 'train')
  const isAble = frameworks.some(({ facts }) => facts.builds.includes('cuda'))
  if (type === undefined || gpu !== 'yes' || config.gpu !== undefined || !isTrained || !isAble || hasGpuKey(config)) return
  sink.report(advice.idleModel({ model: name, memory: gpuMemory }, { at: type.span, ...addKey(type.span, 'gpu: auto') }))
}

/** `gpu: false` is an answer, and the config keeps no trace of it. */
function hasGpuKey({ span: { source } }: Config): boolean {
  return /(?:^|[{,]\s*)["']?gpu["']?\s*:/m.test(source.text)
}
