/** The environment of a role: what mlstack sets, then the user's, in which references to either are settled. */
import type { Config, Role, Variable as UserVariable } from '../config/config.ts'
import { TRACKING } from '../config/roles.ts'
import { literal, literalOf, substitute, type Template } from '../config/template.ts'
import { AMD_VISIBLE, BASE_MODEL_FOLDER, CANDIDATE_FOLDER, CUBLAS_WORKSPACE, DATA_FOLDER, HASH_SEED, PARAMS_FILE, RESUME_VARIABLE, SECRETS_FOLDER, SERVED_FOLDER, THREAD_VARIABLES } from '../facts/container.ts'
import { usesAmd } from '../resolve/gpu-target.ts'
import { modelJobsOf } from './jobs.ts'
import { metricsFileOf } from './metrics-file.ts'
import { useOfSource } from './model-source.ts'
import { countProcesses, devicesOfNode, nodeVariables } from './nodes.ts'
import { isToken, notebookVariables, tokenFileVariables } from './notebook.ts'
import { checkpointsOf } from './outputs.ts'
import { datasetsOf, hasGpu, portOf, type Resolved } from './resolved.ts'
import { isExported, secretsOf } from './secrets.ts'
import type { Variable } from './stack.ts'
import { trackingDefaults, trackingVariables } from './tracking.ts'

/** What the variables of all roles are made from. */
export type Given = Pick<Resolved, 'config' | 'datasets' | 'params' | 'outputs'>

export interface VariablesInput {
  readonly role: Role
  readonly given: Given
  readonly cpus: Template | undefined
  /** The project's name, where it is known by now. */
  readonly project?: string
  /** The number of the node; 0 where there is but one. */
  readonly node?: number
  /** Further defaults, which the user may set otherwise. */
  readonly usual?: readonly Variable[]
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
  const { role, given } = input
  const settled = settleVariables(ownVariables(role, given, input.node), givenVariables(role, given.config), [...seedVariables(input), ...threadVariables(input), ...visibleDevices(input), ...notebookVariables(role, given.config), ...trackingDefaults(input), ...(input.usual ?? [])])
  return { ...settled, isOwn: (name) => settled.isOwn(name) || isLate(name, role) || isExported(name, role, given.config) || isToken(name, role, given.config) }
}

/** What the user sets: for all that runs the project's code, and for a role. */
export function givenVariables(role: Role, { environment }: Pick<Config, 'environment'>): readonly UserVariable[] {
  return role.name.value === TRACKING ? role.environment : [...environment, ...role.environment]
}

/** Whether a variable of the container's is set by the helper when a job starts, so that nobody knows it before. */
export function isLate(name: string, { kind }: Role): boolean {
  return kind === 'job' && name === RESUME_VARIABLE
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
export function ownVariables(role: Role, given: Given, node = 0): readonly (readonly [name: string, value: string])[] {
  const { config } = given
  const params = given.params.get(role.name.value)
  const isModelJob = modelJobsOf(config).includes(role)
  const use = useOfSource(role, config)
  const metricsFile = metricsFileOf(role, config)
  const port = portOf(role)
  const listening = port === undefined ? [] : [['HOST', '0.0.0.0'] as const, ['PORT', String(port)] as const]
  const secrets = secretsOf(role, config).map(({ name }) => [`${name.value}_FILE`, `${SECRETS_FOLDER}/${name.value}`] as const)
  if (role.name.value === TRACKING) return [...listening, ...secrets]
  return [
    ['DATA_DIR', DATA_FOLDER],
    ...datasetsOf(role, given.datasets).map(({ name, mount }) => [datasetVariable(name.value), mount.value] as const),
    ['MODEL_DIR', use === 'model' ? BASE_MODEL_FOLDER : isModelJob ? CANDIDATE_FOLDER : SERVED_FOLDER],
    ...(use !== undefined && role.kind === 'job' ? [['BASE_MODEL_DIR', BASE_MODEL_FOLDER] as const] : []),
    ...(metricsFile === undefined ? [] : [['METRICS_FILE', metricsFile] as const]),
    ...(role.kind === 'job' ? [['CHECKPOINT_DIR', checkpointsOf(role, given)] as const] : []),
    ...(params === undefined ? [] : [['PARAMS_FILE', PARAMS_FILE] as const, ...params.variables]),
    ...listening,
    ...(config.seed === undefined || role.kind !== 'job' ? [] : [['SEED', config.seed.value] as const]),
    ...nodeVariables(role, node, config),
    ...trackingVariables(role, config),
    ...secrets,
    ...tokenFileVariables(role, config),
  ]
}

/** The variable that tells where a dataset is mounted. */
export function datasetVariable(name: string): string {
  return `DATASET_${name.toUpperCase().replace(/[-.]/g, '_')}`
}

/** What Python's hashes and cuBLAS take their chance from: a job is to do the same on every run. */
function seedVariables({ role, given: { config: { seed } } }: VariablesInput): readonly Variable[] {
  if (seed === undefined || role.kind !== 'job') return []
  return [
    { name: HASH_SEED, value: literal(seed.value) },
    { name: CUBLAS_WORKSPACE[0], value: literal(CUBLAS_WORKSPACE[1]) },
  ]
}

/** As many threads as processors, which the processes of a container share; a part of one counts as a whole. Where one of the two is known only later, several processes are left to torchrun, which gives each one thread. */
function threadVariables({ role, cpus, given: { config } }: VariablesInput): readonly Variable[] {
  const processes = countProcesses(role, config)
  if (cpus === undefined || processes === undefined) return []
  const count = literalOf(cpus)
  if (count === undefined && processes > 1) return []
  const value = count === undefined ? cpus : literal(String(Math.ceil(Number(count) / processes)))
  return THREAD_VARIABLES.map((name) => ({ name, value }))
}

/** AMD's GPUs are not handed out one by one: a process is told which it may see. */
function visibleDevices({ role, node = 0, given: { config } }: VariablesInput): readonly Variable[] {
  const { gpu } = config
  if (gpu === undefined || !usesAmd(gpu) || !hasGpu(role.name.value, config)) return []
  const deviceIds = devicesOfNode(role, node, gpu)
  if (deviceIds.length > 0) return [{ name: AMD_VISIBLE, value: deviceIds.flatMap((id, index) => (index === 0 ? id : [',', ...id])) }]
  const { value } = gpu.count
  return typeof value === 'number' ? [{ name: AMD_VISIBLE, value: literal(Array.from({ length: value }, (_, index) => index).join(',')) }] : []
}
