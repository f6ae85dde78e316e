/** Jobs that run as several processes or on several nodes: which services they are, and what tells these of each other. */
import type { Config, GpuChoice, Role } from '../config/config.ts'
import { literal, type Template } from '../config/template.ts'
import { findDistributed, LAUNCHERS, MASTER_PORT, MEETING_PORT, type DistributedFacts } from '../facts/distributed.ts'
import { findFramework } from '../facts/frameworks.ts'
import { invocationsOf, type Invocation } from '../resolve/advice/words.ts'
import { hasGpu } from './resolved.ts'
import type { Launch, Network, Node } from './stack.ts'

/** In how many containers a role runs. */
export function countNodes({ nodes }: Pick<Role, 'nodes'>): number {
  return nodes?.value ?? 1
}

/** The numbers of its nodes. */
export function nodeNumbersOf(role: Role): readonly number[] {
  return Array.from({ length: countNodes(role) }, (_, number) => number)
}

/** The service of a node: the first one has the name of the job. */
export function serviceOfNode(job: string, number: number): string {
  return number === 0 ? job : `${job}-${number}`
}

/** What the other nodes call a node, on their network alone for the first one. */
export function hostOfNode(job: string, number: number): string {
  return `${job}-${number}`
}

export function networkOfNodes(job: string): string {
  return `${job}-nodes`
}

/** Undefined for a job of one node. */
export function planNode(role: Role, number: number): Node | undefined {
  const count = countNodes(role)
  if (count < 2) return undefined
  const job = role.name.value
  const others = number === 0 ? nodeNumbersOf(role).slice(1).map((other) => serviceOfNode(job, other)) : []
  return { job, number, count, others, network: networkOfNodes(job), host: hostOfNode(job, number), meeting: { host: hostOfNode(job, 0), port: MEETING_PORT } }
}

export function planNetworks({ roles }: Config): readonly Network[] {
  return roles.filter((role) => countNodes(role) > 1).map(({ name }) => ({ name: networkOfNodes(name.value), purpose: `What the nodes of ${name.value} tell each other, which nobody else hears; it leads nowhere` }))
}

/** What starts several processes: where they are asked for, and on each of several nodes, unless the command has a launcher of its own. */
export function planLaunch(role: Role, config: Config): Launch | undefined {
  const { launcher } = distributedOf(config) ?? {}
  const { processesPerNode } = role
  if (launcher === undefined || (processesPerNode === undefined && (countNodes(role) < 2 || findLauncher(role) !== undefined))) return undefined
  const isGpuLater = processesPerNode?.value === 'gpu' && !hasGpu(role.name.value, config)
  return { launcher, processes: isGpuLater ? 1 : (processesPerNode?.value ?? 1) }
}

/** Whether our helper needs the part of it that knows of processes and nodes. */
export function isTogether(role: Role, config: Config): boolean {
  return countNodes(role) > 1 || planLaunch(role, config) !== undefined
}

/** The launcher that a command begins, where it does. */
export function findLauncher({ command }: Pick<Role, 'command'>): Invocation | undefined {
  return command === undefined ? undefined : invocationsOf(command).find(({ program }) => LAUNCHERS.has(program))
}

/** Of several frameworks, the first that can start processes, else the first that can have nodes, else the first. */
export function distributedOf({ frameworks }: Pick<Config, 'frameworks'>): DistributedFacts | undefined {
  const found = frameworks.flatMap(({ name }) => findDistributed(findFramework(name.value)?.name ?? name.value) ?? [])
  return found.find(({ launcher }) => launcher !== undefined) ?? found.find(({ nodes }) => nodes !== undefined) ?? found[0]
}

/** What tells the code of a node where the others are. */
export function nodeVariables(role: Role, number: number, config: Config): readonly (readonly [name: string, value: string])[] {
  const count = countNodes(role)
  const kind = distributedOf(config)?.nodes
  if (count < 2 || kind === undefined) return []
  const job = role.name.value
  if (kind === 'tf-config') return [['TF_CONFIG', JSON.stringify({ cluster: { worker: nodeNumbersOf(role).map((each) => `${hostOfNode(job, each)}:${MASTER_PORT}`) }, task: { type: 'worker', index: number } })]]
  return [['MASTER_ADDR', hostOfNode(job, 0)], ['MASTER_PORT', String(MASTER_PORT)], ['NNODES', String(count)], ['NODE_RANK', String(number)]]
}

/** Of several nodes on one machine each has GPUs of its own: its share of those that are named, or as many as are asked for, counted on from the node before. Empty where a number or all are asked for, and no node has to leave any to others. */
export function devicesOfNode(role: Role, number: number, { count, deviceIds }: GpuChoice): readonly Template[] {
  const nodes = countNodes(role)
  const share = deviceIds.length / nodes
  if (deviceIds.length > 0) return deviceIds.slice(number * share, (number + 1) * share).map(({ value }) => value)
  const each = count.value === 'auto' ? 1 : count.value
  return nodes < 2 || each === 'all' ? [] : Array.from({ length: each }, (_, index) => literal(String(number * each + index)))
}

/** How many processes run in one container, as far as that is known before it starts. */
export function countProcesses(role: Role, config: Config): number | undefined {
  const value = role.processesPerNode?.value ?? 1
  if (value !== 'gpu') return value
  if (!hasGpu(role.name.value, config)) return 1
  const { count, deviceIds } = config.gpu ?? {}
  if (deviceIds !== undefined && deviceIds.length > 0) return deviceIds.length / countNodes(role)
  return typeof count?.value === 'number' ? count.value : undefined
}
