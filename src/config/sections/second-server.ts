/** A service of the user's with neither image nor build: a second server, in the image of `serve`, with its environment and behind its gate. */
import * as shape from '../../diagnostics/catalogue/shape.ts'
import * as stack from '../../diagnostics/catalogue/stack.ts'
import type { Diagnostic } from '../../diagnostics/diagnostic.ts'
import type { Sink } from '../../diagnostics/sink.ts'
import type { Entry, ListTree, Tree } from '../../syntax/tree.ts'
import { checkComposeKey, keepAccepted } from '../compose-keys.ts'
import type { ComposeKey, Role } from '../config.ts'
import { entriesOf, fieldOf } from '../read.ts'
import { NO_HEALTH, PREDEFINED_ROLES, projectRoles } from '../roles.ts'

/** What says where the container comes from. */
const SOURCES: ReadonlySet<string> = new Set(['image', 'build', 'extends', 'provider'])

const SERVER = 'serve'

/** Whether an entry of `services` is one. A role's name is refused elsewhere. */
export function isSecondServer({ key, value }: Pick<Entry, 'key' | 'value'>): boolean {
  return value.kind === 'map' && !value.entries.some((entry) => SOURCES.has(entry.key)) && PREDEFINED_ROLES.every(({ name }) => name !== key)
}

/** As a role that differs from `serve` in what it says itself. Without `serve`, it needs a command of its own. */
export function normalizeSecondServers(services: Tree | undefined, roles: readonly Role[], sink: Sink): readonly Role[] {
  const serve = roles.find(({ name }) => name.value === SERVER)
  return entriesOf(services).filter(isSecondServer).flatMap((entry) => {
    const name = { value: entry.key, span: entry.keySpan }
    if (projectRoles({ roles }).length === 0 || (serve === undefined && fieldOf(entry.value, 'command') === undefined)) {
      // A key that is wrong may have been meant to say it.
      if (!hasWrongKey(entry.value)) sink.report(stack.nothingToRunIn({ name: name.value, hasRoles: projectRoles({ roles }).length > 0 }, { at: name.span }))
      return []
    }
    return [planSecond(entry, serve, sink)]
  })
}

function hasWrongKey(service: Tree): boolean {
  return service.kind === 'map' && service.entries.some(({ value }) => value.kind === 'unknown')
}

function planSecond(entry: Entry, serve: Role | undefined, sink: Sink): Role {
  const compose = composeKeysOf(entry.value, sink)
  const isOther = fieldOf(entry.value, 'command') !== undefined
  return {
    ...(serve ?? NO_ROLE),
    name: { value: entry.key, span: entry.keySpan },
    kind: 'service',
    span: entry.value.span,
    of: SERVER,
    command: isOther ? undefined : serve?.command,
    server: isOther ? undefined : serve?.server,
    // Nothing is known of how another program tells that it is well.
    health: isOther ? { value: NO_HEALTH, span: entry.keySpan } : serve?.health,
    ports: fieldOf(entry.value, 'ports') ?? noPorts(entry),
    replicas: undefined,
    compose: [...(serve?.compose ?? []).filter(({ name }) => SHARED.has(name.value) && !compose.some((own) => own.name.value === name.value)), ...compose],
  }
}

/** What `serve` says in Compose's words about what it reaches, which the same code needs again. */
const SHARED: ReadonlySet<string> = new Set(['env_file', 'extra_hosts', 'networks', 'volumes'])

function noPorts({ value }: Entry): ListTree {
  return { kind: 'list', items: [], span: value.span }
}

/** What stands there is Compose's, and is held to the same rules as Compose's keys on a role; limits are its own. */
function composeKeysOf(service: Tree, sink: Sink): readonly ComposeKey[] {
  return entriesOf(service).flatMap((entry) => (entry.key === 'ports' ? [] : keepAccepted(entry, checkSecondKey(entry), sink)))
}

/** Limits are its own, but all of them in one place: Compose refuses two that differ. */
function checkSecondKey(entry: Entry): readonly Diagnostic[] {
  const limit = LIMITS[entry.key]
  if (limit !== undefined) return [shape.replacedComposeKey({ key: entry.key, instead: `use deploy: {resources: {limits: {${limit}: …}}}` }, { at: entry.keySpan })]
  return FREE.has(entry.key) ? [] : checkComposeKey(entry)
}

const LIMITS: Readonly<Record<string, string>> = { cpus: 'cpus', mem_limit: 'memory', pids_limit: 'pids' }

const FREE: ReadonlySet<string> = new Set(['deploy', 'shm_size'])

const NO_ROLE: Omit<Role, 'name' | 'kind' | 'span' | 'of'> = {
  command: undefined,
  datasets: undefined,
  environment: [],
  secrets: [],
  resources: { cpus: undefined, memory: undefined, shmSize: undefined, pids: undefined },
  outputs: [],
  params: undefined,
  rerun: undefined,
  nodes: undefined,
  processesPerNode: undefined,
  metrics: undefined,
  require: [],
  port: undefined,
  ports: undefined,
  health: undefined,
  replicas: undefined,
  server: undefined,
  token: undefined,
  packages: [],
  trackingKind: undefined,
  compose: [],
}
