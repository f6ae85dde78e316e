/** From a stack to its graph: services, what they keep and read, the gate, and who waits for whom. */
import type { Stack } from '../plan/stack.ts'
import type { Edge, Graph } from './graph.ts'
import { groupData } from './group-data.ts'
import { assignIds } from './ids.ts'
import { listMembers, type Member } from './members.ts'
import { reduceArrows } from './reduce.ts'
import { dataNodes, isModelStore, keyOfData, keyOfStorage, storageNodes, type Keyed } from './storage.ts'

/** Everything in the order of the plan, so that the same stack is the same graph. */
export function buildGraph(stack: Stack): Graph {
  const members = listMembers(stack)
  const all = [...dataNodes(stack), ...members.flatMap(nodesOf), ...storageNodes(members, stack)]
  const { nodes, links } = groupData({ nodes: all, links: joinAll(members, stack) })
  const ids = assignIds(nodes.map(({ key }) => key))
  const idOf = (key: string) => ids.get(key) ?? ''
  const order = [...ids.values()]
  const edges = unique(links.map((link) => ({ ...link, from: idOf(link.from), to: idOf(link.to) })))
  return {
    title: stack.project,
    about: aboutOf(stack),
    nodes: nodes.map(({ key, ...node }) => ({ id: idOf(key), ...node })),
    edges: edges.toSorted((one, other) => order.indexOf(one.from) - order.indexOf(other.from) || order.indexOf(one.to) - order.indexOf(other.to)),
  }
}

const serviceKey = (name: string) => `service ${name}`
const gateKey = (name: string) => `gate ${name}`
const endKey = (name: string) => `end ${name}`

/** A service, and the decision that comes after it. */
function nodesOf({ name, kind, what, lines, copies, isOnRequest, services, plan }: Member): readonly Keyed[] {
  const plain = { copies: 1, isOnRequest: false, services: [] }
  const requirements = plan?.gate.requirements ?? []
  return [
    { key: serviceKey(name), kind, what, title: name, lines, copies, isOnRequest, services },
    ...(requirements.length === 0 ? [] : [{ ...plain, key: gateKey(name), kind: 'gate', what: 'gate', title: requirements.map(withSigns).join('\n'), lines: [] } as const]),
    ...(requirements.length === 0 || plan?.gate.promotes !== true ? [] : [{ ...plain, key: endKey(name), kind: 'end', what: '', title: 'the promoted model stays', lines: [] } as const]),
  ]
}

/** As people write it. */
function withSigns(requirement: string): string {
  return requirement.replace('>=', '≥').replace('<=', '≤')
}

/** Where ways out of a service begin: behind its gate, where it has one. */
function exitOf({ name, plan }: Member): string {
  return (plan?.gate.requirements.length ?? 0) > 0 ? gateKey(name) : serviceKey(name)
}

function joinAll(members: readonly Member[], stack: Stack): readonly Edge[] {
  const flows = [...joinFetches(members, stack), ...members.flatMap((member) => joinStorage(member, stack)), ...members.flatMap((member) => joinModel(member, members, stack)), ...members.flatMap(joinGate)]
  const all = [...flows, ...reduceArrows(joinCandidates(members), [])]
  const waits = members.flatMap((member) => joinWaits(member, members))
  const order = reduceArrows(waits.filter(({ kind }) => kind === 'flow'), all)
  return [...all, ...order, ...waits.filter(({ kind }) => kind === 'use')]
}

function unique(links: readonly Edge[]): readonly Edge[] {
  return links.filter((link, index) => links.findIndex(({ from, to, kind }) => from === link.from && to === link.to && kind === link.kind) === index)
}

function flow(from: string, to: string, label = ''): Edge {
  return { from, to, label, kind: 'flow' }
}

/** From elsewhere to what fetches it, which is known by the volume that it fills. */
function joinFetches(members: readonly Member[], { data }: Stack): readonly Edge[] {
  return members.filter(({ kind }) => kind === 'fetch').flatMap(({ name, storage }) => {
    const filled = data.filter(({ mount }) => mount.kind === 'volume' && storage.some(({ kind, source }) => kind === 'volume' && source === mount.source))
    return filled.map((source) => flow(keyOfData(source), serviceKey(name)))
  })
}

/** What is written flows out of a service, and what is only read flows in. */
function joinStorage({ name, storage }: Member, stack: Stack): readonly Edge[] {
  return storage.filter((each) => !isModelStore(each)).map((each) => {
    const key = keyOfStorage(each, stack)
    if (each.isReadOnly) return flow(key, serviceKey(name))
    const isInput = stack.data.some((source) => keyOfData(source) === key && source.mount.target === each.target)
    return isInput ? flow(key, serviceKey(name), 'reads, writes') : flow(serviceKey(name), key)
  })
}

/** The job that promotes, behind its gate, and all that has the promoted model. */
function joinModel(member: Member, members: readonly Member[], stack: Stack): readonly Edge[] {
  const store = member.storage.find(isModelStore)
  if (store === undefined || member.plan === undefined) return []
  const { key, gate } = { key: keyOfStorage(store, stack), gate: member.plan.gate }
  const isGated = exitOf(member) !== serviceKey(member.name)
  const isReader = (store.isReadOnly && members.some(({ plan }) => plan?.gate.promotes)) || gate.countsServed
  return [
    ...(gate.promotes ? [flow(exitOf(member), key, isGated ? 'yes: promotes' : 'promotes')] : []),
    ...(isReader ? [flow(key, serviceKey(member.name), 'reads')] : []),
  ]
}

function joinGate(member: Member): readonly Edge[] {
  const { name, plan } = member
  if (exitOf(member) === serviceKey(name)) return []
  return [flow(serviceKey(name), gateKey(name)), ...(plan?.gate.promotes === true ? [flow(gateKey(name), endKey(name), 'no')] : [])]
}

/** The candidate is handed from job to job. */
function joinCandidates(members: readonly Member[]): readonly Edge[] {
  return members.flatMap(({ name, plan }) => (plan?.gate.part === 'model' ? plan.gate.after : []).flatMap((job) => members.filter((member) => member.name === job).map((member) => flow(exitOf(member), serviceKey(name), 'candidate'))))
}

/** A job comes before what waits for its end; a service that has to run is used. */
function joinWaits({ name, waitsFor }: Member, members: readonly Member[]): readonly Edge[] {
  return waitsFor.flatMap(({ name: other, isEnd }): readonly Edge[] => {
    const found = members.find(({ services }) => services.includes(other))
    if (found === undefined || found.name === name) return []
    const isJob = found.kind === 'job' || found.kind === 'fetch'
    return isJob || isEnd ? [flow(exitOf(found), serviceKey(name))] : [{ from: serviceKey(name), to: serviceKey(found.name), label: 'uses', kind: 'use' }]
  })
}

const BUILDS = { cpu: 'CPU', cuda: 'CUDA', rocm: 'ROCm', 'from-image': "the base image's CUDA" } as const

/** The frameworks of all images, each with what it is built for. */
function aboutOf({ variant, images, overlay }: Stack): string {
  const layers = [...images, ...(overlay?.images ?? [])].flatMap(({ packages }) => packages).flatMap((layer) => (layer.kind === 'framework' ? [layer] : []))
  const frameworks = layers.map(({ title, build }) => `${title} for ${[BUILDS[build.kind], build.version].filter((word) => word !== undefined).join(' ')}`)
  return [...(variant === undefined ? [] : [`variant ${variant}`]), ...new Set(frameworks)].join(' · ')
}
