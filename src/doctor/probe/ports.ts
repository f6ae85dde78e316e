/** Finds out which ports are in use, by listening on each for a moment as Docker would. */
import { createServer } from 'node:net'
import type { PortNeed } from '../../plan/needs.ts'

export async function probePorts(ports: readonly PortNeed[], platform: string): Promise<readonly PortNeed[]> {
  // One after the other: two services may want the same port, which is for `compile` to say.
  const taken: PortNeed[] = []
  for (const need of ports) if (await isInUse(need, platform)) taken.push(need)
  return taken
}

async function isInUse({ port, address = '0.0.0.0' }: PortNeed, platform: string): Promise<boolean> {
  // macOS lets a program listen on one address beside another that listens on all.
  const addresses = platform === 'darwin' ? [address, '0.0.0.0'] : [address]
  for (const each of addresses) if (await refuses(port, each)) return true
  return false
}

/** Any other error, as of a port that only root may have or an address that is not of this machine, says nothing of its use. */
function refuses(port: number, host: string): Promise<boolean> {
  return new Promise((answer) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => answer(error.code === 'EADDRINUSE'))
    server.listen({ port, host, exclusive: true }, () => server.close(() => answer(false)))
  })
}
