/** Datasets: nothing may be mounted over anything else, and nothing of the system's into a container. */
import { posix } from 'node:path'
import type { Config } from '../../config/config.ts'
import { literalOf } from '../../config/template.ts'
import * as sources from '../../diagnostics/catalogue/sources.ts'
import * as stack from '../../diagnostics/catalogue/stack.ts'
import type { Span } from '../../diagnostics/diagnostic.ts'
import type { Sink } from '../../diagnostics/sink.ts'
import { BASE_MODEL_FOLDER, CACHE_FOLDER, CACHE_VOLUME, HOME_FOLDER, MODEL_STORE, MODEL_VOLUME, SECRETS_FOLDER } from '../../facts/container.ts'
import { workingFolderOf } from '../../resolve/code.ts'
import type { ResolvedDataset } from '../../resolve/datasets.ts'
import { datasetsOf } from '../resolved.ts'
import type { VerifyInput } from './verify.ts'

export function verifyMounts({ config, datasets, modelSource, configFolder }: VerifyInput, sink: Sink): void {
  if (modelSource !== undefined) verifySource(modelSource, configFolder, sink)
  for (const dataset of datasets) {
    verifySource(dataset, configFolder, sink)
    verifyTarget(dataset, config, sink)
  }
  for (const role of config.roles) verifyMeetings(datasetsOf(role, datasets), sink)
}

export interface RefusedPlace {
  readonly path: string
  /** Whether all that lies in it is refused too. */
  readonly isDeep: boolean
  readonly reason: string
}

const SYSTEM = 'it belongs to the system'

/** Places of the host that are refused as datasets. */
export const REFUSED_SOURCES: readonly RefusedPlace[] = [
  { path: '/', isDeep: false, reason: 'it is the whole machine' },
  { path: '~', isDeep: false, reason: 'it is the whole home folder' },
  { path: '/home', isDeep: false, reason: 'it holds the home folders of all users' },
  { path: '/root', isDeep: false, reason: 'it is the home folder of root' },
  { path: '/var', isDeep: false, reason: SYSTEM },
  ...['/boot', '/dev', '/etc', '/proc', '/run', '/sys', '/var/lib/docker', '/var/run'].map((path) => ({ path, isDeep: true, reason: SYSTEM })),
  ...['/bin', '/lib', '/lib64', '/sbin', '/usr'].map((path) => ({ path, isDeep: false, reason: SYSTEM })),
]

function verifySource({ source, origin, kind }: Pick<ResolvedDataset, 'source' | 'origin' | 'kind'>, configFolder: string, sink: Sink): void {
  const text = literalOf(source.value)
  if (origin.kind === 'volume') verifyVolume(origin.volume, source.span, sink)
  if (text === undefined || origin.kind !== 'local') return
  const path = absoluteOf(text, configFolder)
  const refused = findRefused(REFUSED_SOURCES, path)
  const reason = refused?.reason ?? (kind === 'other' || path.endsWith('.sock') ? 'it is no file or folder' : undefined)
  if (reason !== undefined) sink.report(stack.refusedFolder({ path: text, reason }, { at: source.span }))
}

/** A path of the host as places are compared; below the home folder, it stays as it is. */
export function absoluteOf(path: string, configFolder: string): string {
  return path.startsWith('~') ? path.replace(/\/+$/, '') : posix.resolve(configFolder, path)
}

const OWN_VOLUMES: ReadonlyMap<string, string> = new Map([[MODEL_VOLUME, 'the model'], [CACHE_VOLUME, 'the cache']])

function verifyVolume(volume: string, at: Span, sink: Sink): void {
  const holds = OWN_VOLUMES.get(volume)
  if (holds !== undefined) sink.report(sources.ownVolume({ volume, holds }, { at }))
}

/** Places of the container where no dataset may be mounted. */
export const REFUSED_TARGETS: readonly RefusedPlace[] = [
  { path: '/', isDeep: false, reason: 'it would hide the whole image' },
  { path: MODEL_STORE, isDeep: true, reason: 'the model is there' },
  { path: BASE_MODEL_FOLDER, isDeep: true, reason: 'the model to start from is there' },
  { path: CACHE_FOLDER, isDeep: false, reason: 'the cache is there' },
  { path: HOME_FOLDER, isDeep: false, reason: 'the home folder is there' },
  { path: '/opt/mlstack', isDeep: true, reason: 'the helper is there' },
  { path: SECRETS_FOLDER, isDeep: true, reason: 'secrets are there' },
  ...['/bin', '/dev', '/etc', '/lib', '/lib64', '/proc', '/sbin', '/sys', '/usr'].map((path) => ({ path, isDeep: true, reason: SYSTEM })),
  ...['/run', '/tmp', '/var', '/opt', '/home', '/root'].map((path) => ({ path, isDeep: false, reason: SYSTEM })),
]

/** Places of the container where this config may mount nothing. */
export function refusedTargetsOf(config: Config): readonly RefusedPlace[] {
  return [...REFUSED_TARGETS, { path: workingFolderOf(config), isDeep: false, reason: 'the code is there' }]
}

function verifyTarget({ mount }: ResolvedDataset, config: Config, sink: Sink): void {
  const refused = findRefused(refusedTargetsOf(config), posix.resolve('/', mount.value))
  if (refused !== undefined) sink.report(stack.mountPlaceRefused({ target: mount.value, reason: refused.reason }, { at: mount.span }))
}

export function findRefused(places: readonly RefusedPlace[], path: string): RefusedPlace | undefined {
  return places.find((place) => path === place.path || (place.isDeep && path.startsWith(`${place.path}/`)))
}

function verifyMeetings(datasets: readonly ResolvedDataset[], sink: Sink): void {
  const owners = new Map<string, ResolvedDataset>()
  for (const dataset of datasets) {
    const target = posix.resolve('/', dataset.mount.value)
    const owner = owners.get(target)
    if (owner === undefined) owners.set(target, dataset)
    else {
      const related = [{ span: owner.mount.span, message: 'mounted there first' }]
      sink.report(stack.mountTaken({ target, other: `the dataset \`${owner.name.value}\`` }, { at: dataset.mount.span, related }))
    }
  }
}
