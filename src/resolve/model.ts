/** What the type of model brings with it, and whether the framework can hold it. */
import type { Config } from '../config/config.ts'
import * as knowledge from '../diagnostics/catalogue/knowledge.ts'
import type { Sink } from '../diagnostics/sink.ts'
import { listChoices } from '../diagnostics/suggest.ts'
import { DEFAULT_MODEL, findModel, MODELS, type ModelFacts } from '../facts/models.ts'
import { titlesOf, type Requests } from './framework.ts'

/** The facts of the config's model. A type that is not known was reported by the schema, and counts as `custom`. */
export function modelOf({ model }: Config): ModelFacts {
  const facts = findModel(model.type?.value ?? DEFAULT_MODEL) ?? findModel(DEFAULT_MODEL)
  if (facts === undefined) throw new Error('the default model has no facts')
  return facts
}

/** A model that none of the frameworks has is reported at the model, with what could hold it. */
export function checkModel({ requests, isOpen, isKnown }: Requests, config: Config, sink: Sink): void {
  const { type } = config.model
  const facts = findModel(type?.value ?? DEFAULT_MODEL)
  const [first] = requests
  if (type === undefined || facts === undefined || first === undefined || isOpen || !isKnown) return
  const names = requests.map((request) => request.facts.name)
  if (facts.frameworks.some((name) => names.includes(name))) return
  const models = MODELS.filter(({ frameworks }) => frameworks.some((name) => names.includes(name))).map(({ name }) => name)
  const frameworks = titlesOf(requests)
  sink.report(
    knowledge.impossibleModel(
      { model: facts.name, frameworks, able: facts.frameworks, models: listChoices(facts.name, models) },
      { at: type.span, related: [{ span: first.span, message: `${frameworks} has no such model` }] },
    ),
  )
}
