/** Whether the engine's machine has the memory that the stack may use. */
import type { ServiceNeed } from '../../plan/needs.ts'
import { failed, NO_ENGINE, ok, warning, type Check } from '../check.ts'
import { isRemote, isVirtual, type Machine } from '../machine.ts'
import { formatBytes } from '../words.ts'

export const MEMORY: Check = {
  id: 'memory',
  title: 'Memory',
  why: 'what asks for more than there is gets killed: exit status 137, or a Bus error in a data loader',
  look: (machine, needs) => {
    const { info } = machine.docker
    if (info === undefined) return NO_ENGINE
    const services = needs?.services ?? []
    const saw = `the engine has ${formatBytes(info.memory)}`
    const large = services.find(({ memory = 0 }) => memory > info.memory)
    if (large !== undefined) return failed(`${saw}, and ${large.name} may use ${formatBytes(large.memory ?? 0)}`, fixFor(machine, 'memory', info.memory))
    const shared = services.find(({ shm = 0 }) => shm > info.memory)
    if (shared !== undefined) return failed(`${saw}, and the shared memory of ${shared.name} is ${formatBytes(shared.shm ?? 0)}`, fixFor(machine, 'shm_size', info.memory))
    const tight = services.find(({ shm, memory }) => shm !== undefined && memory !== undefined && shm >= memory)
    if (tight !== undefined) return warning(`${tight.name} may use ${formatBytes(tight.memory ?? 0)}, and all of it can go to its shared memory of ${formatBytes(tight.shm ?? 0)}`, `resources: { memory: ${gigabytes(2 * (tight.shm ?? 0))} }`)
    const together = mostAtOnce(services)
    if (together > info.memory) return warning(`${saw}, and what runs at once may use ${formatBytes(together)}`, fixFor(machine, 'memory', info.memory))
    return ok(together === 0 ? saw : `${saw}; what runs at once may use ${formatBytes(together)}`)
  },
}

/** The jobs run one after the other, beside the services. */
function mostAtOnce(services: readonly ServiceNeed[]): number {
  const amounts = (kind: ServiceNeed['kind']) => services.filter((each) => each.kind === kind).map(({ memory = 0 }) => memory)
  return Math.max(0, ...amounts('job')) + amounts('service').reduce((sum, memory) => sum + memory, 0)
}

function fixFor(machine: Machine, key: string, available: number): string {
  const lower = `lower it in mlstack.yaml, such as resources: { ${key}: ${gigabytes(available / 2)} }`
  return isVirtual(machine) && !isRemote(machine) ? `give Docker Desktop more memory in its settings under Resources, or ${lower}` : lower
}

function gigabytes(bytes: number): string {
  const whole = Math.floor(bytes / 1024 ** 3)
  return whole < 1 ? `${Math.max(Math.floor(bytes / 1024 ** 2), 1)}m` : `${whole}g`
}
