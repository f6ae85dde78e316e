/** What a stack asks of the machine that runs it: ports, memory, GPUs, files and secrets. */
import { posix } from 'node:path'
import { parseByteSize } from '../config/byte-size.ts'
import { parseMount } from '../config/mount.ts'
import { parsePublishedPorts } from '../config/published-port.ts'
import { fieldOf, itemsOf, UNKNOWN } from '../config/read.ts'
import { substitute, textAtDefaults, type Template } from '../config/template.ts'
import { estimateStack } from './estimate.ts'
import { OWN_FOLDER } from './own-files.ts'
import { fillIn, type Variables } from './fill-in.ts'
import type { PassedEntry } from './passed.ts'
import { givenUserOf, type GivenUser } from './given-user.ts'
import { portVariableOf } from './port-variable.ts'
import type { Gpu, Node, Service, Stack } from './stack.ts'

export interface Needs {
  /** The name that Compose runs it under. */
  readonly project: string
  readonly services: readonly ServiceNeed[]
  readonly hostPorts: readonly PortNeed[]
  readonly gpu: GpuNeed | undefined
  /** An estimate of the images, in bytes. */
  readonly diskBytes?: number | undefined
  /** Folders and files of the host. */
  readonly binds: readonly BindNeed[]
  /** Servers that are fetched from. */
  readonly hosts: readonly HostNeed[]
  /** Variables of the shell or of `.env` that hold secrets. */
  readonly secrets: readonly string[]
  /** Whom containers run as by `build.user`; undefined: MLSTACK_UID and MLSTACK_GID. */
  readonly user?: GivenUser | undefined
}

/** Amounts in bytes; undefined is no limit. */
export interface ServiceNeed {
  readonly name: string
  readonly kind: 'job' | 'service'
  readonly memory: number | undefined
  readonly shm: number | undefined
}

export interface PortNeed {
  readonly service: string
  readonly port: number
  /** Undefined: all addresses. */
  readonly address: string | undefined
  /** The variable that moves it; undefined where the user wrote the port. */
  readonly variable: string | undefined
}

export interface GpuNeed {
  /** Set where the stack starts without it, and uses it by an overlay. */
  readonly isOptional?: true
  readonly vendor: 'nvidia' | 'amd'
  readonly count: number | 'all'
  /** Bytes that each must have. */
  readonly memory?: number | undefined
  /** Such as `580.65.06`. */
  readonly oldestDriver?: string | undefined
  /** The CUDA version of the wheels, such as `13.0`. */
  readonly cuda?: string | undefined
  /** The compute capabilities that each framework has machine code for. */
  readonly kernels?: Gpu['kernels'] | undefined
}

export interface HostNeed {
  readonly service: string
  readonly host: string
  readonly port: number
}

export interface BindNeed {
  readonly service: string
  /** As Compose reads it: relative to the output folder, absolute, or from `~`. */
  readonly source: string
  readonly isReadOnly: boolean
  /** Whether Docker makes a folder of root's where it is missing, as it does for mounts in Compose's own words. */
  readonly isCreated: boolean
  /** Whether `mlstack compile` makes it: a folder for outputs, or a file of its own. */
  readonly isMade?: boolean
  /** Whether the service runs as MLSTACK_UID; whom a service of the user's runs as, only its image knows. */
  readonly isOurs: boolean
}

/** What cannot be known before `up`, such as a port from a variable that is not set, is left out. */
export function needsOf(stack: Stack, variables: Variables): Needs {
  const passed = stack.passed.services.map(writtenService)
  const included = stack.passed.included.map(writtenService)
  return {
    project: variables('COMPOSE_PROJECT_NAME') || stack.project,
    services: stack.services.filter(({ gate }) => gate.part !== 'node').map((service) => serviceNeedOf(service, variables)),
    hostPorts: [...stack.services.flatMap((service) => portsOf(service, variables)), ...[...passed, ...included].flatMap(({ name, entries }) => writtenPorts(name, entries, variables))],
    gpu: gpuOf(stack.services.flatMap(({ gpu, node }) => gpuOfNodes(gpu, node))) ?? optionalGpuOf(stack),
    diskBytes: estimateStack(stack).installed,
    binds: [...stack.services.flatMap((service) => bindsOf(service, stack, variables)), ...stack.services.flatMap((service) => secretBinds(service, stack)), ...buildSecretBinds(stack), ...passed.flatMap(({ name, entries }) => writtenBinds(name, entries, variables))],
    user: givenUserOf(stack),
    hosts: stack.services.flatMap((service) => hostsOf(service, variables)),
    secrets: stack.secrets.flatMap(({ source }) => ('environment' in source ? [source.environment] : [])),
  }
}

/** The nodes of a job run at once, and take what they need together. */
function serviceNeedOf({ name, kind, limits, node }: Service, variables: Variables): ServiceNeed {
  const all = (size: number | undefined) => size && size * (node?.count ?? 1)
  return { name, kind, memory: all(bytesOf(limits.memory, variables)), shm: all(bytesOf(limits.shmSize, variables)) }
}

/** A secret from a file is mounted as it is, with its owner and its mode. */
function secretBinds({ name: service, secrets }: Service, stack: Stack): readonly BindNeed[] {
  const granted = stack.secrets.filter(({ name }) => secrets.includes(name))
  return granted.flatMap(({ source }) => ('file' in source ? [{ service, source: source.file, isReadOnly: true, isCreated: false, isOurs: true }] : []))
}

function portsOf({ name, port, ports, replicas = 1 }: Service, variables: Variables): readonly PortNeed[] {
  if (ports !== undefined) return writtenPorts(name, [{ key: 'ports', value: ports }], variables)
  if (port === undefined) return []
  const variable = portVariableOf(name)
  const [, first, last = first] = /^(\d+)(?:-(\d+))?$/.exec(variables(variable) || `${port}-${port + Math.max(1, replicas) - 1}`) ?? []
  const count = first === undefined ? 0 : Math.max(0, Math.min(Number(last) - Number(first) + 1, Math.max(1, replicas)))
  return Array.from({ length: count }, (_, index) => ({ service: name, port: Number(first) + index, address: '127.0.0.1', variable }))
}

function writtenPorts(service: string, entries: readonly PassedEntry[], variables: Variables): readonly PortNeed[] {
  const ports = fieldOf(fillIn({ kind: 'map', entries }, variables), 'ports')
  const tcp = ports === undefined ? [] : parsePublishedPorts(ports).filter(({ protocol }) => protocol === 'tcp')
  return tcp.flatMap(({ host, hostIp }) => (host === undefined ? [] : [{ service, port: host, address: hostIp, variable: undefined }]))
}

function writtenService({ key, value }: PassedEntry): { readonly name: string; readonly entries: readonly PassedEntry[] } {
  return { name: key, entries: value.kind === 'map' ? value.entries : [] }
}

/** What only builds read is read as you, by Docker's command line. */
function buildSecretBinds({ secrets, services }: Stack): readonly BindNeed[] {
  const granted = services.flatMap((service) => service.secrets)
  return secrets.flatMap(({ name, source }) => ('file' in source && !granted.includes(name) ? [{ service: 'the build', source: source.file, isReadOnly: true, isCreated: false, isOurs: false }] : []))
}

function isAtOrIn(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`)
}

function bindsOf({ name, mounts, overrides }: Service, { folders }: Stack, variables: Variables): readonly BindNeed[] {
  const isMade = (source: string) => [...folders, OWN_FOLDER].some((folder) => isAtOrIn(posix.normalize(source), posix.normalize(folder)))
  const own = mounts.flatMap((mount) => {
    const source = mount.kind === 'bind' ? textOf(mount.source, variables) : undefined
    return source === undefined ? [] : [{ service: name, source, isReadOnly: mount.isReadOnly, isCreated: false, isOurs: true, ...(isMade(source) ? { isMade: true } : {}) }]
  })
  return [...own, ...writtenBinds(name, overrides, variables).map((bind) => ({ ...bind, isOurs: true }))]
}

function writtenBinds(service: string, entries: readonly PassedEntry[], variables: Variables): readonly BindNeed[] {
  const volumes = itemsOf(fieldOf(fillIn({ kind: 'map', entries }, variables), 'volumes'))
  const mounts = volumes.flatMap((item) => parseMount(item) ?? []).filter(({ type }) => type === 'bind')
  return mounts.flatMap(({ source, isReadOnly }) => (source === undefined ? [] : [{ service, source, isReadOnly, isCreated: true, isOurs: false }]))
}

/** Nodes run at once, each with GPUs of its own: the last one's are those that are there if all are. */
function gpuOfNodes(gpu: Gpu | undefined, node: Node | undefined): readonly Gpu[] {
  if (gpu === undefined) return []
  return [node === undefined || gpu.deviceIds.length === 0 ? gpu : { ...gpu, count: gpu.deviceIds.length * node.count, deviceIds: [] }]
}

/** The roles run one after the other or share the GPUs, so the most that one of them asks for is enough. */
function optionalGpuOf({ overlay, services }: Stack): GpuNeed | undefined {
  const nodeOf = (name: string) => services.find((service) => service.name === name)?.node
  const need = gpuOf((overlay?.services ?? []).flatMap(({ name, gpu }) => gpuOfNodes(gpu, nodeOf(name))))
  return need && { ...need, isOptional: true }
}

function gpuOf(gpus: readonly Gpu[]): GpuNeed | undefined {
  const counts = gpus.map(({ count, deviceIds }) => (typeof count === 'number' ? count : Math.max(deviceIds.length, 1)))
  const [first] = gpus
  if (first === undefined) return undefined
  return {
    vendor: first.vendor,
    count: gpus.some(({ count }) => count === 'all') ? 'all' : Math.max(...counts),
    memory: first.memory === undefined ? undefined : parseByteSize(first.memory)?.bytes,
    oldestDriver: first.oldestDriver,
    cuda: first.vendor === 'nvidia' ? first.version : undefined,
    kernels: first.kernels,
  }
}

function hostsOf({ name, origin }: Service, variables: Variables): readonly HostNeed[] {
  const text = origin && textOf(origin, variables)
  const [, scheme = '', host = '', port] = /^(https?):\/\/(?:[^/?#@]*@)?([^/?#:]+)(?::(\d+))?/i.exec(text ?? '') ?? []
  return host === '' ? [] : [{ service: name, host, port: Number(port ?? (scheme.toLowerCase() === 'https' ? 443 : 80)) }]
}

function bytesOf(size: Template | undefined, variables: Variables): number | undefined {
  return size === undefined ? undefined : parseByteSize(textOf(size, variables) ?? '')?.bytes
}

/** Undefined where a variable is not set and has no default. */
function textOf(template: Template, variables: Variables): string | undefined {
  const text = textAtDefaults(substitute(template, variables), UNKNOWN)
  return text.includes(UNKNOWN) ? undefined : text
}
