/** The volumes of the stack: ours, and those that services use without declaring them. */
import type { Config } from '../config/config.ts'
import { parseMount } from '../config/mount.ts'
import { fieldOf } from '../config/read.ts'
import { projectRoles } from '../config/roles.ts'
import { CACHE_VOLUME, MODEL_VOLUME, SHARED_CACHE } from '../facts/container.ts'
import { planFetchVolumes } from './fetches.ts'
import { composeKeyOf } from './jobs.ts'
import { useOfSource } from './model-source.ts'
import { modelOutputOf } from './outputs.ts'
import type { Resolved } from './resolved.ts'
import type { Volume } from './stack.ts'
import { planTrackingVolume } from './tracking.ts'
import { builtRoles } from './vendor.ts'

/** Ours first, then those of datasets and undeclared ones in the order of their use. */
export function planVolumes(resolved: Pick<Resolved, 'config' | 'environments' | 'datasets' | 'modelSource' | 'outputs'>): readonly Volume[] {
  const { config, datasets, outputs } = resolved
  const declared = new Set(config.volumes.map(({ name }) => name.value))
  const ours: readonly Volume[] = [
    ...(projectRoles(config).every((role) => useOfSource(role, config) === 'model') || modelOutputOf({ outputs }) !== undefined ? [] : [{ name: MODEL_VOLUME, purpose: 'Candidate, releases and metrics of the model' }]),
    ...(builtRoles(resolved).length === 0 || config.cache.scope === 'none' ? [] : [planCache(config)]),
    ...planFetchVolumes(resolved),
    ...planTrackingVolume(config),
  ]
  const ofDatasets = datasets.flatMap(({ origin }) => (origin.kind === 'volume' ? [origin.volume] : []))
  const used = [...new Set([...ofDatasets, ...outputs.flatMap(({ volume }) => volume ?? []), ...usedVolumes(config)])].map((name): Volume => ({ name, purpose: undefined }))
  const known = new Set(ours.map(({ name }) => name))
  return [...ours, ...used.filter(({ name }) => !known.has(name))].filter(({ name }) => !declared.has(name))
}

/** The volume of the project, or one that Compose makes for whoever comes first. */
function planCache({ cache }: Config): Volume {
  if (cache.scope !== 'shared') return { name: CACHE_VOLUME, purpose: 'Downloads and compiled kernels; may be deleted at any time' }
  return { name: CACHE_VOLUME, purpose: 'Downloads and compiled kernels of all projects that share it; not external, so that the first one makes it', sharedName: cache.name?.value ?? SHARED_CACHE }
}

function usedVolumes({ services, roles }: Config): readonly string[] {
  const lists = [...services.map(({ value }) => fieldOf(value, 'volumes')), ...roles.map((role) => composeKeyOf(role, 'volumes'))]
  return lists.flatMap((list) => (list?.kind === 'list' ? list.items : [])).flatMap((item) => {
    const mount = parseMount(item)
    return mount?.type === 'volume' && mount.source !== undefined && !mount.source.includes('$') ? [mount.source] : []
  })
}
