/** The edges of a graph: who makes, writes and reads what, and who waits for whom. */
import type { Stack } from '../plan/stack.ts'
import type { Edge } from './graph.ts'
import type { Member } from './members.ts'
import { reduceArrows } from './reduce.ts'
import { isModelStore, keyOfData, keyOfStorage } from './storage.ts'

export const serviceKey = (name: string) => `service ${name}`
export const gateKey = (name: string) => `gate ${name}`
export const endKey = (name: string) => `end ${name}`

/** Where ways out of a service begin: behind its gate, where it has one. */
function exitOf({ name, plan }: Member): string {
  return (plan?.gate.requirements.length ?? 0) > 0 ? gateKey(name) : serviceKey(name)
}

/** All edges, between keys of nodes. */
export function joinAll(members: readonly Member[], stack: Stack): readonly Edge[] {
  const model = keyOfModel(members, stack)
  const flows = [...joinFetches(members, stack), ...members.flatMap((member) => joinStorage(member, model, stack)), ...members.flatMap((member) => joinModel(member, model, members, stack)), ...members.flatMap(joinGate)]
  const all = [...flows, ...reduceArrows(joinCandidates(members), [])]
  const waits = members.flatMap((member) => joinWaits(member, members))
  const order = reduceArrows(waits.filter(({ kind }) => kind === 'flow'), all)
  return [...all, ...order, ...waits.filter(({ kind }) => kind === 'use')]
}

function flow(from: string, to: string, label = ''): Edge {
  return { from, to, label, kind: 'flow' }
}

/** On the way of the model, from the job that makes it to whoever has it. */
function pass(from: string, to: string, label = ''): Edge {
  return { from, to, label, kind: 'model' }
}

/** From elsewhere to what fetches it, which is known by the volume that it fills. */
function joinFetches(members: readonly Member[], { data }: Stack): readonly Edge[] {
  return members.filter(({ kind }) => kind === 'fetch').flatMap(({ name, storage }) => {
    const filled = data.filter(({ mount }) => mount.kind === 'volume' && storage.some(({ kind, source }) => kind === 'volume' && source === mount.source))
    return filled.map((source) => flow(keyOfData(source), serviceKey(name)))
  })
}

/** Where jobs and servers of ours have the model; others may have it at another place. */
function keyOfModel(members: readonly Member[], stack: Stack): string | undefined {
  const store = members.flatMap(({ plan, storage }) => (plan === undefined ? [] : storage)).find(isModelStore)
  return store && keyOfStorage(store, stack)
}

/** What is written flows out of a service, and what is only read flows in. */
function joinStorage({ name, storage }: Member, model: string | undefined, stack: Stack): readonly Edge[] {
  return storage.flatMap((each) => {
    const key = keyOfStorage(each, stack)
    if (key === model) return []
    if (each.isReadOnly) return [flow(key, serviceKey(name))]
    const isInput = stack.data.some((source) => keyOfData(source) === key && source.mount.target === each.target)
    return [isInput ? flow(key, serviceKey(name), 'reads, writes') : flow(serviceKey(name), key)]
  })
}

/** The job that promotes, behind its gate, and all that has the promoted model. */
function joinModel(member: Member, model: string | undefined, members: readonly Member[], stack: Stack): readonly Edge[] {
  const store = member.storage.find((each) => keyOfStorage(each, stack) === model)
  if (store === undefined || model === undefined) return []
  const key = serviceKey(member.name)
  const gate = member.plan?.gate
  const isReader = (store.isReadOnly && members.some(({ plan }) => plan?.gate.promotes)) || gate?.countsServed
  return [
    ...(gate?.promotes ? [pass(exitOf(member), model, exitOf(member) === key ? 'promotes' : 'yes: promotes')] : []),
    ...(isReader ? [pass(model, key, 'reads')] : []),
    // Jobs hand it on in other ways.
    ...(gate === undefined && !store.isReadOnly ? [flow(key, model)] : []),
  ]
}

function joinGate(member: Member): readonly Edge[] {
  const { name, plan } = member
  if (exitOf(member) === serviceKey(name)) return []
  return [pass(serviceKey(name), gateKey(name)), ...(plan?.gate.promotes === true ? [flow(gateKey(name), endKey(name), 'no')] : [])]
}

/** The candidate is handed from job to job. */
function joinCandidates(members: readonly Member[]): readonly Edge[] {
  return members.flatMap(({ name, plan }) => (plan?.gate.part === 'model' ? plan.gate.after : []).flatMap((job) => members.filter((member) => member.name === job).map((member) => pass(exitOf(member), serviceKey(name), 'candidate'))))
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
