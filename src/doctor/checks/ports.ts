/** Whether the host ports of the stack are free. */
import type { Needs, PortNeed } from '../../plan/needs.ts'
import { failed, NO_STACK, ok, skipped, type Check } from '../check.ts'
import { isRemote, type Machine } from '../machine.ts'
import { joinWords } from '../words.ts'

/** Below, only root may listen. */
const FIRST_FREE_PORT = 1024

export const PORTS: Check = {
  id: 'ports',
  title: 'Host ports',
  why: 'Docker does not start a service while something else listens on its port',
  look: (machine, needs) => {
    if (needs === undefined) return NO_STACK
    if (needs.hostPorts.length === 0) return ok('the stack publishes none')
    const problems = needs.hostPorts.flatMap((port) => findProblem(port, machine, needs.project) ?? [])
    if (problems.length > 0) return failed(joinWords(problems.map(({ saw }) => saw)), problems.map(({ fix }) => fix).join('\n'))
    if (isRemote(machine)) return skipped('the engine is on another machine, whose ports only its containers tell of')
    return ok(joinWords(needs.hostPorts.map((port) => `${port.port} of ${port.service} ${isOwn(port, machine, needs) ? 'is held by this stack' : 'is free'}`)))
  },
}

interface Problem {
  readonly saw: string
  readonly fix: string
}

function findProblem(need: PortNeed, machine: Machine, project: string): Problem | undefined {
  const { port, service } = need
  const holders = machine.docker.containers.filter(({ ports }) => ports.includes(port))
  if (holders.some((holder) => holder.project === project)) return undefined
  if (machine.docker.info?.isRootless === true && port < FIRST_FREE_PORT) return { saw: `${port} of ${service} is below ${FIRST_FREE_PORT}, where a rootless engine may not listen`, fix: move(need) }
  const [holder] = holders
  if (holder !== undefined) return { saw: `${port} of ${service} is held by the container ${holder.name}`, fix: `docker stop ${holder.name}, or ${move(need)}` }
  const isInUse = !isRemote(machine) && machine.portsInUse.some((other) => other.port === port && other.service === service)
  return isInUse ? { saw: `${port} of ${service} is in use by a program of this machine`, fix: `${findListener(port, machine)}, or ${move(need)}` } : undefined
}

function isOwn({ port }: PortNeed, { docker }: Machine, { project }: Needs): boolean {
  return docker.containers.some((container) => container.project === project && container.ports.includes(port))
}

function move({ port, service, variable }: PortNeed): string {
  const other = port + (port < FIRST_FREE_PORT ? 8000 : 1)
  return variable === undefined ? `publish ${service} on another port in mlstack.yaml` : `take another port: ${variable}=${other} docker compose up`
}

function findListener(port: number, { host }: Machine): string {
  if (host.platform === 'linux') return `see which: sudo ss -ltnp 'sport = :${port}'`
  return host.platform === 'win32' ? `see which: netstat -ano | findstr :${port}` : `see which: sudo lsof -nP -iTCP:${port} -sTCP:LISTEN`
}
