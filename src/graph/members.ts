/** The services of a stack, ours and the user's, in one form: what each of them is, mounts and waits for. */
import { posix } from 'node:path'
import { textAtDefaults } from '../config/template.ts'
import { CACHE_FOLDER } from '../facts/container.ts'
import { OWN_FOLDER } from '../plan/own-files.ts'
import type { PassedEntry } from '../plan/passed.ts'
import type { Mount, Service, Stack } from '../plan/stack.ts'
import { ELLIPSIS, readDependencies, readImage, readPorts, readProfiles, readStorage, treeOf, treeOfEntries, type Dependency, type Storage } from './compose-keys.ts'
import type { GraphNode, Line } from './graph.ts'
import { linesOf, profilesOf, requestOf } from './service-lines.ts'

/** A service, or a job with all of its nodes. */
export interface Member extends Pick<GraphNode, 'what' | 'lines' | 'copies' | 'isOnRequest' | 'services'> {
  readonly name: string
  readonly kind: 'fetch' | 'job' | 'server' | 'service'
  readonly storage: readonly Storage[]
  readonly waitsFor: readonly Dependency[]
  /** Undefined for a service of the user's. */
  readonly plan: Service | undefined
}

/** Ours in the order of the plan, then the user's. */
export function listMembers(stack: Stack): readonly Member[] {
  const ours = stack.services.filter(({ gate }) => gate.part !== 'node').map((service) => memberOf(service, stack))
  const all = [...ours, ...[...stack.passed.services, ...stack.passed.included].map(memberOfPassed)]
  // A name may be in several of the files that are included.
  return all.filter(({ name }, index) => all.findIndex((other) => other.name === name) === index)
}

function memberOf(service: Service, stack: Stack): Member {
  const written = treeOfEntries(service.overrides)
  const kind = kindOf(service, stack)
  return {
    name: service.name,
    kind,
    what: kind,
    lines: linesOf(service, stack),
    copies: service.node?.count ?? service.replicas ?? 1,
    isOnRequest: profilesOf(service).length > 0,
    services: [service.name, ...(service.node?.others ?? [])],
    storage: [...service.mounts.flatMap(storageOf), ...readStorage(written)].filter(isShown),
    waitsFor: [...[...service.fetches, ...service.after].map((name) => ({ name, isEnd: true })), ...(service.reaches ?? []).map((name) => ({ name, isEnd: false })), ...readDependencies(written)],
    plan: service,
  }
}

/** What a person starts serves no model, nor does what records runs. */
function kindOf({ kind, image, profiles }: Service, { images }: Stack): Member['kind'] {
  const aside = images.find(({ name }) => name === image)?.aside
  if (aside !== undefined) return aside === 'fetches' ? 'fetch' : 'service'
  return kind === 'job' ? 'job' : profiles.length === 0 ? 'server' : 'service'
}

function memberOfPassed({ key, value }: PassedEntry): Member {
  const service = treeOf(value)
  const image = readImage(service)
  const ports = value.kind === 'map' ? value.entries.find((entry) => entry.key === 'ports') : undefined
  return {
    name: key,
    kind: 'service',
    what: 'service',
    lines: [...(image === undefined ? [] : [{ kind: 'code', text: image } as const]), ...readPorts(ports && treeOf(ports.value)).map((text): Line => ({ kind: 'port', text })), ...requestOf(readProfiles(service))],
    copies: 1,
    isOnRequest: readProfiles(service).length > 0,
    services: [key],
    storage: readStorage(service).filter(isShown),
    waitsFor: readDependencies(service),
    plan: undefined,
  }
}

function storageOf(mount: Mount): readonly Storage[] {
  if (mount.kind === 'hidden') return []
  const source = mount.kind === 'volume' ? mount.source : textAtDefaults(mount.source, ELLIPSIS)
  return [{ kind: mount.kind, source: mount.kind === 'bind' ? posix.normalize(source) : source, target: mount.target, isReadOnly: mount.isReadOnly }]
}

/** The cache is everybody's, and what mlstack writes itself is told in other ways. */
function isShown({ kind, source, target }: Storage): boolean {
  return target !== CACHE_FOLDER && !(kind === 'bind' && (source === OWN_FOLDER || source.startsWith(`${OWN_FOLDER}/`)))
}
