/** What a job has of tracking: where it records, and under which name. */
import type { Config, Role } from '../config/config.ts'
import { TRACKING } from '../config/roles.ts'
import { literal } from '../config/template.ts'
import { TRACKING_VOLUME } from '../facts/container.ts'
import { fillTracking, trackingFacts } from '../facts/tracking.ts'
import { portOf } from './resolved.ts'
import { factsOf } from './role-kinds.ts'
import type { Mount, Variable, Volume } from './stack.ts'
import type { VariablesInput } from './variables.ts'

type Tracked = Pick<Config, 'tracking' | 'roles'>

/** The address of the server, or the folder that it reads. */
export function trackingVariables(role: Role, { tracking, roles }: Tracked): readonly (readonly [name: string, value: string])[] {
  if (tracking === undefined || !factsOf(role).isTracked) return []
  const facts = trackingFacts(tracking.kind)
  const server = roles.find(({ name }) => name.value === TRACKING)
  const port = server === undefined ? undefined : portOf(server)
  const ours = fillTracking(facts.variable.value, facts, port ?? facts.port).replace('{role}', role.name.value)
  return [[facts.variable.name, tracking.uri?.value ?? ours]]
}

/** What the user may set otherwise: of the server, and of a job, where it is the project's name, under which its runs are kept. */
export function trackingDefaults({ role, project, given: { config: { tracking } } }: VariablesInput): readonly Variable[] {
  if (tracking === undefined) return []
  const facts = trackingFacts(tracking.kind)
  const port = portOf(role)
  if (role.name.value === TRACKING && port !== undefined) return facts.variables.map((setting) => ({ ...setting, value: literal(fillTracking(setting.value, facts, port)) }))
  if (project === undefined || !factsOf(role).isTracked) return []
  const name = facts.projectVariable === undefined ? [] : [{ name: facts.projectVariable, value: literal(project) }]
  return [...name, ...facts.client.variables.map((setting) => ({ ...setting, value: literal(setting.value) }))]
}

/** The folder that the server reads, where jobs write it themselves. */
export function trackingMounts(role: Role, { tracking }: Tracked): readonly Mount[] {
  if (tracking === undefined || !factsOf(role).isTracked || !trackingFacts(tracking.kind).isShared) return []
  return [{ kind: 'volume', source: TRACKING_VOLUME, target: trackingFacts(tracking.kind).folder, isReadOnly: false }]
}

export function planTrackingVolume({ roles }: Tracked): readonly Volume[] {
  return roles.some(({ name }) => name.value === TRACKING) ? [{ name: TRACKING_VOLUME, purpose: 'What tracking has recorded of all runs; nothing makes it anew' }] : []
}
