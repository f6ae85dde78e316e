/** GPUs that are chosen by a variable, beside or against `gpu`. */
import type { Config, Variable } from '../../config/config.ts'
import { literalOf } from '../../config/template.ts'
import * as advice from '../../diagnostics/catalogue/advice.ts'
import type { Label } from '../../diagnostics/diagnostic.ts'
import type { Sink } from '../../diagnostics/sink.ts'
import { variablesOf, type AdviceContext } from './context.ts'

const NUMBERS = /^\d+(?:\s*,\s*\d+)*$/

export function adviseOnDevices({ config }: AdviceContext, sink: Sink): void {
  for (const variable of variablesOf(config)) {
    const text = variable.value && literalOf(variable.value.value)
    if (text === undefined) continue
    if (variable.name.value === 'CUDA_VISIBLE_DEVICES') checkVisible(variable, text, config, sink)
    // `none` and `void` take the GPU away, which is what is meant.
    if (variable.name.value === 'NVIDIA_VISIBLE_DEVICES' && (text === 'all' ? config.gpu?.count.value !== 'all' : NUMBERS.test(text))) {
      report(variable, 'gives GPUs past `gpu` on machines with the NVIDIA runtime, and none elsewhere', text === 'all' ? 'all' : `[${text}]`, config, sink)
    }
  }
}

/** Numbers that the container has are fine, and no number at all hides the GPUs on purpose. */
function checkVisible(variable: Variable, text: string, config: Config, sink: Sink): void {
  if (!NUMBERS.test(text)) return
  const { gpu } = config
  const numbers = text.split(',').map(Number)
  const count = gpu === undefined ? 0 : gpu.deviceIds.length > 0 ? gpu.deviceIds.length : gpu.count.value
  if (typeof count !== 'number' || numbers.every((number) => number < count)) return
  const why = gpu === undefined ? 'chooses among GPUs, and the container gets none' : `names a GPU that the container does not have: it gets ${count}, counted from 0`
  report(variable, why, `[${numbers.join(', ')}]`, config, sink)
}

function report({ name, value }: Variable, why: string, ids: string, { gpu }: Config, sink: Sink): void {
  const related: readonly Label[] = gpu === undefined ? [] : [{ span: gpu.span, message: 'this decides which GPUs there are' }]
  sink.report(advice.gpuByVariable({ variable: name.value, why, help: `remove it, and write gpu: ${ids}` }, { at: (value ?? name).span, related }))
}
