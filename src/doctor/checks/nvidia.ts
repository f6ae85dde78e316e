/** Whether the NVIDIA GPUs and their driver are what the stack needs. */
import { findOldestDriver, newestCudaFor } from '../../facts/cuda.ts'
import { hasCodeFor } from '../../facts/kernels.ts'
import type { GpuNeed } from '../../plan/needs.ts'
import { failed, ok, skipped, type Check, type Finding } from '../check.ts'
import { isRemote, type NvidiaGpu } from '../machine.ts'
import { formatBytes, isAtLeast, joinWords } from '../words.ts'

const INSTALL = 'https://docs.nvidia.com/datacenter/tesla/driver-installation-guide'

export const NVIDIA: Check = {
  id: 'nvidia-driver',
  title: 'NVIDIA GPU and driver',
  why: 'wheels for CUDA need a driver of their generation or newer; an older one fails when the first tensor goes to the GPU',
  look: (machine, needs) => {
    const need = needs?.gpu?.vendor === 'nvidia' ? needs.gpu : undefined
    if (needs !== undefined && need === undefined) return skipped('the stack asks for no NVIDIA GPU')
    const { nvidia, host } = machine
    if (need !== undefined && isRemote(machine)) return skipped('the engine is on another machine; run mlstack doctor there')
    if (nvidia.kind === 'gpus') return need === undefined ? ok(describe(nvidia.gpus)) : compare(nvidia.gpus, need)
    if (need === undefined || (need.isOptional && nvidia.kind === 'missing')) return skipped(nvidia.kind === 'missing' ? 'there is no nvidia-smi, so there is no NVIDIA GPU to use' : nvidia.reason)
    if (host.platform === 'darwin') return failed('containers on a Mac reach no GPU', 'leave gpu out, or use an engine on a machine with a GPU: docker context create gpu --docker host=ssh://USER@HOST')
    if (nvidia.kind === 'missing') return failed('there is no nvidia-smi, so no driver is installed', `install driver ${driverFor(need) ?? 'of your GPU'} or newer, or leave gpu out: ${INSTALL}`)
    return failed(`nvidia-smi says: ${nvidia.reason}`, `restart the machine if the driver was updated; else install it again: ${INSTALL}`)
  },
}

function compare(gpus: readonly NvidiaGpu[], need: GpuNeed): Finding {
  const saw = describe(gpus)
  const oldest = driverFor(need)
  const old = oldest === undefined ? undefined : gpus.find(({ driver }) => !isAtLeast(driver, oldest))
  if (old !== undefined) {
    const what = need.cuda === undefined ? 'the stack' : `CUDA ${need.cuda}`
    return failed(`${saw}, and ${what} needs driver ${oldest}`, `install driver ${oldest} or newer: ${INSTALL}\nor let mlstack choose what this one runs: gpu: { driver: "${old.driver}" }`)
  }
  const count = need.count === 'all' ? 1 : need.count
  if (gpus.length < count) return failed(`${saw}, and the stack asks for ${count} GPUs`, `gpu: ${Math.max(gpus.length, 1)}`)
  const unserved = findUnserved(gpus, need)
  if (unserved !== undefined) return unserved
  const able = gpus.filter(({ memory }) => memory >= (need.memory ?? 0))
  if (able.length < count) return failed(`${saw}, and the stack asks for ${formatBytes(need.memory ?? 0)} on each`, 'use a larger GPU, or a smaller batch and a lower gpu.memory')
  return ok(saw)
}

/** A GPU that a framework has no machine code for: the program starts, and fails at its first operation. */
function findUnserved(gpus: readonly NvidiaGpu[], { kernels = [] }: GpuNeed): Finding | undefined {
  for (const { framework, capabilities } of kernels) {
    const gpu = gpus.find(({ computeCapability }) => computeCapability !== undefined && !hasCodeFor(computeCapability, capabilities))
    if (gpu === undefined) continue
    return failed(`${describe(gpus)}, and the build of ${framework} has code for ${joinWords(capabilities)} alone`, `gpu: { arch: "${gpu.computeCapability ?? ''}" }, and compile again: a build that has it is chosen`)
  }
  return undefined
}

function driverFor({ oldestDriver, cuda }: GpuNeed): string | undefined {
  return oldestDriver ?? (cuda === undefined ? undefined : findOldestDriver(cuda))
}

function describe(gpus: readonly NvidiaGpu[]): string {
  const each = gpus.map(({ name, computeCapability, memory }) => `${name} (${computeCapability === undefined ? '' : `compute capability ${computeCapability}, `}${formatBytes(memory)})`)
  const counted = [...new Set(each)].map((gpu) => (each.filter((other) => other === gpu).length > 1 ? `${each.filter((other) => other === gpu).length} × ${gpu}` : gpu))
  const [driver = ''] = gpus.map((gpu) => gpu.driver)
  const cuda = newestCudaFor(driver)
  return `${joinWords(counted)}, driver ${driver}${cuda === undefined ? '' : `, which runs wheels for CUDA ${cuda} and older`}`
}
