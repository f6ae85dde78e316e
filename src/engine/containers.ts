/** Reads what Docker tells of containers: `docker inspect` and `docker events`. Pure. */

export interface Container {
  readonly id: string
  /** The service of the Compose file. */
  readonly service: string
  readonly state: 'created' | 'running' | 'restarting' | 'exited'
  readonly health: 'starting' | 'healthy' | 'unhealthy' | undefined
  readonly exitCode: number
  /** The id of the image that it was made from. */
  readonly image: string
  /** Compose's hash of the settings that it was made with. */
  readonly configHash: string
  /** `UID:GID`, as its settings have it. */
  readonly user: string
}

export interface ContainerEvent {
  readonly id: string
  readonly service: string
  /** Such as `start`, `die`, `destroy` or `health_status: healthy`. */
  readonly action: string
}

const SERVICE = 'com.docker.compose.service'
const ONE_OFF = 'com.docker.compose.oneoff'

/** Containers of services, those of `docker compose run` left out. Takes the JSON of `docker inspect`. */
export function parseContainers(json: string): readonly Container[] {
  const inspected: unknown = JSON.parse(json)
  return Array.isArray(inspected) ? inspected.flatMap((each) => parseContainer(each) ?? []) : []
}

/** One line of `docker events --format json`; undefined where it tells of no service. */
export function parseEvent(line: string): ContainerEvent | undefined {
  const event = parseJson(line)
  const attributes = at(event, 'Actor', 'Attributes')
  const service = textAt(attributes, SERVICE)
  const action = textAt(event, 'Action')
  if (service === undefined || action === undefined || textAt(attributes, ONE_OFF) === 'True') return undefined
  return { id: textAt(event, 'Actor', 'ID') ?? '', service, action }
}

function parseContainer(inspected: unknown): Container | undefined {
  const labels = at(inspected, 'Config', 'Labels')
  const service = textAt(labels, SERVICE)
  if (service === undefined || textAt(labels, ONE_OFF) === 'True') return undefined
  return {
    id: textAt(inspected, 'Id') ?? '',
    service,
    state: stateOf(textAt(inspected, 'State', 'Status')),
    health: healthOf(textAt(inspected, 'State', 'Health', 'Status')),
    exitCode: Number(at(inspected, 'State', 'ExitCode') ?? 0),
    image: textAt(inspected, 'Image') ?? '',
    configHash: textAt(labels, 'com.docker.compose.config-hash') ?? '',
    user: textAt(inspected, 'Config', 'User') ?? '',
  }
}

function stateOf(status: string | undefined): Container['state'] {
  if (status === 'running' || status === 'restarting' || status === 'created') return status
  return status === 'paused' ? 'running' : 'exited'
}

function healthOf(status: string | undefined): Container['health'] {
  return status === 'starting' || status === 'healthy' || status === 'unhealthy' ? status : undefined
}

function at(value: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce((inner, key) => (typeof inner === 'object' && inner !== null && key in inner ? (inner as Record<string, unknown>)[key] : undefined), value)
}

function textAt(value: unknown, ...keys: readonly string[]): string | undefined {
  const found = at(value, ...keys)
  return typeof found === 'string' ? found : undefined
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
