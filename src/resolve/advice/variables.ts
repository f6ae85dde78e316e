/** Variables that do nothing, hide what matters, or lead to other CUDA libraries. */
import type { Variable } from '../../config/config.ts'
import { literalOf, textWithReferences } from '../../config/template.ts'
import * as advice from '../../diagnostics/catalogue/advice.ts'
import { changeTo } from '../../diagnostics/diagnostic.ts'
import type { Sink } from '../../diagnostics/sink.ts'
import { findHarmful, isUnverified, type HarmfulVariable } from '../../facts/variables.ts'
import { variablesOf, type Matter } from './context.ts'
import { replaceValue } from './edits.ts'

const CUDA_LIBRARIES = /\/cuda[^:/]*\/(?:[^:]*\/)?lib|\/cudnn[^:/]*\/lib/

export function adviseOnVariables(matter: Matter, sink: Sink): void {
  const { config } = matter
  for (const { name, value } of [...variablesOf(config), ...config.build.args]) {
    if (value === undefined) continue
    const text = literalOf(value.value)
    if (isUnverified(name.value, text ?? 'unknown')) sink.report(advice.unverified({ what: `${name.value}${text ? `=${text}` : ''}` }, { at: name.span }))
    const harmful = findHarmful(name.value, text ?? 'unknown')
    if (harmful !== undefined && concerns(harmful, matter)) sink.report(describe(harmful, { name, value }))
  }
  checkLibraries(matter, sink)
}

/** Some are harmful beside a framework with a GPU alone. */
function concerns({ framework }: HarmfulVariable, { config, frameworks }: Matter): boolean {
  return framework === undefined || (config.gpu !== undefined && frameworks.some(({ facts }) => facts.name === framework))
}

function describe({ why, help, instead, value: better }: HarmfulVariable, { name, value }: Variable) {
  const fix = instead !== undefined ? changeTo(instead, name.span) : better !== undefined && value !== undefined ? replaceValue(value.span, better) : {}
  return advice.harmfulVariable({ variable: name.value, why, help }, { at: name.span, ...fix })
}

function checkLibraries({ config, frameworks }: Matter, sink: Sink): void {
  const bringing = frameworks.find(({ build, release }) => build === 'cuda' && release.cuda.length > 0)
  if (bringing === undefined) return
  for (const { name, value } of variablesOf(config)) {
    if (name.value !== 'LD_LIBRARY_PATH' || value === undefined) continue
    const text = textWithReferences(value.value)
    if (!CUDA_LIBRARIES.test(text)) continue
    sink.report(advice.otherCudaLibraries({ variable: name.value, framework: bringing.facts.title }, { at: name.span, related: [{ span: bringing.place, message: 'its wheels bring their own' }] }))
  }
}
