/** What a type of model brings with it: its frameworks, its metrics, and what it needs to run. */
import models from './data/models.json' with { type: 'json' }

export interface ModelFacts {
  readonly name: string
  /** Names of the frameworks that can hold it. */
  readonly frameworks: readonly string[]
  /** PEP 508 requirements that it needs beside the framework. */
  readonly packages: readonly string[]
  /** Kinds of metrics that make sense for it; undefined where all do. */
  readonly metrics: readonly string[] | undefined
  /** Debian packages that it loads. */
  readonly system: readonly string[]
  /** Whether it is trained from batches that worker processes load. */
  readonly isNeural: boolean
  /** Whether these batches are images or larger. */
  readonly isLarge: boolean
  /** Whether training it takes a GPU: `yes` where it is slow beyond use without one. */
  readonly gpu: 'no' | 'optional' | 'yes'
  /** A starting point for the memory of the GPU, as a Compose byte value. */
  readonly gpuMemory: string | undefined
  /** How long a server may take to load it, as a Compose duration. */
  readonly startPeriod: string
}

interface ModelData extends Pick<ModelFacts, 'frameworks' | 'startPeriod'> {
  readonly packages?: readonly string[] | undefined
  readonly metrics?: readonly string[] | undefined
  readonly system?: readonly string[] | undefined
  readonly isNeural?: boolean | undefined
  readonly isLarge?: boolean | undefined
  readonly gpu: string
  readonly gpuMemory?: string | undefined
}

interface SharedMemory {
  readonly usual: string
  /** For large batches, and for several GPUs. */
  readonly large: string
}

const METRICS: Readonly<Record<string, readonly string[]>> = models.metrics
const TASKS: Readonly<Record<string, readonly string[]>> = models.tasks
const SHARED_MEMORY: Readonly<Record<string, SharedMemory>> = models.sharedMemory

export const MODELS: readonly ModelFacts[] = Object.entries<ModelData>(models.types).map(([name, data]) => ({
  name,
  // A framework without facts cannot be chosen, so it is no help to name it.
  frameworks: data.frameworks,
  packages: data.packages ?? [],
  system: data.system ?? [],
  metrics: data.metrics,
  isNeural: data.isNeural ?? false,
  isLarge: data.isLarge ?? false,
  gpu: data.gpu as ModelFacts['gpu'],
  gpuMemory: data.gpuMemory,
  startPeriod: data.startPeriod,
}))

/** The source of the table that speaks of something, such as `gymnasium` or `/dev/shm`; undefined where none does. */
export function findModelSource(word: string): string | undefined {
  return models.source.find((source) => source.toLowerCase().includes(word.toLowerCase()))
}

/** The type that a config without `model` has. */
export const DEFAULT_MODEL = 'custom'

export function findModel(type: string): ModelFacts | undefined {
  return MODELS.find(({ name }) => name === type)
}

/** The kinds that a metric belongs to; empty for a metric of the user's own. `val_accuracy` and `test-f1` count as what they measure. */
export function kindsOfMetric(metric: string): readonly string[] {
  const plain = metric.toLowerCase().replace(/-/g, '_').replace(/^(?:val|valid|validation|test|train|eval)_/, '')
  return Object.keys(METRICS).filter((kind) => METRICS[kind]?.includes(plain))
}

export function metricsOfKinds(kinds: readonly string[]): readonly string[] {
  return [...new Set(kinds.flatMap((kind) => METRICS[kind] ?? []))]
}

/** The kinds of metrics that a task has; undefined for a task that is not known. */
export function findKindsOfTask(task: string): readonly string[] | undefined {
  return Object.hasOwn(TASKS, task) ? TASKS[task] : undefined
}

/** A Compose byte value for jobs that load batches in worker processes; undefined where Docker's 64 MiB will do. */
export function findSharedMemory(framework: string, model: ModelFacts, gpus = 1): string | undefined {
  const sizes = model.isNeural && Object.hasOwn(SHARED_MEMORY, framework) ? SHARED_MEMORY[framework] : undefined
  return model.isLarge || gpus > 1 ? sizes?.large : sizes?.usual
}
