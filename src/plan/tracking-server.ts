/** The server that records what jobs do: its service, and an image that has nothing else. */
import type { Command } from '../config/command.ts'
import type { Config, Role } from '../config/config.ts'
import { TRACKING } from '../config/roles.ts'
import { literal, textWithReferences } from '../config/template.ts'
import { TRACKING_VOLUME } from '../facts/container.ts'
import { fillTracking, TRACKING_BASE_IMAGE, trackingFacts, type TrackingFacts } from '../facts/tracking.ts'
import { planAsideImage } from './aside-image.ts'
import { planCommand } from './commands.ts'
import { NO_GATE } from './gates.ts'
import { passTree } from './passed.ts'
import { portVariableOf } from './port-variable.ts'
import { rebaseService } from './rebase.ts'
import { portOf, type Resolved } from './resolved.ts'
import { secretsOf } from './secrets.ts'
import { planFileSystem, planLimits } from './services.ts'
import type { Health, Image, Service, Words } from './stack.ts'
import { planVariables } from './variables.ts'

interface Server {
  readonly role: Role
  readonly facts: TrackingFacts
  readonly port: number
}

/** None without `tracking`, and where that is elsewhere. */
function serversOf({ roles, tracking }: Config): readonly Server[] {
  return roles.flatMap((role) => {
    const port = portOf(role)
    return role.name.value !== TRACKING || tracking === undefined || port === undefined ? [] : [{ role, facts: trackingFacts(tracking.kind), port }]
  })
}

export function planTrackingImages(resolved: Resolved): readonly Image[] {
  return serversOf(resolved.config).map(({ facts }) => planAsideImage({
    name: TRACKING,
    aside: 'tracking',
    roles: [TRACKING],
    baseImage: TRACKING_BASE_IMAGE,
    baseImageReason: `the newest Python that ${facts.title} is tested with here, on Debian 12`,
    requirements: facts.requirements,
    folders: [facts.folder],
  }, resolved))
}

export function planTrackingServers(resolved: Resolved): readonly Service[] {
  return serversOf(resolved.config).map((server) => planServer(server, resolved))
}

function planServer({ role, facts, port }: Server, resolved: Resolved): Service {
  const { config, layout } = resolved
  const secrets = secretsOf(role, config)
  const variables = planVariables({ role, given: resolved, cpus: undefined })
  return {
    name: TRACKING,
    kind: 'service',
    profiles: [],
    image: TRACKING,
    purpose: `Stays up, and ${facts.isShared ? 'shows' : 'keeps'} what jobs record: ${facts.title}${role.ports === undefined ? `, at http://127.0.0.1:\${${portVariableOf(TRACKING)}:-${port}}` : ''}`,
    gate: { ...NO_GATE, exports: secrets.filter(({ as }) => as === 'env').map(({ name }) => name.value) },
    command: planCommand(role.command, variables) ?? usualCommand(facts, port),
    environment: variables.environment,
    mounts: [{ kind: 'volume', source: TRACKING_VOLUME, target: facts.folder, isReadOnly: facts.isShared }],
    secrets: secrets.map(({ name }) => name.value),
    fetches: [],
    after: [],
    port,
    replicas: undefined,
    ports: role.ports && passTree(role.ports),
    health: planHealth(role, facts, port),
    limits: planLimits(role, config, { shmSize: undefined }),
    gpu: undefined,
    fileSystem: planFileSystem(role, secrets),
    overrides: rebaseService(role.compose.map(({ name, value }) => ({ key: name.value, value: passTree(value) })), layout),
  }
}

function usualCommand(facts: TrackingFacts, port: number): Words {
  return { isShell: false, words: facts.command.map((word) => literal(fillTracking(word, facts, port))) }
}

/** Nothing is known of what another program answers. */
function planHealth({ command }: Role, { healthPath, startPeriod, command: [program = ''] }: TrackingFacts, port: number): Health {
  const isOther = command !== undefined && !textOf(command).includes(program)
  return { path: isOther ? undefined : healthPath, port, startPeriod }
}

function textOf(command: Command): string {
  return (command.kind === 'shell' ? [command.script] : command.words).map(({ value }) => textWithReferences(value)).join(' ')
}
