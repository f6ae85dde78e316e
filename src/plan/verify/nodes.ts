/** Jobs of several processes or nodes: what can run so, what several containers cannot share, and names that their services take. */
import type { Config, Role } from '../../config/config.ts'
import type { Located } from '../../config/located.ts'
import * as nodes from '../../diagnostics/catalogue/nodes.ts'
import type { Span } from '../../diagnostics/diagnostic.ts'
import type { Sink } from '../../diagnostics/sink.ts'
import { listDistributed } from '../../facts/distributed.ts'
import { findFramework } from '../../facts/frameworks.ts'
import { invocationsOf } from '../../resolve/advice/words.ts'
import { declaredIn } from '../../resolve/included.ts'
import { isAutomatic, isGpuRole } from '../../resolve/gpu-roles.ts'
import { composeKeyOf } from '../jobs.ts'
import { countNodes, countProcesses, distributedOf, findLauncher, hostOfNode, networkOfNodes, nodeNumbersOf } from '../nodes.ts'
import type { VerifyInput } from './verify.ts'

export function verifyNodes({ config, included }: Pick<VerifyInput, 'config' | 'included'>, sink: Sink): void {
  for (const role of config.roles) {
    const isPossible = verifyFramework(role, config, sink)
    if (role.processesPerNode !== undefined && isPossible) verifyProcesses(role, role.processesPerNode, config, sink)
    if (role.nodes === undefined || countNodes(role) < 2) continue
    verifyKeys(role, sink)
    verifyDevices(role, role.nodes, config, sink)
    verifyServices(role, { config, included }, sink)
  }
}

/** False where the framework cannot do what is asked of it. */
function verifyFramework(role: Role, config: Config, sink: Sink): boolean {
  const facts = distributedOf(config)
  if (facts === undefined) return true
  const wishes = [['nodes', countNodes(role) > 1 ? role.nodes : undefined], ['launcher', isOneProcess(role) ? undefined : role.processesPerNode]] as const
  const refused = wishes.flatMap(([need, wish]) => (wish !== undefined && facts[need] === undefined ? [{ need, at: wish.span }] : []))
  for (const { need, at } of refused) {
    const [framework] = config.frameworks
    const key = need === 'nodes' ? 'nodes' : 'processes_per_node'
    sink.report(nodes.noLauncher({ framework: findFramework(facts.framework)?.title ?? 'plain Python', key, instead: facts.instead, able: listDistributed(need).join(', ') }, { at, related: framework === undefined ? [] : [{ span: framework.name.span, message: 'the framework' }] }))
  }
  return refused.length === 0
}

/** What any framework does. */
function isOneProcess({ processesPerNode }: Role): boolean {
  return processesPerNode?.value === 1
}

function verifyProcesses(role: Role, processes: Located<number | 'gpu'>, config: Config, sink: Sink): void {
  const name = role.name.value
  const launcher = findLauncher(role)
  const related = [{ span: processes.span, message: 'which torchrun starts' }]
  if (launcher !== undefined) sink.report(nodes.secondLauncher({ launcher: launcher.program, role: name, nodes: countNodes(role) }, { at: launcher.span, related }))
  else verifyLine(role, processes, sink)
  const hasGpu = isGpuRole(name, config)
  if (processes.value === 'gpu') {
    if (!hasGpu) sink.report(nodes.processesWithoutGpu({ role: name, hasGpu: config.gpu !== undefined }, { at: processes.span }))
    return
  }
  const gpus = hasGpu && !isAutomatic(config) ? countGpus(role, config) : undefined
  if (config.gpu !== undefined && gpus !== undefined && processes.value > gpus) {
    sink.report(nodes.moreProcessesThanGpus({ processes: processes.value, gpus }, { at: processes.span, related: [{ span: config.gpu.span, message: 'the GPUs of each node' }] }))
  }
}

/** The GPUs of a container, which are as many as the processes would be. */
function countGpus(role: Role, config: Config): number | undefined {
  return countProcesses({ ...role, processesPerNode: { value: 'gpu', span: role.span } }, config)
}

/** A line for a shell that does something before it trains. */
function verifyLine({ command, name }: Role, processes: Located<number | 'gpu'>, sink: Sink): void {
  if (command?.kind !== 'shell' || processes.value === 1) return
  const [first, second] = invocationsOf(command).filter(({ program }) => !HARMLESS.has(program))
  if (first === undefined || second === undefined) return
  sink.report(nodes.repeatedLine({ role: name.value, first: [first.program, ...first.words.slice(0, 1).map(({ value }) => value)].join(' ') }, { at: first.span, related: [{ span: processes.span, message: 'so many processes' }] }))
}

/** What may be done as often as one likes. */
const HARMLESS: ReadonlySet<string> = new Set(['cd', 'echo', 'export', 'printf', 'pwd', 'set', 'sleep', 'source', 'test', 'true', 'ulimit', 'umask', '.', '['])

/** Keys of Compose's that belong to one container, or make several of one service. */
const KEYS: readonly (readonly [path: readonly string[], why: string])[] = [
  [['network_mode'], 'they find each other on a network of their own'],
  [['ports'], 'each of them would publish the same port'],
  [['scale'], 'each of them is one container with a number'],
  [['deploy', 'replicas'], 'each of them is one container with a number'],
  [['mac_address'], 'each of them needs its own'],
]

function verifyKeys(role: Role, sink: Sink): void {
  const found = KEYS.flatMap(([path, why]) => {
    const at = placeOf(role, path)
    return at === undefined ? [] : [{ key: path.join('.'), why, at }]
  })
  for (const { key, why, at } of found) sink.report(nodes.keyOfOneContainer({ key, role: role.name.value, why }, { at, related: role.nodes === undefined ? [] : [{ span: role.nodes.span, message: 'so many nodes' }] }))
}

/** Where a role has one of Compose's keys, or one within it. */
function placeOf(role: Role, [key = '', inner]: readonly string[]): Span | undefined {
  const written = role.compose.find(({ name }) => name.value === key)
  if (key === 'ports' && role.ports !== undefined) return role.ports.span
  if (inner === undefined) return written?.name.span
  const tree = composeKeyOf(role, key)
  return tree?.kind === 'map' ? tree.entries.find((entry) => entry.key === inner)?.keySpan : undefined
}

/** Nodes of one machine each need GPUs of their own. */
function verifyDevices(role: Role, { value: count, span }: Located<number>, config: Config, sink: Sink): void {
  const { gpu } = config
  const name = role.name.value
  if (gpu === undefined || !isGpuRole(name, config)) return
  const related = [{ span, message: 'so many nodes' }]
  const ids = gpu.deviceIds.length
  if (ids % count !== 0) sink.report(nodes.unequalGpus({ gpus: ids, nodes: count, role: name }, { at: gpu.span, related }))
  if (ids === 0 && gpu.count.value === 'all') sink.report(nodes.sharedGpus({ role: name, nodes: count }, { at: gpu.span, related }))
}

function verifyServices(role: Role, { config, included }: Pick<VerifyInput, 'config' | 'included'>, sink: Sink): void {
  const job = role.name.value
  const hosts = new Map(nodeNumbersOf(role).map((number) => [hostOfNode(job, number), number === 0 ? 'what the other nodes call the first one' : 'a node']))
  const others = [...config.roles, ...config.services].map(({ name }) => name)
  for (const { value, span } of [...others, ...includedNames('services')]) {
    const what = hosts.get(value)
    if (what !== undefined) sink.report(nodes.nodeNameTaken({ name: value, job, what }, { at: span, related: [{ span: role.name.span, message: 'this job' }] }))
  }
  for (const { value, span } of [...config.networks.map(({ name }) => name), ...includedNames('networks')]) {
    if (value === networkOfNodes(job)) sink.report(nodes.nodeNameTaken({ name: value, job, what: 'the network of the nodes' }, { at: span, related: [{ span: role.name.span, message: 'this job' }] }))
  }

  function includedNames(section: string): readonly Located<string>[] {
    return declaredIn(included, section).map(({ name, file }) => ({ value: name, span: file.path.span }))
  }
}
