/** How well-known servers are told where to listen, and where they listen if they are not told. */
import data from './data/servers.json' with { type: 'json' }

export interface ServerFacts {
  readonly program: string
  /** The word that makes it a server, for a program that does other things too. */
  readonly command?: string | undefined
  /** The first one is what to write. */
  readonly host: readonly string[]
  readonly hostVariable?: string | undefined
  /** Whether it listens inside of the container alone where it is not told otherwise. */
  readonly isLocal: boolean
  readonly port: readonly string[]
  readonly portVariable?: string | undefined
  /** Undefined where it is not known, or taken from `PORT`. */
  readonly defaultPort?: number | undefined
  /** What makes it watch its code. */
  readonly reload: readonly string[]
  /** Options that say in another way where to listen. */
  readonly socket?: readonly string[] | undefined
}

/** Options of scripts of the user's that nobody uses for anything else. */
export const HOST_OPTIONS: readonly string[] = data.hostOptions
export const PORT_OPTIONS: readonly string[] = data.portOptions

/** The port of `serve` where the config names none; a test holds it to the plan's. */
export const SERVE_PORT = 8080

const SERVERS: readonly ServerFacts[] = data.servers

export function findServer(program: string, words: readonly string[]): ServerFacts | undefined {
  return SERVERS.find((server) => server.program === program && (server.command === undefined || words.includes(server.command)))
}
