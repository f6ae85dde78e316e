/** One job or service of ours in a Compose file: long forms, a fixed order of keys, and a reason where one is due. */
import { posix } from 'node:path'
import { literal } from '../../config/template.ts'
import { AMD_DEVICES, AMD_GROUPS, DEFAULT_ID, ENTRYPOINT, HOME_FOLDER, ISOLATED_PYTHON, RERUN_VARIABLE, PROXY_VARIABLES } from '../../facts/container.ts'
import { dockerfileOf } from '../../plan/own-files.ts'
import { portsOf, portVariableOf } from '../../plan/port-variable.ts'
import type { BuildExtras, Gpu, Guest, Image, Limits, Service, Stack, Vendor } from '../../plan/stack.ts'
import { hashText } from '../hash.ts'
import { INDEX_ARGUMENTS } from '../dockerfile/index-arguments.ts'
import { formatProbe } from './healthcheck.ts'
import { entry, entryIf, flowList, list, map, rawText, text, token, type ComposeEntry, type ComposeMap, type ComposeValue } from './value.ts'

export const USER_ID = `\${MLSTACK_UID:-${DEFAULT_ID}}`
/** What a root that is to become another user needs, and no more. */
const GUEST_CAPABILITIES: readonly string[] = ['CHOWN', 'KILL', 'SETGID', 'SETUID']

const GROUP_ID = `\${MLSTACK_GID:-${DEFAULT_ID}}`
const USER_ARGUMENTS = [['MLSTACK_UID', USER_ID], ['MLSTACK_GID', GROUP_ID]] as const

export function composeService(service: Service, stack: Stack): ComposeMap {
  const image = stack.images.find(({ name }) => name === service.image)
  const [platform, ...others] = service.vendor?.platforms ?? image?.platforms ?? []
  return map([
    entryIf('profiles', flowList(service.profiles.map(rawText))),
    ...(service.vendor === undefined ? composeImage(service, image, stack) : composeVendor(service, service.vendor)),
    entryIf('command', composeCommand(service)),
    platform === undefined || others.length > 0 ? undefined : entry('platform', rawText(platform)),
    composeUser(service, service.vendor?.user ?? image?.extras.user),
    entryIf('working_dir', service.guest?.workingFolder === undefined ? undefined : rawText(service.guest.workingFolder)),
    entry('init', token(true), 'Reaps orphans and passes signals on.'),
    ...composeIsolation(service, image),
    service.guest === undefined ? undefined : entry('cap_add', flowList(GUEST_CAPABILITIES.map(token)), 'To hand over folders, to become that user, who has none of them, and to tell it to stop.'),
    entry('restart', rawText(service.kind === 'job' ? 'no' : 'on-failure:5')),
    ...composeNetworks(service),
    service.gate.part === 'none' ? undefined : entry('stop_grace_period', rawText('2m'), 'For a job that is told to stop, to save how far it has come.'),
    entryIf('depends_on', composeDependencies(service)),
    entryIf('environment', composeEnvironment(service), !keepsRecord(service) ? undefined : `${RERUN_VARIABLE}=always in the shell runs jobs again for which nothing has changed.`),
    entryIf('secrets', list(service.secrets.map((name) => map([entry('source', rawText(name)), entry('target', rawText(name))])))),
    entryIf('volumes', list(service.mounts.map(composeMount)), editsProject(service, image) ? "The project's own files lie over their copy in the image." : undefined),
    entryIf('ports', composePorts(service)),
    entryIf('healthcheck', composeHealth(service)),
    entryIf('shm_size', service.limits.shmSize && text(service.limits.shmSize), 'Loaders with several workers share batches through it; 64 MiB is the default.'),
    ...composeGpu(service.gpu),
    entryIf('deploy', composeDeploy(service)),
  ])
}

/** Of the services that share an image, the first one builds it. */
function composeImage(service: Service, image: Image | undefined, stack: Stack): readonly ComposeEntry[] {
  const isBuilder = image?.roles[0] === service.name
  return [
    entry('image', rawText(`${stack.project}-${service.image}`)),
    isBuilder ? entry('build', composeBuild(image, stack)) : entry('pull_policy', token('never'), `Built with ${image?.roles[0] ?? service.image}.`),
    entry('entrypoint', composeEntrypoint(service)),
  ]
}

function composeVendor({ image }: Service, { title, entrypoint }: Vendor): readonly (ComposeEntry | undefined)[] {
  return [
    entry('image', rawText(image), `${title}, from its makers: nothing is built.`),
    entrypoint && entry('entrypoint', flowList(entrypoint.program.map(rawText)), entrypoint.reason),
  ]
}

/** What must have succeeded, the servers that are spoken to, and the other nodes of the job, which wait for this one. */
function composeDependencies({ fetches, after, reaches = [], node }: Service): ComposeMap {
  const waitFor = (condition: string) => (name: string) => entry(name, map([entry('condition', token(condition))]))
  return map([...[...fetches, ...after].map(waitFor('service_completed_successfully')), ...reaches.map(waitFor('service_healthy')), ...(node?.others ?? []).map(waitFor('service_started'))])
}

/** A network of the nodes' own, beside those that the service is in anyway: the default one, where the user names none. */
function composeNetworks({ node, overrides }: Service): readonly (ComposeEntry | undefined)[] {
  if (node === undefined) return []
  const isDefault = !overrides.some(({ key }) => key === 'networks')
  const alias = map([entry('aliases', flowList([rawText(node.host)]))])
  return [entry('networks', map([isDefault ? entry('default', token(null)) : undefined, entry(node.network, node.number === 0 ? alias : token(null))]))]
}

/** Whether it is known of it when it ran last. */
function keepsRecord({ gate }: Service): boolean {
  return gate.part === 'model' || gate.part === 'apart'
}

function composeUser({ guest }: Service, user: BuildExtras['user']): ComposeEntry {
  if (guest !== undefined) return entry('user', rawText('0:0'), 'The helper begins as root, hands the volumes to the user behind --as, and is that user from then on.')
  if (user !== undefined) return entry('user', rawText(`${user.uid}:${user.gid}`), 'From build.user.')
  return entry('user', rawText(`${USER_ID}:${GROUP_ID}`), 'Files on the host belong to you with MLSTACK_UID="$(id -u)" MLSTACK_GID="$(id -g)" in the shell or .env.')
}

export function composeBuild(image: Image, { layout }: Stack): ComposeMap {
  const users = new Set(image.buildArguments.map(({ name }) => name))
  const passedOn = [...INDEX_ARGUMENTS, ...image.indexes.map(({ argument }) => argument), ...PROXY_VARIABLES].filter((name) => !users.has(name))
  const context = layout.contextFromOutput
  return map([
    entry('context', rawText(context)),
    entry('dockerfile', rawText(image.own?.path ?? posix.join(layout.outputFromContext, dockerfileOf(image.name)))),
    entryIf('target', image.own?.target === undefined ? undefined : rawText(image.own.target)),
    entry(
      'args',
      map([
        ...passedOn.map((name, index) => entry(name, token(null), index === 0 ? 'From the shell, where they are set.' : undefined)),
        ...(image.extras.user === undefined ? USER_ARGUMENTS.filter(([name]) => !users.has(name)).map(([name, value]) => entry(name, rawText(value))) : []),
        ...image.buildArguments.map(({ name, value }) => entry(name, value === undefined ? token(null) : text(value))),
      ]),
    ),
    entryIf('secrets', list([...new Set([...image.buildSecrets, ...image.extras.secrets])].map(rawText)), 'Read by the build alone: in no layer of the image.'),
    ...image.extras.options,
    entryIf('platforms', list(image.platforms.map(rawText))),
  ])
}

/** Our helper with its options, up to the `--` after which the command stands. */
export function composeEntrypoint({ name, gate, guest, launch, node }: Service, more: readonly string[] = []): ComposeValue {
  const options = [
    ...(gate.part === 'apart' ? ['--job'] : []),
    ...(gate.isFresh ? ['--fresh'] : []),
    ...(gate.from === undefined ? [] : ['--from', gate.from]),
    ...gate.after.flatMap((job) => ['--after', job]),
    ...(gate.promotes ? ['--promote'] : []),
    ...(gate.versions === undefined ? [] : ['--versions', gate.versions.name, ...gate.versions.holds.flatMap((files) => ['--holds', files])]),
    ...(gate.reloads ? ['--reload'] : []),
    ...(gate.metricsFile === undefined ? [] : ['--metrics', gate.metricsFile]),
    ...gate.requirements.flatMap((requirement) => ['--require', requirement]),
    ...gate.exports.flatMap((secret) => ['--export', secret]),
    ...(gate.rerun === 'changed' ? [] : ['--rerun', gate.rerun]),
    ...gate.needs.flatMap((job) => ['--needs', job]),
    ...(gate.countsServed ? ['--served'] : []),
    ...gate.checks.flatMap(({ dataset, how }) => ['--check', `${dataset}=${how}`]),
    ...gate.outputs.flatMap((path) => ['--output', path]),
    ...(gate.steps.length === 0 ? [] : ['--steps', hashText(JSON.stringify(gate.steps)).slice(0, 12)]),
    ...(launch === undefined ? [] : ['--processes', String(launch.processes)]),
    ...(node === undefined ? [] : ['--node', `${node.number}/${node.count}`, '--meet', `${node.meeting.host}:${node.meeting.port}`]),
    ...more,
  ]
  const words = [...isolatedPython(guest), ENTRYPOINT, name, ...options].map((word) => text(literal(word)))
  return flowList([...words, ...guestOptions(guest).map(rawText), ...gate.code.flatMap((place) => ['--code', place]).map(rawText), rawText('--')])
}

/** Debian's own Python has no other name. */
function isolatedPython(guest: Guest | undefined): readonly string[] {
  return guest === undefined ? ISOLATED_PYTHON : ['python3', ...ISOLATED_PYTHON.slice(1)]
}

function guestOptions(guest: Guest | undefined): readonly string[] {
  if (guest === undefined) return []
  return ['--as', guest.user ?? `${USER_ID}:${GROUP_ID}`, ...guest.folders.flatMap((folder) => ['--give', folder])]
}

function composeCommand({ command }: Service): ComposeValue | undefined {
  if (command === undefined) return undefined
  const words = command.words.map(text)
  if (!command.isShell) return flowList(words)
  const shell = ['bash', '-euo', 'pipefail', '-c'].map(rawText)
  return words.some((word) => word.text.includes('\n')) ? list([...shell, ...words]) : flowList([...shell, ...words])
}

function composeEnvironment(service: Service): ComposeMap {
  const own = service.environment.map(({ name, value, reason }) => entry(name, value === undefined ? token(null) : text(value), reason && `${reason}.`))
  return map([...own, keepsRecord(service) ? entry(RERUN_VARIABLE, token(null)) : undefined])
}

/** Some engines give the folder the mode that it has in the image, so it must be the user's own as well. */
function homeOptions({ guest }: Service, image: Image | undefined): string {
  if (guest !== undefined) return 'mode=1777'
  const user = image?.extras.user
  return `uid=${user?.uid ?? USER_ID},gid=${user?.gid ?? GROUP_ID},mode=1777`
}

function composeIsolation(service: Service, image: Image | undefined): readonly (ComposeEntry | undefined)[] {
  const { kind, fileSystem } = service
  const home = service.vendor === undefined ? [`${HOME_FOLDER}:${homeOptions(service, image)}`] : []
  const temporary = ['/tmp:exec,mode=1777', ...home].map(rawText)
  return [
    entry('cap_drop', flowList([token('ALL')])),
    entry('security_opt', flowList([rawText('no-new-privileges:true')])),
    fileSystem.isReadOnly ? entry('read_only', token(true), 'Whoever breaks in can change neither code nor packages.') : undefined,
    fileSystem.isReadOnly ? entry('tmpfs', list(temporary)) : undefined,
    kind === 'service' && fileSystem.reason !== undefined ? entry('read_only', token(false), `Not read-only: ${fileSystem.reason}.`) : undefined,
  ]
}

function editsProject({ mounts }: Service, image: Image | undefined): boolean {
  return mounts.some(({ kind, target, isReadOnly }) => kind === 'bind' && target === image?.workingFolder && !isReadOnly)
}

/** Over a file, it is an empty one. */
const NOTHING = '/dev/null'

function composeMount(mount: Service['mounts'][number]): ComposeValue {
  if (mount.kind === 'hidden') return map([entry('type', token('bind')), entry('source', rawText(NOTHING), 'A secret that it has not asked for is not to be seen.'), entry('target', text(literal(mount.target))), entry('read_only', token(true))])
  const source = mount.kind === 'bind' ? text(mount.source) : token(mount.source)
  return map([
    entry('type', token(mount.kind)),
    entry('source', source),
    entry('target', text(literal(mount.target))),
    mount.isReadOnly ? entry('read_only', token(true)) : undefined,
    mount.kind === 'bind' ? entry('bind', map([entry('create_host_path', token(false))])) : undefined,
    mount.kind === 'volume' && mount.isNoCopy === true ? entry('volume', map([entry('nocopy', token(true))])) : undefined,
  ])
}

function composePorts({ name, port, ports, replicas = 1 }: Service): ComposeValue | undefined {
  if (ports !== undefined) return ports
  if (port === undefined) return undefined
  return list([
    map([
      entry('target', token(port)),
      entry('published', rawText(`\${${portVariableOf(name)}:-${portsOf(port, replicas)}}`), replicas > 1 ? 'Each container takes the first one that is free.' : undefined),
      entry('host_ip', rawText('127.0.0.1')),
      entry('protocol', token('tcp')),
    ]),
  ])
}

function composeHealth({ health, guest }: Service): ComposeValue | undefined {
  if (health === undefined) return undefined
  return map([
    entry('test', list(['CMD', ...(health.by === undefined ? isolatedPython(guest) : [health.by]), '-c', formatProbe(health)].map((word) => text(literal(word))))),
    entry('interval', rawText('5s')),
    entry('timeout', rawText('5s')),
    entry('retries', token(3)),
    entry('start_period', rawText(health.startPeriod)),
  ])
}

function composeDeploy({ limits, gpu, replicas }: Service): ComposeValue {
  return map([replicas === undefined ? undefined : entry('replicas', token(replicas)), entry('resources', map([entry('limits', composeLimits(limits)), ...composeReservations(gpu)]))])
}

/** NVIDIA's GPUs, which Docker hands out by number or id. */
export function composeReservations(gpu: Gpu | undefined): readonly (ComposeEntry | undefined)[] {
  if (gpu?.vendor !== 'nvidia') return []
  const device = map([
    entry('driver', token('nvidia')),
    gpu.count === undefined ? undefined : entry('count', token(gpu.count)),
    entryIf('device_ids', list(gpu.deviceIds.map(text))),
    entry('capabilities', flowList(gpu.capabilities.map(token))),
  ])
  const comment = gpu.oldestDriver === undefined ? undefined : `CUDA ${gpu.version ?? ''} needs the driver ${gpu.oldestDriver} or newer on the machine.`
  return [entry('reservations', map([entry('devices', list([device]), comment)]))]
}

/** AMD's GPUs, which are devices of the system: whoever is in the groups that own them may use them. */
export function composeGpu(gpu: Gpu | undefined): readonly (ComposeEntry | undefined)[] {
  if (gpu?.vendor !== 'amd') return []
  return [
    entry('devices', list(AMD_DEVICES.map(rawText))),
    entry('group_add', list(AMD_GROUPS.map(({ variable, usual }) => rawText(`\${${variable}:-${usual}}`))), 'The numbers on the machine: `getent group video render`; MLSTACK_VIDEO_GID and MLSTACK_RENDER_GID in the shell or .env.'),
  ]
}

function composeLimits({ cpus, memory, pids }: Limits): ComposeMap {
  return map([entryIf('cpus', cpus && text(cpus)), entryIf('memory', memory && text(memory)), entry('pids', asNumber(text(pids).text))])
}

/** Compose takes a whole number here, and a text only where a variable is in it. */
function asNumber(value: string): ComposeValue {
  return /^-?\d+$/.test(value) ? token(Number(value)) : rawText(value)
}

