/** Finds out whether servers take a connection. Nothing is asked of them. */
import { connect } from 'node:net'
import type { HostNeed } from '../../plan/needs.ts'
import type { HostAnswer } from '../machine.ts'

/** Milliseconds until a server that says nothing counts as out of reach. */
const PATIENCE = 5_000

export function probeHosts(hosts: readonly HostNeed[]): Promise<readonly HostAnswer[]> {
  return Promise.all(hosts.map(async (need) => ({ need, error: await findError(need) })))
}

function findError({ host, port }: HostNeed): Promise<string | undefined> {
  return new Promise((answer) => {
    const socket = connect({ host, port, timeout: PATIENCE })
    const end = (error: string | undefined) => {
      socket.destroy()
      answer(error)
    }
    socket.once('connect', () => end(undefined))
    socket.once('timeout', () => end('ETIMEDOUT'))
    socket.once('error', (error: NodeJS.ErrnoException) => end(error.code ?? 'an error'))
  })
}
