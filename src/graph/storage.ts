/** What outlives the containers, and what comes from outside: a node for each, however many services have it. */
import { posix } from 'node:path'
import { textAtDefaults } from '../config/template.ts'
import { MODEL_STORE } from '../facts/container.ts'
import type { DataSource, Stack } from '../plan/stack.ts'
import { ELLIPSIS, type Storage } from './compose-keys.ts'
import type { GraphNode } from './graph.ts'
import type { Member } from './members.ts'

/** A node that is told from others by a key of any text. */
export interface Keyed extends Omit<GraphNode, 'id'> {
  readonly key: string
}

const NO_CONTAINER = { copies: 1, isOnRequest: false, services: [] } as const

/** Where the model is kept, in whichever volume or folder. */
export function isModelStore({ target }: Storage): boolean {
  return target === MODEL_STORE
}

/** A folder that is a dataset for one job may be an output of another; what is a dataset twice is told apart by where it is mounted. */
export function keyOfStorage({ kind, source, target }: Storage, { data }: Stack): string {
  const same = data.filter(({ mount }) => kind === 'bind' && mount.kind === 'bind' && posix.normalize(textAtDefaults(mount.source, ELLIPSIS)) === source)
  const found = same.find(({ mount }) => mount.target === target) ?? same[0]
  return found !== undefined ? keyOfData(found) : `${kind === 'bind' ? 'folder' : 'volume'} ${source}`
}

export function keyOfData({ use, name, place, mount }: DataSource): string {
  return place === 'volume' && mount.kind === 'volume' ? `volume ${mount.source}` : `${use} ${name}`
}

/** Datasets and the model to start from; one that is a volume is among the volumes. */
export function dataNodes({ data }: Stack): readonly Keyed[] {
  return data.filter(({ place }) => place !== 'volume').map((source) => ({
    ...NO_CONTAINER,
    key: keyOfData(source),
    kind: 'data',
    what: `${source.use} · ${source.place}`,
    title: source.name,
    lines: [{ kind: 'code', text: addressOf(textAtDefaults(source.source, ELLIPSIS)) }],
  }))
}

/** Without the scheme, which stands above it, and without a query, which may hold a signature. */
function addressOf(source: string): string {
  return source.replace(/^[a-z0-9]+:\/\//i, '').replace(/\?.*/s, '')
}

/** In the order in which services mount them. */
export function storageNodes(members: readonly Member[], stack: Stack): readonly Keyed[] {
  const ofData = new Set(dataNodes(stack).map(({ key }) => key))
  const mounted = members.flatMap(({ storage }) => storage).map((storage) => ({ storage, key: keyOfStorage(storage, stack) }))
  const first = mounted.filter(({ key }, index) => !ofData.has(key) && mounted.findIndex((other) => other.key === key) === index)
  return first.map(({ key, storage }) => nodeOf(key, storage, stack))
}

function nodeOf(key: string, storage: Storage, { data, volumes }: Stack): Keyed {
  const datasets = data.filter((source) => keyOfData(source) === key).map(({ name }) => `dataset ${name}`)
  const shared = volumes.find(({ name }) => storage.kind === 'volume' && name === storage.source)?.sharedName
  const words = [...datasets, ...(isModelStore(storage) ? ['the promoted model'] : []), ...(shared === undefined ? [] : [`shared as ${shared}`])]
  const lines = words.map((text) => ({ kind: 'words', text }) as const)
  if (storage.kind === 'volume') return { ...NO_CONTAINER, key, kind: 'volume', what: 'volume', title: storage.source, lines }
  return { ...NO_CONTAINER, key, kind: 'folder', what: 'on this machine', title: storage.source === '.' ? 'the project' : storage.source, lines }
}
