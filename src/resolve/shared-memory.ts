/** Decides how much memory the processes of a container may share, which loaders with several workers need. */
import type { Config } from '../config/config.ts'
import { findSharedMemory, type ModelFacts } from '../facts/models.ts'
import type { FrameworkRequest } from './framework.ts'

/** Such as `2gb`; undefined where the default of Docker is enough. */
export function chooseSharedMemory(requests: readonly FrameworkRequest[], model: ModelFacts, config: Config): string | undefined {
  return requests.map(({ facts }) => findSharedMemory(facts.name, model, countGpus(config))).find((size) => size !== undefined)
}

/** How many GPUs a container gets, as far as the config says; all of them are taken for several. */
function countGpus({ gpu }: Config): number {
  if (gpu === undefined) return 0
  const { value } = gpu.count
  return Math.max(gpu.deviceIds.length, typeof value === 'number' ? value : value === 'all' ? 2 : 1)
}
