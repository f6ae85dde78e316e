/** Ports of the host: each can be published by one service only. */
import type { Config, Role } from '../../config/config.ts'
import { parsePublishedPorts } from '../../config/published-port.ts'
import type { Located } from '../../config/located.ts'
import { fieldOf, readNumber } from '../../config/read.ts'
import * as shape from '../../diagnostics/catalogue/shape.ts'
import * as stack from '../../diagnostics/catalogue/stack.ts'
import type { Span } from '../../diagnostics/diagnostic.ts'
import type { Sink } from '../../diagnostics/sink.ts'
import { declaredIn } from '../../resolve/included.ts'
import type { Tree } from '../../syntax/tree.ts'
import { composeKeyOf } from '../jobs.ts'
import { portOf } from '../resolved.ts'
import type { VerifyInput } from './verify.ts'

export interface Published {
  readonly service: string
  readonly host: number
  /** Undefined: all addresses. */
  readonly hostIp: string | undefined
  readonly protocol: string
  readonly span: Span
}

const LOCALHOST = '127.0.0.1'

/** Variables count as their defaults. The later of two places is marked. */
export function verifyPorts({ config, included }: Pick<VerifyInput, 'config' | 'included'>, sink: Sink): void {
  for (const role of config.roles) verifyReplicas(role, sink)
  const byPort = new Map<string, Published[]>()
  const ours = [...publishedPorts(config)].sort((a, b) => a.span.start - b.span.start)
  const all = [...ours, ...portsOf(declaredIn(included, 'services'))]
  for (const port of all) {
    const key = `${port.host}/${port.protocol}`
    const earlier = byPort.get(key) ?? []
    const other = earlier.find(({ hostIp }) => isSameAddress(hostIp, port.hostIp))
    byPort.set(key, [...earlier, port])
    if (other !== undefined) {
      sink.report(stack.portTaken({ port: port.host, other: other.service }, { at: port.span, related: [{ span: other.span, message: 'published here first' }] }))
    }
  }
}

/** How many containers a role asks for in Compose's words. */
function scaleOf(role: Role): (Located<number> & { readonly key: string }) | undefined {
  const [scale, replicas] = [readNumber(composeKeyOf(role, 'scale')), readNumber(fieldOf(composeKeyOf(role, 'deploy'), 'replicas'))]
  return scale === undefined ? replicas && { ...replicas, key: 'deploy.replicas' } : { ...scale, key: 'scale' }
}

/** All ports of the host that the config publishes. */
export function publishedPorts(config: Config): readonly Published[] {
  return [...portsOfRoles(config), ...portsOf(config.services.map(({ name, value }) => ({ name: name.value, value })))]
}

/** A port that is fixed belongs to one container. */
function verifyReplicas(role: Role, sink: Sink): void {
  const { name, ports } = role
  const scaled = scaleOf(role)
  const replicas = role.replicas ?? scaled
  if (role.replicas !== undefined && scaled !== undefined) {
    sink.report(shape.excludingKeys({ key: scaled.key, other: 'replicas', parent: name.value }, { at: scaled.span, related: [{ span: role.replicas.span, message: 'it stands here first' }] }))
  }
  if (replicas === undefined || replicas.value < 2) return
  if (ports === undefined) {
    if (scaled !== undefined && portOf(role) !== undefined) sink.report(shape.replacedComposeKey({ key: scaled.key, instead: `use replicas: ${String(scaled.value)}, which gives each container a port of its own` }, { at: scaled.span }))
    return
  }
  const fixed = parsePublishedPorts(ports).find(({ host }) => host !== undefined)
  const related = [{ span: replicas.span, message: 'so many containers' }]
  if (fixed !== undefined) sink.report(stack.portOfReplicas({ service: name.value, port: fixed.host ?? 0, last: (fixed.host ?? 0) + replicas.value - 1, container: fixed.container ?? 0 }, { at: fixed.span, related }))
}

function portsOfRoles({ roles }: Config): readonly Published[] {
  return roles.flatMap((role) => {
    const service = role.name.value
    const port = portOf(role)
    if (role.ports !== undefined) return parse(role.ports, service)
    const hosts = port === undefined ? [] : Array.from({ length: Math.max(1, role.replicas?.value ?? 1) }, (_, index) => port + index)
    return hosts.map((host) => ({ service, host, hostIp: LOCALHOST, protocol: 'tcp', span: (role.port ?? role.name).span }))
  })
}

function portsOf(services: readonly { readonly name: string; readonly value: Tree }[]): readonly Published[] {
  return services.flatMap(({ name, value }) => {
    const ports = fieldOf(value, 'ports')
    return ports === undefined ? [] : parse(ports, name)
  })
}

function parse(tree: Parameters<typeof parsePublishedPorts>[0], service: string): readonly Published[] {
  return parsePublishedPorts(tree).flatMap(({ host, hostIp, protocol, span }) => (host === undefined ? [] : [{ service, host, hostIp, protocol, span }]))
}

/** Whether two addresses of the host have an address in common. */
export function isSameAddress(one: string | undefined, other: string | undefined): boolean {
  return one === other || isAll(one) || isAll(other)
}

function isAll(address: string | undefined): boolean {
  return address === undefined || address === '0.0.0.0' || address === '::' || address === '[::]'
}
