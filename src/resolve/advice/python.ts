/** A Python that the user chose and that gets no fixes any more. */
import * as advice from '../../diagnostics/catalogue/advice.ts'
import { changeTo } from '../../diagnostics/diagnostic.ts'
import type { Sink } from '../../diagnostics/sink.ts'
import { PYTHONS } from '../../facts/images.ts'
import type { AdviceContext } from './context.ts'

export function adviseOnPython({ config, frameworks, python }: AdviceContext, sink: Sink): void {
  const { version } = config.python
  const at = PYTHONS.findIndex((known) => known.version === python)
  const since = PYTHONS[at]?.endOfLife
  if (version === undefined || since === undefined) return
  const newer = PYTHONS.slice(at + 1).find((known) => known.endOfLife === undefined && frameworks.every(({ release }) => release.python.includes(known.version)))?.version
  const fix = newer === undefined ? {} : changeTo(`"${newer}"`, version.span, `use Python ${newer}`)
  sink.report(advice.endOfLife({ python, since, newer }, { at: version.span, ...fix }))
}
