/** What a job sees of tracking: where its runs are recorded, and under which name. */
import type { Config, Role } from '../config/config.ts'
import { TRACKING } from '../config/roles.ts'
import { literal } from '../config/template.ts'
import { TRACKING_VOLUME } from '../facts/container.ts'
import { fillTracking, trackingFacts } from '../facts/tracking.ts'
import { portOf } from './resolved.ts'
import { factsOf } from './role-kinds.ts'
import type { Variable, Volume } from './stack.ts'
import type { VariablesInput } from './variables.ts'

/** The address of the server. */
export function trackingVariables(role: Role, { tracking, roles }: Config): readonly (readonly [name: string, value: string])[] {
  const server = roles.find(({ name }) => name.value === TRACKING)
  const port = server && portOf(server)
  if (tracking === undefined || port === undefined || !factsOf(role).isTracked) return []
  const facts = trackingFacts(tracking.kind)
  return [[facts.variable.name, fillTracking(facts.variable.value, facts, port)]]
}

/** What the user may set otherwise: of the server, and of a job, where it is the project's name, under which its runs are kept. */
export function trackingDefaults({ role, project, given: { config: { tracking } } }: VariablesInput): readonly Variable[] {
  if (tracking === undefined) return []
  const facts = trackingFacts(tracking.kind)
  const port = portOf(role)
  if (role.name.value === TRACKING && port !== undefined) return facts.variables.map((setting) => ({ ...setting, value: literal(fillTracking(setting.value, facts, port)) }))
  if (project === undefined || !factsOf(role).isTracked) return []
  return [{ name: facts.projectVariable, value: literal(project) }, ...facts.client.variables.map((setting) => ({ ...setting, value: literal(setting.value) }))]
}

export function planTrackingVolume({ roles }: Config): readonly Volume[] {
  return roles.some(({ name }) => name.value === TRACKING) ? [{ name: TRACKING_VOLUME, purpose: 'What tracking has recorded of all runs; nothing makes it anew' }] : []
}
