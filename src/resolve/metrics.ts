/** Whether the metrics of a gate say anything about the model. */
import type { Config } from '../config/config.ts'
import * as knowledge from '../diagnostics/catalogue/knowledge.ts'
import type { Sink } from '../diagnostics/sink.ts'
import { listChoices } from '../diagnostics/suggest.ts'
import { findKindsOfTask, kindsOfMetric, metricsOfKinds } from '../facts/models.ts'
import { modelOf } from './model.ts'

/** Warns of metrics that belong to another kind of model; names that nobody knows are the user's own. */
export function checkMetrics(config: Config, sink: Sink): void {
  const task = config.model.task?.value
  const ofTask = task === undefined ? undefined : findKindsOfTask(task)
  const facts = modelOf(config)
  const plausible = ofTask ?? facts.metrics
  if (plausible === undefined) return
  const model = task !== undefined && ofTask !== undefined ? task : facts.name
  for (const { metric } of config.roles.flatMap(({ require }) => require)) {
    const kinds = kindsOfMetric(metric.value)
    if (kinds.length === 0 || kinds.some((kind) => plausible.includes(kind))) continue
    const choices = listChoices(metric.value, metricsOfKinds(plausible))
    sink.report(knowledge.implausibleMetric({ metric: metric.value, model, choices }, { at: metric.span }))
  }
}
