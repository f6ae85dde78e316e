/** The roles that have a section of their own in the language, as data: a job and a service differ in rows, not in code. */
import type { Config, Role, RoleKind } from './config.ts'

export interface PredefinedRole {
  readonly name: string
  readonly kind: RoleKind
}

/** The role in which a person works, rather than a program of the project. */
export const NOTEBOOK = 'notebook'

/** The role that records what jobs do; it has an image of its own, without the project in it. */
export const TRACKING = 'tracking'

/** In the order in which roles share images and are written. */
export const PREDEFINED_ROLES: readonly PredefinedRole[] = [
  { name: 'train', kind: 'job' },
  { name: 'evaluate', kind: 'job' },
  { name: 'serve', kind: 'service' },
  { name: NOTEBOOK, kind: 'service' },
  { name: TRACKING, kind: 'service' },
]

/** The value of `server` that stands for no ready-made one. */
export const OWN_COMMAND = 'command'

/** The roles whose images have the project's code and packages. */
export function projectRoles({ roles }: Pick<Config, 'roles'>): readonly Role[] {
  return roles.filter(({ name }) => name.value !== TRACKING)
}

/** The keys of a role that are the language's own; every other one is Compose's. */
export const ROLE_KEYS: ReadonlySet<string> = new Set([
  'command',
  'datasets',
  'environment',
  'health',
  'kind',
  'metrics',
  'nodes',
  'outputs',
  'packages',
  'params',
  'port',
  'ports',
  'processes_per_node',
  'replicas',
  'require',
  'rerun',
  'resources',
  'secrets',
  'server',
  'token',
  'uri',
])

/** Where keys of Compose's may stand beside ours. */
export const COMPOSE_ON_ROLES = { roles: PREDEFINED_ROLES.map(({ name }) => name), isOwn: (key: string) => ROLE_KEYS.has(key) && key !== 'ports' }

/** In place of a path that tells a service's health: nothing is known of how it does. */
export const NO_HEALTH = 'none'
