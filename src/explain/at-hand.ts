/** The config at hand as `explain` sees it: what stands in it, and what was decided of it. */
import type { ConfigFile } from '../compile.ts'
import type { Span } from '../diagnostics/diagnostic.ts'
import { collectSecrets, concealSecrets } from '../diagnostics/secrets.ts'
import { explain, type Explanation } from '../explain.ts'
import type { Project } from '../project/project.ts'
import { viewDecision, type DecisionView } from './decisions.ts'
import { findGiven, type Given } from './given.ts'

export interface ConfigAtHand extends Explanation {
  /** What the config has at a key; secrets are masked. */
  readonly givenAt: (steps: readonly string[]) => readonly Given[]
  /** What was decided of a key, or follows from what stands there. */
  readonly decisionsAt: (steps: readonly string[]) => readonly DecisionView[]
}

export function lookAt(config: ConfigFile, project: Project, variant?: string): ConfigAtHand {
  const explanation = explain(config, project, variant)
  const secrets = collectSecrets(explanation.diagnostics)
  const decisions = [...explanation.images, ...explanation.services].flatMap((part) => part.decisions)
  const givenAt = (steps: readonly string[]) => findGiven({ ...config, variant }, steps, (text) => concealSecrets(text, secrets))
  const decisionsAt = (steps: readonly string[]) => {
    const places = givenAt(steps).filter(({ shortOf }) => shortOf === undefined).map(({ span }) => span)
    const isAbout = ({ source, start, end }: Span) => places.some((place) => place.source.name === source.name && place.start <= start && end <= place.end)
    const views = decisions.filter(({ subject, spans }) => subject === steps.join('.') || spans.some(isAbout)).map(viewDecision)
    return views.filter((view, index) => views.findIndex((other) => JSON.stringify(other) === JSON.stringify(view)) === index)
  }
  return { ...explanation, givenAt, decisionsAt }
}
