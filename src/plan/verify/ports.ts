/** Ports of the host: each can be published by one service only. */
import type { Config } from '../../config/config.ts'
import { parsePublishedPorts } from '../../config/published-port.ts'
import { fieldOf } from '../../config/read.ts'
import * as stack from '../../diagnostics/catalogue/stack.ts'
import type { Span } from '../../diagnostics/diagnostic.ts'
import type { Sink } from '../../diagnostics/sink.ts'
import { portOf } from '../resolved.ts'

interface Published {
  readonly service: string
  readonly host: number
  /** Undefined: all addresses. */
  readonly hostIp: string | undefined
  readonly protocol: string
  readonly span: Span
}

const LOCALHOST = '127.0.0.1'

/** Variables count as their defaults. The later of two places is marked. */
export function verifyPorts(config: Config, sink: Sink): void {
  const byPort = new Map<string, Published[]>()
  const all = [...portsOfRoles(config), ...portsOfServices(config)].sort((a, b) => a.span.start - b.span.start)
  for (const port of all) {
    const key = `${port.host}/${port.protocol}`
    const earlier = byPort.get(key) ?? []
    const other = earlier.find(({ hostIp }) => hostIp === port.hostIp || isAll(hostIp) || isAll(port.hostIp))
    byPort.set(key, [...earlier, port])
    if (other !== undefined) {
      sink.report(stack.portTaken({ port: port.host, other: other.service }, { at: port.span, related: [{ span: other.span, message: 'published here first' }] }))
    }
  }
}

function portsOfRoles({ roles }: Config): readonly Published[] {
  return roles.flatMap((role) => {
    const service = role.name.value
    const port = portOf(role)
    if (role.ports !== undefined) return parse(role.ports, service)
    return port === undefined ? [] : [{ service, host: port, hostIp: LOCALHOST, protocol: 'tcp', span: (role.port ?? role.name).span }]
  })
}

function portsOfServices({ services }: Config): readonly Published[] {
  return services.flatMap(({ name, value }) => {
    const ports = fieldOf(value, 'ports')
    return ports === undefined ? [] : parse(ports, name.value)
  })
}

function parse(tree: Parameters<typeof parsePublishedPorts>[0], service: string): readonly Published[] {
  return parsePublishedPorts(tree).flatMap(({ host, hostIp, protocol, span }) => (host === undefined ? [] : [{ service, host, hostIp, protocol, span }]))
}

function isAll(address: string | undefined): boolean {
  return address === undefined || address === '0.0.0.0' || address === '::' || address === '[::]'
}
