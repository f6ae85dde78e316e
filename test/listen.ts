/** Servers of the tests on this machine: started on a free port, and ended whoever is still connected. */
import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Listening {
  readonly port: number
  close(): Promise<void>
}

/** Without an address, the server is reached by all that this machine has. */
export async function listen(server: Server, address?: string): Promise<Listening> {
  server.listen(0, address)
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    close: () => {
      server.closeAllConnections()
      return new Promise((done) => server.close(() => done()))
    },
  }
}
