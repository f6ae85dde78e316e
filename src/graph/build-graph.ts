/** From a stack to its graph: data, services, the gate, and what outlives them, joined by edges. */
import type { Stack } from '../plan/stack.ts'
import type { Edge, Graph } from './graph.ts'
import { groupData } from './group-data.ts'
import { assignIds } from './ids.ts'
import { endKey, gateKey, joinAll, serviceKey } from './join.ts'
import { listMembers, type Member } from './members.ts'
import { dataNodes, storageNodes, type Keyed } from './storage.ts'

/** Everything in the order of the plan, so that the same stack is the same graph. */
export function buildGraph(stack: Stack): Graph {
  const members = listMembers(stack)
  const all = joinAll(members, stack)
  // Jobs have the place of the model also where none of them makes one.
  const kept = storageNodes(members, stack).filter(({ key }) => all.some(({ from, to }) => from === key || to === key))
  const { nodes, links } = groupData({ nodes: [...dataNodes(stack), ...members.flatMap(nodesOf), ...kept], links: all })
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

function unique(links: readonly Edge[]): readonly Edge[] {
  return links.filter((link, index) => links.findIndex(({ from, to, kind }) => from === link.from && to === link.to && kind === link.kind) === index)
}

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

const BUILDS = { cpu: 'CPU', cuda: 'CUDA', rocm: 'ROCm', 'from-image': "the base image's CUDA" } as const

/** The frameworks of all images, each with what it is built for. */
function aboutOf({ variant, images, overlay }: Stack): string {
  const layers = [...images, ...(overlay?.images ?? [])].flatMap(({ packages }) => packages).flatMap((layer) => (layer.kind === 'framework' ? [layer] : []))
  const frameworks = layers.map(({ title, build }) => `${title} for ${[BUILDS[build.kind], build.version].filter((word) => word !== undefined).join(' ')}`)
  return [...(variant === undefined ? [] : [`variant ${variant}`]), ...new Set(frameworks)].join(' · ')
}
