/** Data that comes from outside of the stack, with what it is mounted by: datasets, and a model that exists. */
import type { ResolvedDataset } from '../resolve/datasets.ts'
import type { ResolvedModelSource } from '../resolve/model-source.ts'
import { datasetVolumeOf, MODEL_SOURCE_VOLUME } from './fetched.ts'
import { sourceFromOutput } from './layout.ts'
import type { Resolved } from './resolved.ts'
import type { DataSource, Layout, Mount } from './stack.ts'

/** In the order of the config, the model last. */
export function planData({ datasets, modelSource, layout }: Pick<Resolved, 'datasets' | 'modelSource' | 'layout'>): readonly DataSource[] {
  const ofDatasets = datasets.map((dataset): DataSource => ({ name: dataset.name.value, use: 'dataset', place: placeOf(dataset), source: dataset.source.value, mount: mountDataset(dataset, layout) }))
  if (modelSource === undefined) return ofDatasets
  return [...ofDatasets, { name: 'model', use: 'model', place: placeOf(modelSource), source: modelSource.source.value, mount: mountModelSource(modelSource, layout) }]
}

function placeOf({ origin, kind }: Pick<ResolvedDataset, 'origin' | 'kind'>): string {
  if (origin.kind === 'remote') return origin.scheme.scheme
  if (origin.kind === 'volume') return 'volume'
  return kind === 'file' || kind === 'folder' ? kind : 'path'
}

export function mountModelSource({ source, origin, target }: ResolvedModelSource, layout: Layout): Mount {
  if (origin.kind === 'local') return { kind: 'bind', source: sourceFromOutput(source.value, layout), target, isReadOnly: true }
  return { kind: 'volume', source: MODEL_SOURCE_VOLUME, target, isReadOnly: true, isNoCopy: true }
}

/** What is fetched is the volume's alone, whatever an image has at that place. */
export function mountDataset({ name, source, origin, mount: { value: target }, isReadOnly }: ResolvedDataset, layout: Layout): Mount {
  if (origin.kind === 'local') return { kind: 'bind', source: sourceFromOutput(source.value, layout), target, isReadOnly }
  if (origin.kind === 'volume') return { kind: 'volume', source: origin.volume, target, isReadOnly }
  return { kind: 'volume', source: datasetVolumeOf(name.value), target, isReadOnly, isNoCopy: true }
}
