/** Decides how much memory the processes of a container may share, which loaders with several workers need. */
import type { Config, Role } from '../config/config.ts'
import { findSharedMemory, type ModelFacts } from '../facts/models.ts'
import type { FrameworkRequest } from './framework.ts'

/** Such as `2gb`; undefined where the default of Docker is enough. */
export function chooseSharedMemory(requests: readonly FrameworkRequest[], model: ModelFacts, config: Config): string | undefined {
  return requests.map(({ facts }) => findSharedMemory(facts.name, model, Math.max(countGpus(config), ...config.roles.map(countProcesses)))).find((size) => size !== undefined)
}

/** How many processes a container starts, each with loaders of its own; those for GPUs are as many as these. */
function countProcesses({ processesPerNode }: Role): number {
  return typeof processesPerNode?.value === 'number' ? processesPerNode.value : 0
}

/** How many GPUs a container gets, as far as the config says; all of them are taken for several. */
function countGpus({ gpu }: Config): number {
  if (gpu === undefined) return 0
  const { value } = gpu.count
  return Math.max(gpu.deviceIds.length, typeof value === 'number' ? value : value === 'all' ? 2 : 1)
}
