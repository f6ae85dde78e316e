/** The `ports` of a service in Compose's short and long form, as pairs of host and container ports for finding clashes. */
import type { Span } from '../diagnostics/diagnostic.ts'
import type { ScalarTree, Tree } from '../syntax/tree.ts'
import { fieldOf, itemsOf, readAtDefaults, UNKNOWN } from './read.ts'

export interface PublishedPort {
  /** Undefined where Docker chooses one, or only `up` will tell. A reference counts as its default. */
  readonly host: number | undefined
  readonly container: number | undefined
  /** Undefined means all addresses of the host. */
  readonly hostIp: string | undefined
  readonly protocol: string
  readonly span: Span
}

const SHORT_FORM = /^(?:(?:(\[[^\]]*\]|[^:]*):)?([^:]*):)?([^:/]+)(?:\/(.+))?$/
const RANGE = /^(\d{1,5})(?:-(\d{1,5}))?$/
const HIGHEST_PORT = 65535

/** Reads a list of ports; a range gives one entry a port. What cannot be read is left out. */
export function parsePublishedPorts(tree: Tree): readonly PublishedPort[] {
  return itemsOf(tree).flatMap((item) => (item.kind === 'scalar' ? parseShort(item) : item.kind === 'map' ? parseLong(item) : []))
}

function parseShort(tree: ScalarTree): readonly PublishedPort[] {
  const [matched, ip, host, container = '', protocol] = SHORT_FORM.exec(readAtDefaults(tree) ?? '') ?? []
  return matched === undefined ? [] : pair({ ip, host, container, protocol, span: tree.span })
}

function parseLong(tree: Tree): readonly PublishedPort[] {
  const text = (key: string) => readAtDefaults(fieldOf(tree, key))
  return pair({ ip: text('host_ip'), host: text('published'), container: text('target') ?? '', protocol: text('protocol'), span: tree.span })
}

interface Written {
  readonly ip: string | undefined
  readonly host: string | undefined
  readonly container: string
  readonly protocol: string | undefined
  readonly span: Span
}

function pair({ ip, host, container, protocol = 'tcp', span }: Written): readonly PublishedPort[] {
  const hostIp = ip === undefined || ip === '' ? undefined : ip.replace(/^\[|\]$/g, '')
  const containerPorts = parseRange(container)
  const hostPorts = hostIp?.includes(UNKNOWN) ? [] : parseRange(host ?? '')
  // Docker takes any free one of a range of host ports for one port of the container.
  const isPaired = hostPorts.length === containerPorts.length || containerPorts.length === 0
  const rows = containerPorts.length === 0 ? hostPorts : containerPorts
  return (rows.length === 0 ? [undefined] : rows).map((_, index) => ({
    host: isPaired ? hostPorts[index] || undefined : undefined,
    container: containerPorts[index],
    hostIp: hostIp?.includes(UNKNOWN) ? undefined : hostIp,
    protocol: protocol.toLowerCase(),
    span,
  }))
}

/** The ports of `8000` or `8000-8010`; none for anything else. */
function parseRange(text: string): readonly number[] {
  const [, first, last = first] = RANGE.exec(text) ?? []
  const length = Number(last) - Number(first) + 1
  if (first === undefined || Number(last) > HIGHEST_PORT || length < 1) return []
  return Array.from({ length }, (_, index) => Number(first) + index)
}
