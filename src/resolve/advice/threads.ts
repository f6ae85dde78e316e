/** Thread counts beyond the processors that a container may use. */
import type { Config, Role } from '../../config/config.ts'
import { literalOf } from '../../config/template.ts'
import * as advice from '../../diagnostics/catalogue/advice.ts'
import type { Sink } from '../../diagnostics/sink.ts'
import { THREAD_VARIABLES } from '../../facts/container.ts'
import type { AdviceContext } from './context.ts'
import { replaceValue } from './edits.ts'

export function adviseOnThreads({ config }: AdviceContext, sink: Sink): void {
  for (const role of config.roles) checkRole(role, config, sink)
}

function checkRole({ environment, resources }: Role, config: Config, sink: Sink): void {
  const cpus = resources.cpus ?? config.resources.cpus
  const limit = Math.ceil(Number(cpus && literalOf(cpus.value)))
  if (cpus === undefined || !(limit > 0)) return
  const own = environment.map(({ name }) => name.value)
  for (const { name, value } of [...environment, ...config.environment.filter((other) => !own.includes(other.name.value))]) {
    const threads = value && literalOf(value.value)
    if (value === undefined || threads === undefined || !THREAD_VARIABLES.includes(name.value) || !(Number(threads) > limit)) continue
    const words = { variable: name.value, threads, cpus: literalOf(cpus.value) ?? '' }
    sink.report(advice.moreThreads(words, { at: value.span, related: [{ span: cpus.span, message: 'the processors that there are' }], ...replaceValue(value.span, String(limit)) }))
  }
}
