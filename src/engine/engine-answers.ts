/** What Docker's command line answers about itself and the engine, as values. Pure. */
import type { DockerFault } from './docker-faults.ts'

export interface EngineAnswers {
  /** Why the engine does not answer; undefined where it does. */
  readonly fault: DockerFault | undefined
  readonly info: EngineInfo | undefined
  /** Such as `unix:///var/run/docker.sock`. */
  readonly endpoint: string | undefined
  readonly composeVersion: string | undefined
  readonly buildxVersion: string | undefined
  /** What removing unused images and build caches would free, in Docker's words, such as `2.1GB`. */
  readonly reclaimable: readonly string[]
  readonly containers: readonly PublishingContainer[]
}

/** What `docker info` tells. */
export interface EngineInfo {
  readonly version: string
  /** Such as `Docker Desktop`. */
  readonly system: string
  readonly memory: number
  readonly rootFolder: string
  readonly isRootless: boolean
  /** Whether limits of memory have an effect. */
  readonly hasMemoryLimit: boolean
  readonly cgroupDriver: string
  /** Names of OCI runtimes, such as `runc` and `nvidia`. */
  readonly runtimes: readonly string[]
  /** Such as `nvidia.com/gpu=all`. */
  readonly cdiDevices: readonly string[]
}

/** A container with ports on the host. */
export interface PublishingContainer {
  readonly name: string
  /** The project of Compose; empty for none. */
  readonly project: string
  readonly ports: readonly number[]
}

type Json = Readonly<Record<string, unknown>>

/** Takes the JSON of `docker info`; undefined where it tells of no engine. */
export function parseInfo(json: string): EngineInfo | undefined {
  const info = parseObject(json)
  const version = textOf(info['ServerVersion'])
  if (version === '') return undefined
  return {
    version,
    system: textOf(info['OperatingSystem']),
    memory: typeof info['MemTotal'] === 'number' ? info['MemTotal'] : 0,
    rootFolder: textOf(info['DockerRootDir']),
    isRootless: listOf(info['SecurityOptions']).some((option) => textOf(option).startsWith('name=rootless')),
    hasMemoryLimit: info['MemoryLimit'] !== false,
    cgroupDriver: textOf(info['CgroupDriver']),
    runtimes: Object.keys(objectOf(info['Runtimes'])),
    cdiDevices: listOf(info['DiscoveredDevices']).flatMap((device) => textOf(objectOf(device)['ID']) || []),
  }
}

/** Takes the JSON of `docker context inspect`, which counts DOCKER_HOST too. */
export function parseEndpoint(json: string): string | undefined {
  return textOf(objectOf(objectOf(parseObject(json)['Endpoints'])['docker'])['Host']) || undefined
}

/** Takes lines of `docker ps --format json`. */
export function parsePublishing(lines: string): readonly PublishingContainer[] {
  return lines.split('\n').flatMap((line) => {
    const container = parseObject(line)
    const ports = [...textOf(container['Ports']).matchAll(/:(\d+)(?:-(\d+))?->/g)].flatMap(([, first, last]) => rangeOf(Number(first), Number(last ?? first)))
    const [, project = ''] = /(?:^|,)com\.docker\.compose\.project=([^,]*)/.exec(textOf(container['Labels'])) ?? []
    return ports.length === 0 ? [] : [{ name: textOf(container['Names']), project, ports: [...new Set(ports)] }]
  })
}

/** Takes lines of `docker system df --format json`: images and build caches only, since volumes hold models. */
export function parseReclaimable(lines: string): readonly string[] {
  const rows = lines.split('\n').map(parseObject)
  return ['Images', 'Build Cache'].flatMap((type) => {
    const [size = ''] = textOf(rows.find((row) => row['Type'] === type)?.['Reclaimable']).split(' ')
    return size === '' || size === '0B' ? [] : [`${size} of ${type.toLowerCase()}`]
  })
}

/** The first version in what a tool prints of itself. */
export function parseVersion(text: string): string | undefined {
  return /\d+\.\d+(?:\.\d+)?/.exec(text)?.[0]
}

function rangeOf(first: number, last: number): readonly number[] {
  return Array.from({ length: Math.max(last - first + 1, 0) }, (_, index) => first + index)
}

function parseObject(json: string): Json {
  try {
    return objectOf(JSON.parse(json))
  } catch {
    return {}
  }
}

function objectOf(value: unknown): Json {
  return typeof value === 'object' && value !== null ? (value as Json) : {}
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
