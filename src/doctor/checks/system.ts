/** What of the system itself slows or stops models: Windows' disks in WSL, and processors without AVX. */
import { ok, skipped, warning, type Check } from '../check.ts'
import { isRemote, type Machine } from '../machine.ts'
import { joinFew } from '../words.ts'

export const WSL: Check = {
  id: 'wsl',
  title: 'Windows disk in WSL',
  why: 'files under /mnt/c are read over the network protocol 9p, many times slower, and saves there tell no watcher',
  look: (machine) => {
    if (!isWsl(machine)) return skipped('this is no WSL')
    const slow = [machine.host.folder, ...machine.binds.map(({ path }) => path)].filter((path) => /^\/mnt\/[a-z](?:\/|$)/.test(path))
    const [first] = slow
    if (first === undefined) return ok('nothing lies on a disk of Windows')
    return warning(`${joinFew([...new Set(slow)])} ${new Set(slow).size === 1 ? 'lies' : 'lie'} on a disk of Windows`, `move the project into WSL: cp -a ${first} ~/`)
  },
}

export const AVX: Check = {
  id: 'avx',
  title: 'Processor with AVX',
  why: 'wheels of TensorFlow and others use AVX: without it Python ends with "Illegal instruction"',
  look: (machine) => {
    const { architecture, processorFlags } = machine.host
    if (isRemote(machine)) return skipped('the engine is on another machine')
    if (architecture !== 'x64') return skipped(`AVX is of x86-64, and this is ${architecture}`)
    if (processorFlags.length === 0) return skipped('the system does not tell what the processor can do')
    if (!processorFlags.includes('avx')) return warning('the processor has no AVX, or the virtual machine hides it', 'in a virtual machine, pass the host\'s processor on: -cpu host for QEMU; else use scikit-learn, or another machine')
    return ok(processorFlags.includes('avx2') ? 'AVX and AVX2' : 'AVX')
  },
}

function isWsl({ host }: Machine): boolean {
  return /microsoft/i.test(host.kernel)
}
