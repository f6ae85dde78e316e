/** What stands below the name of a service of ours: its command, how often it runs, its GPUs, and where it is reached. */
import { textAtDefaults, textWithReferences } from '../config/template.ts'
import { HELPER_FOLDER, ISOLATED_PYTHON } from '../facts/container.ts'
import { portsOf } from '../plan/port-variable.ts'
import type { Gpu, Launch, Service, Stack } from '../plan/stack.ts'
import { ELLIPSIS, readCommand, readPorts, readProfiles, treeOf, treeOfEntries } from './compose-keys.ts'
import type { Line } from './graph.ts'

export function linesOf(service: Service, stack: Stack): readonly Line[] {
  const line = (kind: Line['kind']) => (text: string): Line => ({ kind, text })
  return [
    ...commandOf(service).map(line('code')),
    ...(service.vendor === undefined ? [] : [line('words')(service.vendor.title)]),
    ...countsOf(service).map(line('words')),
    ...gpuOf(service, stack).map(line('gpu')),
    ...publishedOf(service).map(line('port')),
    ...requestOf(profilesOf(service)),
  ]
}

/** What is fetched stands elsewhere. Of a script its first line is shown, and of a command what is before its long options. */
function commandOf({ command, overrides, origin }: Service): readonly string[] {
  if (origin !== undefined) return []
  const text = readCommand(treeOfEntries(overrides)) ?? withoutHelper(command?.words.map(textWithReferences) ?? []).join(' ')
  const first = text.trim().split('\n')[0]?.replace(/ --[a-z].*/, ` ${ELLIPSIS}`) ?? ''
  return first === '' ? [] : [first]
}

/** A server that comes with mlstack is started by a helper of ours, which is not what runs. */
function withoutHelper(words: readonly string[]): readonly string[] {
  const count = ISOLATED_PYTHON.length
  return words[count]?.startsWith(`${HELPER_FOLDER}/`) === true ? words.slice(count + 1) : words
}

function countsOf({ node, launch, replicas }: Service): readonly string[] {
  const nodes = node === undefined ? [] : [`${node.count} nodes`]
  const processes = launch === undefined || launch.processes === 1 ? [] : [describeLaunch(launch, node !== undefined)]
  const counts = [...nodes, ...processes].join(', ')
  return [...(counts === '' ? [] : [counts]), ...(replicas === undefined || replicas === 1 ? [] : [`${replicas} replicas`])]
}

function describeLaunch({ processes }: Launch, isPerNode: boolean): string {
  if (processes === 'gpu') return 'a process for each GPU'
  return `${processes} processes${isPerNode ? ' each' : ''}`
}

const VENDORS = { nvidia: 'NVIDIA', amd: 'AMD' } as const

function gpuOf({ name, gpu, node }: Service, { overlay }: Stack): readonly string[] {
  const optional = overlay?.services.find((service) => service.name === name)?.gpu
  const found = gpu ?? optional
  if (found === undefined) return []
  // The ids are those of the first node alone.
  const text = node === undefined ? describeGpu(found) : `${describeGpu({ ...found, count: found.count ?? found.deviceIds.length, deviceIds: [] })} each`
  return [gpu === undefined ? `${text}, if there is one` : text]
}

function describeGpu({ vendor, count, deviceIds }: Gpu): string {
  if (deviceIds.length > 0) return `${VENDORS[vendor]} GPU ${deviceIds.map((id) => textAtDefaults(id, ELLIPSIS)).join(', ')}`
  if (count === 'all' || vendor === 'amd') return `all ${VENDORS[vendor]} GPUs`
  return `${count ?? 1} ${VENDORS[vendor]} GPU${count === 1 ? '' : 's'}`
}

function publishedOf({ port, ports, replicas }: Service): readonly string[] {
  if (port === undefined) return []
  if (ports === undefined) return [`127.0.0.1:${portsOf(port, replicas)}`]
  const published = readPorts(treeOf(ports))
  return published.length > 0 ? published : [`${port}, inside of the stack`]
}

/** How it is asked for; nothing for what starts by itself. */
export function requestOf(profiles: readonly string[]): readonly Line[] {
  return profiles.length === 0 ? [] : [{ kind: 'words', text: `on request: profile ${profiles.join(' or ')}` }]
}

/** By whose names it is asked for. */
export function profilesOf({ profiles, overrides }: Service): readonly string[] {
  return [...profiles, ...readProfiles(treeOfEntries(overrides))]
}
