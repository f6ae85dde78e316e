/** Advice on what the user wrote: mistakes that only show when a stack is built or runs, each from experience. */
import type { Sink } from '../../diagnostics/sink.ts'
import { adviseOnBaseImage } from './base-image.ts'
import { adviseOnCaches } from './caches.ts'
import { matterOf, type AdviceContext, type Matter } from './context.ts'
import { adviseOnCudaImage } from './cuda-image.ts'
import { adviseOnData } from './data.ts'
import { adviseOnDebian } from './debian.ts'
import { adviseOnDevices } from './devices.ts'
import { adviseOnDistributed } from './distributed.ts'
import { adviseOnGpuPackages } from './gpu-packages.ts'
import { adviseOnHealth } from './health.ts'
import { adviseOnIndexes } from './indexes.ts'
import { adviseOnMemory } from './memory.ts'
import { adviseOnModel } from './model.ts'
import { adviseOnModules } from './modules.ts'
import { adviseOnNames } from './names.ts'
import { adviseOnProcesses } from './processes.ts'
import { adviseOnPython } from './python.ts'
import { adviseOnServers } from './servers.ts'
import { adviseOnThreads } from './threads.ts'
import { adviseOnTools } from './tools.ts'
import { adviseOnVariables } from './variables.ts'
import { adviseOnVersions } from './versions.ts'

export type { AdviceContext, AdvisedFramework } from './context.ts'

const TOPICS: readonly ((matter: Matter, sink: Sink) => void)[] = [
  adviseOnBaseImage,
  adviseOnCudaImage,
  adviseOnPython,
  adviseOnModel,
  adviseOnDebian,
  adviseOnNames,
  adviseOnModules,
  adviseOnVersions,
  adviseOnIndexes,
  adviseOnGpuPackages,
  adviseOnMemory,
  adviseOnThreads,
  adviseOnProcesses,
  adviseOnServers,
  adviseOnTools,
  adviseOnHealth,
  adviseOnVariables,
  adviseOnDevices,
  adviseOnDistributed,
  adviseOnCaches,
  adviseOnData,
]

/** Reports what is known to go wrong; of what is not certain it says nothing. */
export function advise(context: AdviceContext, sink: Sink): void {
  const matter = matterOf(context)
  for (const topic of TOPICS) topic(matter, sink)
}
