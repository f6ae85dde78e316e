/** Datasets on a drive of Windows, as WSL mounts them. */
import { literalOf } from '../../config/template.ts'
import * as advice from '../../diagnostics/catalogue/advice.ts'
import type { Sink } from '../../diagnostics/sink.ts'
import type { AdviceContext } from './context.ts'

export function adviseOnData({ config }: AdviceContext, sink: Sink): void {
  for (const { source } of config.datasets) {
    const path = literalOf(source.value)
    if (path !== undefined && /^\/mnt\/[c-z](?:\/|$)/.test(path)) sink.report(advice.windowsDrive({ path }, { at: source.span }))
  }
}
