/** What was decided of how a job runs beside its command: when again, with which parameters and secrets, and what outlives it. */
import type { Config, Params, Role } from '../config/config.ts'
import { textForCompose } from '../config/template.ts'
import type { Span } from '../diagnostics/diagnostic.ts'
import { checkpointsOf, modelOutputOf, outputsOf } from '../plan/outputs.ts'
import type { Resolved } from '../plan/resolved.ts'
import { secretsOf } from '../plan/secrets.ts'
import type { Service } from '../plan/stack.ts'
import { decision, type Decision } from '../resolve/decision.ts'
import type { ResolvedOutput } from '../resolve/outputs.ts'
import type { ParamsByRole } from '../resolve/params.ts'

export interface JobInput {
  readonly role: Role
  readonly service: Service
  readonly config: Config
  readonly params: ParamsByRole
  readonly outputs: Resolved['outputs']
}

const RERUNS = {
  always: ['always', 'whether or not anything has changed'],
  never: ['never', 'it has succeeded once; MLSTACK_RERUN=always runs it all the same'],
} as const

/** When a job runs that has succeeded before: for a change of what counts, which is listed, unless `rerun` says otherwise. */
export function decideRerun({ role, service, params }: JobInput): readonly Decision[] {
  if (role.kind !== 'job' || service.gate.part === 'node') return []
  const { rerun, needs, after, checks } = service.gate
  const spans = role.rerun === undefined ? [] : [role.rerun.span]
  if (rerun !== 'changed') {
    const [value, because] = RERUNS[rerun]
    return [decision('runs again', value, because, ...spans)]
  }
  const unread = checks.filter(({ how }) => how === 'none').map(({ dataset }) => dataset)
  const names = service.environment.flatMap(({ name }) => (name.startsWith('DATASET_') ? [name.slice('DATASET_'.length)] : []))
  const counted = names.filter((name) => !unread.includes(name))
  const counts = [
    'code',
    'packages',
    'command',
    'variables',
    ...(service.launch === undefined && service.node === undefined ? [] : ['how many processes and nodes']),
    ...(params.get(role.name.value)?.variables.length ? ['parameters'] : []),
    ...(counted.length === 0 ? [] : [`${counted.length === 1 ? 'the dataset' : 'the datasets'} ${counted.join(', ')}`]),
    ...after.map((job) => `the model of ${job}`),
    ...needs.map((job) => `what ${job} depends on`),
    ...(service.gate.countsServed ? ['the model in service'] : []),
  ]
  return [decision('runs again', 'when something has changed', `what counts: ${counts.join(', ')}; else it is skipped`, ...spans)]
}

/** Longer values are cut. */
const LONGEST_VALUE = 60

/** Each parameter once, with the place that its value is from, and what names the file of it. */
export function decideParams({ role, config, params }: JobInput): readonly Decision[] {
  const found = params.get(role.name.value)?.places ?? []
  return found.map(({ name, value, span }) => {
    const file = [role.params, config.params].find((given) => given?.file !== undefined && span.source.name === given.file.value)?.file
    const origin = file?.value ?? (isIn(span, role.params) ? `the \`params\` of ${role.name.value}` : 'the `params` of all jobs')
    const shown = value.length > LONGEST_VALUE ? `${value.slice(0, LONGEST_VALUE)}…` : value
    return decision('parameter', `${name}=${shown}`, `from ${origin}`, span, ...(file === undefined ? [] : [file.span]))
  })
}

function isIn({ source, start, end }: Span, params: Params | undefined): boolean {
  const whole = params?.values?.span
  return whole !== undefined && whole.source.name === source.name && whole.start <= start && end <= whole.end
}

/** Places that outlive the container: the model, the checkpoints of a job, and others, each with who owns what is written there. */
export function decideOutputs({ role, config, outputs, service }: JobInput): readonly Decision[] {
  const own = outputsOf(role, outputs)
  const model = modelOutputOf({ outputs })
  const hasModel = model !== undefined && service.mounts.some(({ target }) => target === model.target)
  return [
    ...(hasModel ? [decideOutput('model store', model, config)] : []),
    ...own.filter(({ kind }) => kind === 'other').map((output) => decideOutput('output', output, config)),
    ...(role.kind === 'job' ? decideCheckpoints(role, own, outputs, config) : []),
  ]
}

function decideCheckpoints(role: Role, own: readonly ResolvedOutput[], outputs: Resolved['outputs'], config: Config): readonly Decision[] {
  const given = own.find(({ kind }) => kind === 'checkpoints')
  if (given !== undefined) return [decideOutput('checkpoints', given, config)]
  return [decision('checkpoints', checkpointsOf(role, { outputs }), 'on the volume of the model, kept until the job begins something else')]
}

function decideOutput(subject: string, { source, volume, target }: ResolvedOutput, { build: { user } }: Config): Decision {
  const place = volume === undefined ? textForCompose(source.value) : `the volume ${volume}`
  const owner = volume === undefined ? `; what is written there belongs to ${user?.value ?? 'MLSTACK_UID'}` : ''
  return decision(subject, `${target}, in ${place}`, `given${owner}`, source.span)
}

/** Variables of the user's by their names: a value may be long, or nobody else's business. */
export function decideEnvironment({ role, config }: JobInput): readonly Decision[] {
  const given = [...config.environment, ...role.environment]
  const last = given.filter(({ name }, index) => given.findLastIndex((other) => other.name.value === name.value) === index)
  return last.map(({ name, value }) => {
    const because = role.environment.some((own) => own.name === name) ? 'given' : 'given for every job and service'
    return decision('variable', name.value, value === undefined ? `${because}; its value is the shell's at \`up\`` : because, name.span)
  })
}

export function decideSeed({ role, config: { seed } }: JobInput): readonly Decision[] {
  return seed === undefined || role.kind !== 'job' ? [] : [decision('seed', seed.value, 'given: SEED and PYTHONHASHSEED, and CUBLAS_WORKSPACE_CONFIG for what repeats on a GPU', seed.span)]
}

/** Secrets as the process sees them. */
export function decideSecrets({ role, config }: JobInput): readonly Decision[] {
  return secretsOf(role, config).map(({ name, source, for: granted, as }) => {
    const origin = 'file' in source ? source.file.value : `$${source.environment.value} of the shell or .env`
    const because = role.secrets.some((own) => own.name.value === name.value) ? `asked for by ${role.name.value}` : granted === undefined ? 'secrets are for every job' : 'granted by `for`'
    return decision('secret', `${name.value}, as ${as === 'env' ? 'a variable and ' : ''}/run/secrets/${name.value}`, `${because}; from ${origin}`, name.span)
  })
}
