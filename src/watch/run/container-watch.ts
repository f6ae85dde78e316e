/** Follows the containers of a project: what state they are in, and what they print. */
import { listContainers } from '../../engine/compose.ts'
import { parseEvent, type Container } from '../../engine/containers.ts'
import type { Docker, Follower } from '../../engine/docker.ts'
import type { ServiceStatus, WatchEvent } from '../event.ts'

export interface WatchedService {
  readonly name: string
  readonly kind: ServiceStatus['kind']
  /** What its healthcheck asks for over and over; undefined where that is no page. */
  readonly healthPath: string | undefined
}

export interface WatchedProject {
  /** The name that its containers go by. */
  readonly project: string
  readonly services: readonly WatchedService[]
  readonly urls: ReadonlyMap<string, string>
}

export interface ContainerWatch {
  /** Begins with a project, or goes on with another one. */
  follow(watched: WatchedProject): Promise<void>
  /** As they were when Docker last told of a change. */
  containersOf(service: string): readonly Container[]
  /** Asks Docker again. */
  refresh(): Promise<void>
  stop(): void
}

export interface ContainerWatchSettings {
  readonly docker: Docker
  readonly show: (event: WatchEvent) => void
  /** Docker tells of no more changes: most likely it has gone. */
  readonly onEnd: () => void
}

/** Health probes tell of themselves every few seconds: only what changes a state is asked for. */
const EVENTS = ['create', 'start', 'die', 'destroy', 'health_status'].flatMap((event) => ['--filter', `event=${event}`])

/** Milliseconds in which events that come together are answered by one look. */
const QUIET = 30

/** Milliseconds for which a container must be away to count as gone: one that is made anew is, for a moment. */
const ABSENCE = 1000

export function createContainerWatch({ docker, show, onEnd }: ContainerWatchSettings): ContainerWatch {
  let watched: WatchedProject = { project: '', services: [], urls: new Map() }
  let containers: readonly Container[] = []
  let statuses = new Map<string, ServiceStatus>()
  let events: Follower | undefined
  let timer: NodeJS.Timeout | undefined
  let absence: NodeJS.Timeout | undefined
  const logs = new Map<string, Follower>()
  /** Containers whose output up to here has been shown, or is of before. */
  const read = new Map<string, string>()

  async function refresh(): Promise<void> {
    containers = await listContainers(docker, watched.project)
    const found = watched.services.map(statusOf)
    found.filter(({ state }) => state !== 'absent').forEach(tell)
    clearTimeout(absence)
    const absent = found.filter((status) => status.state === 'absent' && !isTold(status))
    // At first there is nothing that could come back.
    if (absent.every(({ name }) => !statuses.has(name))) absent.forEach(tell)
    else absence = setTimeout(() => absent.forEach(tell), ABSENCE)
    containers.forEach(followLog)
    for (const id of read.keys()) if (!containers.some((container) => container.id === id)) read.delete(id)
  }

  function isTold(status: ServiceStatus): boolean {
    const known = statuses.get(status.name)
    return known !== undefined && sameStatus(known, status)
  }

  function statusOf({ name, kind }: WatchedService): ServiceStatus {
    const container = containers.find(({ service }) => service === name)
    const exitCode = container?.state === 'exited' ? container.exitCode : undefined
    return { name, kind, state: container?.state ?? 'absent', health: container?.state === 'running' ? container.health : undefined, exitCode, url: watched.urls.get(name), since: Date.now() }
  }

  function tell(status: ServiceStatus): void {
    if (isTold(status)) return
    statuses.set(status.name, status)
    show({ kind: 'service', service: status })
  }

  function followLog({ id, service, state }: Container): void {
    const follows = watched.services.find(({ name }) => name === service)
    if (follows === undefined || logs.has(id) || state === 'created') return
    if (state === 'exited' && read.has(id)) return
    const since = read.get(id)
    read.set(id, new Date().toISOString())
    const follower = docker.follow(['logs', '--follow', ...(since === undefined ? [] : ['--since', since]), id], (line) => {
      if (!isProbe(line, follows.healthPath)) show({ kind: 'log', service, line })
    })
    logs.set(id, follower)
    void follower.ended.then(() => {
      read.set(id, new Date().toISOString())
      logs.delete(id)
    })
  }

  function schedule(): void {
    timer ??= setTimeout(() => {
      timer = undefined
      refresh().catch(onEnd)
    }, QUIET)
  }

  function stop(): void {
    clearTimeout(timer)
    clearTimeout(absence)
    timer = undefined
    const ending = events
    events = undefined
    ending?.end()
    for (const follower of logs.values()) follower.end()
  }

  return {
    follow: async (next) => {
      const isOther = next.project !== watched.project
      watched = next
      if (isOther || events === undefined) {
        stop()
        statuses = new Map()
        // What ran before is not shown again.
        for (const { id } of await listContainers(docker, next.project)) read.set(id, new Date().toISOString())
        const follower = docker.follow(['events', '--format', '{{json .}}', '--filter', `label=com.docker.compose.project=${next.project}`, ...EVENTS], (line) => {
          if (parseEvent(line) !== undefined) schedule()
        })
        events = follower
        void follower.ended.then(() => {
          if (events !== follower) return
          events = undefined
          onEnd()
        })
      }
      await refresh()
    },
    containersOf: (service) => containers.filter((container) => container.service === service),
    refresh,
    stop,
  }
}

function sameStatus(one: ServiceStatus, other: ServiceStatus): boolean {
  return one.state === other.state && one.health === other.health && one.exitCode === other.exitCode && one.url === other.url
}

/** A server's own line about a healthcheck that it answered well: one every few seconds, which would bury all others. */
function isProbe(line: string, path: string | undefined): boolean {
  return path !== undefined && line.includes('127.0.0.1') && line.includes(`"GET ${path} HTTP/`) && /" 200\b/.test(line)
}
