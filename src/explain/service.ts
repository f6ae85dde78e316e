/** What was decided of one service beside its image: how it runs, when, and on what. */
import type { Resources, Role } from '../config/config.ts'
import { textForCompose } from '../config/template.ts'
import { useOfSource } from '../plan/model-source.ts'
import { portsOf, portVariableOf } from '../plan/port-variable.ts'
import { isFor } from '../plan/resolved.ts'
import { factsOf } from '../plan/role-kinds.ts'
import type { Gate, Words } from '../plan/stack.ts'
import type { ResolvedModelSource } from '../resolve/model-source.ts'
import type { ResolvedDataset } from '../resolve/datasets.ts'
import { decision, type Decision } from '../resolve/decision.ts'
import type { ResolvedServer } from '../resolve/server.ts'
import { dependenciesOf, jobsWaitedFor } from '../plan/jobs.ts'
import { decideNodes } from './nodes.ts'
import { decideNotebook } from './notebook.ts'
import { decideServer } from './server.ts'
import { decideEnvironment, decideOutputs, decideParams, decideRerun, decideSecrets, decideSeed, type JobInput } from './job.ts'

export interface ServiceInput extends JobInput {
  /** The project's name. */
  readonly project: string
  /** The ready-made server of `serve`. */
  readonly server: ResolvedServer | undefined
  readonly datasets: readonly ResolvedDataset[]
  readonly modelSource: ResolvedModelSource | undefined
}

/** In the order of a service's life: what runs, after what, with which data, and how it is reached. */
export function decideService(input: ServiceInput): readonly Decision[] {
  return [...decideKind(input), ...decideNotebook(input), ...decideCode(input), ...decideServer(input), ...decideCommand(input), ...decideNodes(input), ...decideOrder(input), ...decideRerun(input), ...decideGate(input), ...decideDatasets(input), ...decideParams(input), ...decideModelSource(input), ...decideOutputs(input), ...decideSecrets(input), ...decideEnvironment(input), ...decideSeed(input), ...decidePort(input), ...decideHealth(input), ...decideLimits(input), ...decideGpu(input), ...decideFiles(input)]
}

/** A service of the user's own that runs in an image of ours, and how many containers there are. */
function decideKind({ role, service: { image, replicas } }: ServiceInput): readonly Decision[] {
  const second = role.of === undefined ? [] : [decision('service', `a second server, in the image of ${image}`, 'it has neither `image` nor `build`', role.name.span)]
  const several = replicas === undefined ? [] : [decision('containers', String(replicas), 'given', ...(role.replicas === undefined ? [] : [role.replicas.span]))]
  return [...second, ...several]
}

/** Where nothing is given, it is the config's folder, at the place of the whole file. */
function decideCode({ config: { code, frameworks } }: ServiceInput): readonly Decision[] {
  const inner = frameworks[0]?.span
  const isGiven = code.paths.some(({ span }) => inner === undefined || span.end < inner.start || inner.end < span.start)
  return !isGiven ? [] : [decision('code', code.paths.map(({ value }) => value).join(' and '), 'given: copied into the image, and importable', ...code.paths.map(({ span }) => span))]
}

export function decideCommand({ role, service }: ServiceInput): readonly Decision[] {
  const { command } = role
  if (command === undefined || service.command === undefined) return []
  const isGiven = command.kind === 'shell' || command.words[0]?.span.start !== command.words[1]?.span.start
  const because = command.kind === 'shell' ? 'a line for a shell' : isGiven ? 'given' : 'a .py file is run by Python'
  return [decision('command', textOf(service.command), because, command.span)]
}

function textOf({ isShell, words }: Words): string {
  const text = words.map(textForCompose).join(' ').trim().replace(/\s*\n\s*/g, '; ')
  return isShell ? `bash -euo pipefail -c ${JSON.stringify(text)}` : text
}

/** First what is fetched, then what the user's own `depends_on` names, then what is waited for without a word of the user's. */
function decideOrder({ role, service, config }: ServiceInput): readonly Decision[] {
  const fetches = service.fetches.length === 0 ? [] : [decision('waits for', service.fetches.join(' and '), 'what they fetch is mounted here')]
  const jobs = jobsWaitedFor(role, config).map(({ name }) => name.value)
  const servers = (service.reaches ?? []).map((name) => decision('waits for', name, 'what it does is recorded there', ...(config.tracking === undefined ? [] : [config.tracking.span])))
  const named = dependenciesOf(role).map(({ value, span }) => decision('waits for', value, `asked for by \`depends_on\`${jobs.includes(value) ? ': it must have succeeded' : ''}`, span))
  if (service.after.length === 0) return [...fetches, ...servers, ...named]
  const because = role.kind === 'job' ? 'it works on the model that they made' : 'it serves only what has passed them'
  return [...fetches, ...servers, ...named, decision('starts after', service.after.join(' and '), because)]
}

function decideGate({ role, config, service: { gate } }: ServiceInput): readonly Decision[] {
  if (gate.part === 'node') return []
  if (useOfSource(role, config) === 'model') return []
  const isApart = role.kind === 'job' && gate.part === 'apart'
  const model = isApart ? decision('model', 'the one promoted last', 'the job has no part in making it') : decision('model', modelOf(role, gate), 'a job that fails leaves the model in service as it was')
  if (gate.requirements.length === 0) return [model]
  return [decision('gate', gate.requirements.join(', '), 'required; otherwise the job fails', ...role.require.map(({ span }) => span)), model]
}

function modelOf(role: Role, { isFresh, from, promotes }: Gate): string {
  if (role.kind === 'service') return 'the one promoted last'
  if (from !== undefined) return 'a copy of model.source, which is promoted'
  if (isFresh) return promotes ? 'begins and promotes it' : 'begins a new candidate'
  return promotes ? 'promotes the candidate' : 'works on the candidate'
}

function decideDatasets({ role, service, datasets }: ServiceInput): readonly Decision[] {
  const mounted = datasets.filter(({ mount }) => service.mounts.some(({ target }) => target === mount.value))
  return mounted.map((dataset) => {
    const names = role.datasets?.filter(({ value }) => value === dataset.name.value) ?? dataset.for?.filter(({ value }) => value === role.name.value)
    const because = names === undefined && isFor(role, undefined, factsOf(role).getsDatasets) ? `datasets are for ${role.kind === 'job' ? 'every job' : 'the notebook as for jobs'}` : 'asked for'
    return decision('dataset', `${dataset.mount.value}${dataset.isReadOnly ? ', read-only' : ''}`, because, dataset.source.span, ...(names ?? []).map(({ span }) => span))
  })
}

const USES_OF_SOURCE = { base: 'where training starts from, $BASE_MODEL_DIR', candidate: 'the candidate begins with a copy of it', model: 'the model itself, $MODEL_DIR' } as const

function decideModelSource({ role, config, modelSource }: ServiceInput): readonly Decision[] {
  const use = useOfSource(role, config)
  return use === undefined || modelSource === undefined ? [] : [decision('model source', `${modelSource.target}, read-only`, USES_OF_SOURCE[use], modelSource.source.span)]
}

export function decidePort({ role, service: { port, ports, name, replicas } }: ServiceInput): readonly Decision[] {
  if (port === undefined) return []
  const because = role.port === undefined ? 'the default' : 'given'
  const spans = role.port === undefined ? [] : [role.port.span]
  const own = decision('port', String(port), because, ...spans)
  if (role.ports === undefined || ports === undefined) return [own, decision('published', `127.0.0.1:\${${portVariableOf(name)}:-${portsOf(port, replicas)}}`, 'this machine alone, unless `ports` says more')]
  const isPublished = role.ports.kind !== 'list' || role.ports.items.length > 0
  return isPublished ? [own, decision('published', 'as `ports` says', 'given', role.ports.span)] : [own, decision('published', 'nowhere', 'only other services reach it, unless `ports` says more')]
}

export function decideHealth({ role, service: { health } }: ServiceInput): readonly Decision[] {
  if (health === undefined) return []
  const value = health.path === undefined ? `port ${health.port} takes connections` : health.answer === undefined ? `GET ${health.path} answers 2xx or 3xx` : `GET ${health.path} answers ${health.answer}`
  return [decision('healthy when', value, `${role.health === undefined ? 'the default' : 'given'}; failures count after ${health.startPeriod}`, ...(role.health === undefined ? [] : [role.health.span]))]
}

const LIMITS: readonly (readonly [key: keyof Resources, subject: string])[] = [['cpus', 'processors'], ['memory', 'memory'], ['shmSize', 'shared memory'], ['pids', 'processes']]

/** Those that the user has not set are the image's affair, or Docker's. */
export function decideLimits({ role, service, config }: ServiceInput): readonly Decision[] {
  return LIMITS.flatMap(([key, subject]) => {
    const given = role.resources[key] ?? config.resources[key]
    const value = service.limits[key]
    return given === undefined || value === undefined ? [] : [decision(subject, textForCompose(value), 'given', given.span)]
  })
}

function decideGpu({ service: { gpu }, config }: ServiceInput): readonly Decision[] {
  if (gpu === undefined || config.gpu === undefined) return []
  const value = gpu.deviceIds.length > 0 ? `ids ${gpu.deviceIds.map(textForCompose).join(', ')}` : String(gpu.count ?? 'all')
  return [decision('gpu', value, 'asked for', config.gpu.span)]
}

function decideFiles({ service: { fileSystem, vendor } }: ServiceInput): readonly Decision[] {
  if (fileSystem.isReadOnly) return [decision('file system', 'read-only', vendor === undefined ? 'but for /tmp, /cache and the home folder' : 'but for /tmp')]
  return [decision('file system', 'writable', fileSystem.reason ?? 'what is written there goes with the container')]
}
