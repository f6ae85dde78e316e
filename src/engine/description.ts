/** Reads what `docker compose config` makes of the files: the project's name, and where its services answer. Pure. */

export interface Description {
  /** The name that containers and networks go by. */
  readonly project: string
  /** The first published port of each service, as an address of this machine. */
  readonly urls: ReadonlyMap<string, string>
}

interface Config {
  readonly name: string
  readonly services?: Readonly<Record<string, { readonly ports?: readonly Port[] }>>
}

interface Port {
  readonly published?: string
  readonly host_ip?: string
}

/** Takes the JSON of `docker compose config`. */
export function parseDescription(json: string): Description {
  const { name, services = {} } = JSON.parse(json) as Config
  const urls = Object.entries(services).flatMap(([service, { ports = [] }]) => {
    const port = ports.find(({ published }) => published !== undefined && published !== '')
    return port === undefined ? [] : [[service, `http://${hostOf(port)}:${firstOf(port.published)}`] as const]
  })
  return { project: name, urls: new Map(urls) }
}

/** Of a range, each container takes one port; most likely somebody has the first. */
function firstOf(published: string | number = ''): string {
  return String(published).split('-')[0] ?? ''
}

/** What listens on all addresses answers here too. */
function hostOf({ host_ip: address = '' }: Port): string {
  if (address === '' || address === '0.0.0.0' || address === '::') return '127.0.0.1'
  return address.includes(':') ? `[${address}]` : address
}
