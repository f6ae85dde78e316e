/** What was decided of the processes and nodes of a job. */
import type { Config, Role } from '../config/config.ts'
import { findDistributedSource } from '../facts/distributed.ts'
import { distributedOf, findLauncher, nodeNumbersOf, serviceOfNode } from '../plan/nodes.ts'
import type { Service } from '../plan/stack.ts'
import type { Decision } from '../resolve/decision.ts'

export interface NodesInput {
  readonly role: Role
  readonly service: Service
  readonly config: Config
}

export function decideNodes({ role, service, config }: NodesInput): readonly Decision[] {
  return [...decideNode(role, service), ...decideMeeting(role, service, config), ...decideLaunch(role, service)]
}

function decideNode(role: Role, { node }: Service): readonly Decision[] {
  if (node === undefined || role.nodes === undefined) return []
  const names = nodeNumbersOf(role).map((number) => serviceOfNode(node.job, number)).join(', ')
  const because = node.number === 0 ? 'it decides whether the job runs, and ends when all nodes have' : `it runs, is skipped and ends with ${node.job}`
  return [{ subject: 'node', value: `${node.number} of ${node.count}: ${names}`, because, spans: [role.nodes.span] }]
}

function decideMeeting(role: Role, { node }: Service, config: Config): readonly Decision[] {
  const kind = distributedOf(config)?.nodes
  if (node === undefined || kind === undefined || role.nodes === undefined) return []
  const value = kind === 'tf-config' ? 'TF_CONFIG' : 'MASTER_ADDR, MASTER_PORT, NNODES and NODE_RANK'
  return [{ subject: 'found by', value, because: `on the network ${node.network}, which leads nowhere else`, spans: [role.nodes.span] }]
}

function decideLaunch(role: Role, { launch, node }: Service): readonly Decision[] {
  const given = role.processesPerNode ?? role.nodes
  if (given === undefined) return []
  if (launch === undefined) return node === undefined || findLauncher(role) === undefined ? [] : [{ subject: 'processes', value: 'as the command says', because: 'it begins a launcher itself', spans: [given.span] }]
  const { processes } = launch
  const value = processes === 'gpu' ? 'one for each GPU' : String(processes)
  const because = role.processesPerNode === undefined ? 'torchrun starts it, so that the nodes know their ranks' : processes !== role.processesPerNode.value ? 'torchrun starts it; one for each GPU with compose.gpu.yaml' : 'given; torchrun starts them around the command'
  const fact = { text: 'torchrun gives each process RANK, LOCAL_RANK and WORLD_SIZE', source: findDistributedSource('torchrun') }
  return [{ subject: 'processes', value, because, spans: [given.span], fact }]
}
