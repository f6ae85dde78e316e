/** The environment of a role: what mlstack sets, then the user's, in which references to either are settled. */
import type { Config, Role, Variable as UserVariable } from '../config/config.ts'
import { literal, literalOf, substitute, type Template } from '../config/template.ts'
import { AMD_VISIBLE, CANDIDATE_FOLDER, CHECKPOINTS_FOLDER, CUBLAS_WORKSPACE, DATA_FOLDER, HASH_SEED, SECRETS_FOLDER, SERVED_FOLDER, THREAD_VARIABLES } from '../facts/container.ts'
import type { ResolvedDataset } from '../resolve/datasets.ts'
import { usesAmd } from '../resolve/gpu-target.ts'
import { modelJobsOf } from './jobs.ts'
import { metricsFileOf } from './metrics-file.ts'
import { hasGpu, portOf } from './resolved.ts'
import { secretsOf } from './secrets.ts'
import type { Variable } from './stack.ts'

export interface VariablesInput {
  readonly role: Role
  readonly config: Config
  /** Those of the role. */
  readonly datasets: readonly ResolvedDataset[]
  readonly cpus: Template | undefined
}

/** What a role's variables are for the container and for the references in its command. */
export interface RoleVariables {
  /** As they are to be written. */
  readonly environment: readonly Variable[]
  /** The value of a name that is the container's, as far as it is known; `isOwn` tells whether it is at all. */
  readonly valueOf: (name: string) => Template | undefined
  readonly isOwn: (name: string) => boolean
}

/** A variable of the user's that mlstack sets itself has been refused before. */
export function planVariables(input: VariablesInput): RoleVariables {
  const users = [...input.config.environment, ...input.role.environment]
  return settleVariables(ownVariables(input), users, [...seedVariables(input), ...threadVariables(input.cpus), ...visibleDevices(input)])
}

/** Ours, the defaults that the user has not set, and the user's, of which later ones win; references to any of them are settled. */
export function settleVariables(own: readonly (readonly [name: string, value: string])[], given: readonly UserVariable[], usual: readonly Variable[]): RoleVariables {
  const ours = new Map(own.map(([name, value]) => [name, literal(value)]))
  const users = new Map(given.map((variable) => [variable.name.value, variable]))
  const defaults = usual.filter(({ name }) => !users.has(name))
  const valueOf = (name: string, pending: readonly string[] = []): Template | undefined => {
    const template = ours.get(name) ?? users.get(name)?.value?.value
    if (template === undefined || pending.includes(name)) return undefined
    return substitute(template, (inner) => valueOf(inner, [...pending, name]))
  }
  return {
    environment: [
      ...[...ours].map(([name, value]) => ({ name, value })),
      ...defaults,
      ...[...users.keys()].map((name) => ({ name, value: valueOf(name) })),
    ],
    valueOf: (name) => valueOf(name),
    isOwn: (name) => ours.has(name) || users.get(name)?.value !== undefined,
  }
}

/** The table "What the user's code sees" of the language, for one role. */
export function ownVariables({ role, config, datasets }: Omit<VariablesInput, 'cpus'>): readonly (readonly [name: string, value: string])[] {
  const isModelJob = modelJobsOf(config).includes(role)
  const metricsFile = metricsFileOf(role, config)
  const port = portOf(role)
  return [
    ['DATA_DIR', DATA_FOLDER],
    ...datasets.map(({ name, mount }) => [datasetVariable(name.value), mount.value] as const),
    ['MODEL_DIR', isModelJob ? CANDIDATE_FOLDER : SERVED_FOLDER],
    ...(metricsFile === undefined ? [] : [['METRICS_FILE', metricsFile] as const]),
    ...(role.kind === 'job' ? [['CHECKPOINT_DIR', `${CHECKPOINTS_FOLDER}/${role.name.value}`] as const] : []),
    ...(port === undefined ? [] : [['HOST', '0.0.0.0'] as const, ['PORT', String(port)] as const]),
    ...(config.seed === undefined || role.kind !== 'job' ? [] : [['SEED', config.seed.value] as const]),
    ...secretsOf(role, config).map(({ name }) => [`${name.value}_FILE`, `${SECRETS_FOLDER}/${name.value}`] as const),
  ]
}

/** The variable that tells where a dataset is mounted. */
export function datasetVariable(name: string): string {
  return `DATASET_${name.toUpperCase().replace(/[-.]/g, '_')}`
}

/** What Python's hashes and cuBLAS take their chance from: a job is to do the same on every run. */
function seedVariables({ role, config: { seed } }: VariablesInput): readonly Variable[] {
  if (seed === undefined || role.kind !== 'job') return []
  return [
    { name: HASH_SEED, value: literal(seed.value) },
    { name: CUBLAS_WORKSPACE[0], value: literal(CUBLAS_WORKSPACE[1]) },
  ]
}

/** As many threads as processors; a part of one counts as a whole. */
function threadVariables(cpus: Template | undefined): readonly Variable[] {
  if (cpus === undefined) return []
  const count = literalOf(cpus)
  const value = count === undefined ? cpus : literal(String(Math.ceil(Number(count))))
  return THREAD_VARIABLES.map((name) => ({ name, value }))
}

/** AMD's GPUs are not handed out one by one: a process is told which it may see. */
function visibleDevices({ role, config }: VariablesInput): readonly Variable[] {
  const { gpu } = config
  if (gpu === undefined || !usesAmd(gpu) || !hasGpu(role.name.value, config)) return []
  if (gpu.deviceIds.length > 0) return [{ name: AMD_VISIBLE, value: gpu.deviceIds.flatMap(({ value }, index) => (index === 0 ? value : [',', ...value])) }]
  const { value } = gpu.count
  return typeof value === 'number' ? [{ name: AMD_VISIBLE, value: literal(Array.from({ length: value }, (_, index) => index).join(',')) }] : []
}
