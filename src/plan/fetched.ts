/** Which sources are fetched, into which volumes, by services of which names, and with which secrets. */
import type { Config, Role, Secret } from '../config/config.ts'
import type { Located } from '../config/located.ts'
import type { Template } from '../config/template.ts'
import type { SchemeFacts } from '../facts/sources.ts'
import type { Fetch, Origin } from '../resolve/sources.ts'
import { useOfSource } from './model-source.ts'
import { datasetsOf, type Resolved } from './resolved.ts'

/** The image that all fetches share, and what it is called in files. */
export const FETCH_IMAGE = 'fetch'

/** One source that is fetched into a volume of its own. */
export interface Fetched {
  readonly service: string
  readonly volume: string
  /** In words, such as `the dataset digits`. */
  readonly title: string
  /** Where it is named. */
  readonly name: Located<string>
  readonly source: Located<Template>
  readonly scheme: SchemeFacts
  readonly fetch: Fetch
}

/** The service that fetches a dataset. */
function fetchServiceOf(dataset: string): string {
  return `fetch-${dataset}`
}

export function datasetVolumeOf(dataset: string): string {
  return `dataset-${dataset}`
}

const MODEL_FETCH = 'fetch-model'
/** The volume of a `model.source` that is fetched. */
export const MODEL_SOURCE_VOLUME = 'model-source'

export type Sources = Pick<Resolved, 'datasets' | 'modelSource'>

interface Source {
  readonly origin: Origin
  readonly fetch: Fetch | undefined
  readonly source: Located<Template>
}

/** In the order of the config. */
export function fetchedOf({ datasets, modelSource }: Sources): readonly Fetched[] {
  const ofDatasets = datasets.flatMap((dataset) => {
    const name = dataset.name.value
    return fetchedFrom(dataset, { service: fetchServiceOf(name), volume: datasetVolumeOf(name), title: `the dataset ${name}`, name: dataset.name })
  })
  if (modelSource === undefined) return ofDatasets
  return [...ofDatasets, ...fetchedFrom(modelSource, { service: MODEL_FETCH, volume: MODEL_SOURCE_VOLUME, title: 'the model source', name: { value: MODEL_FETCH, span: modelSource.source.span } })]
}

function fetchedFrom({ origin, fetch, source }: Source, names: Pick<Fetched, 'service' | 'volume' | 'title' | 'name'>): readonly Fetched[] {
  return origin.kind !== 'remote' || fetch === undefined ? [] : [{ ...names, source, scheme: origin.scheme, fetch }]
}

/** The fetches that a role waits for. */
export function fetchesBefore(role: Role, resolved: Resolved): readonly string[] {
  const datasets = datasetsOf(role, resolved.datasets).map(({ name }) => fetchServiceOf(name.value))
  const names = useOfSource(role, resolved.config) === undefined ? datasets : [...datasets, MODEL_FETCH]
  return fetchedOf(resolved).map(({ service }) => service).filter((service) => names.includes(service))
}

export interface GrantedSecret {
  readonly secret: Secret
  /** Exported inside the process; a variable that is the path of its file; or left as a file. */
  readonly use: 'export' | 'path' | 'file'
}

/** Secrets are not sprayed: a fetch gets those that are for it, and those that its client takes and that are for nobody else. */
export function fetchSecretsOf({ service, scheme }: Pick<Fetched, 'service' | 'scheme'>, { secrets }: Config): readonly GrantedSecret[] {
  return secrets.flatMap((secret): readonly GrantedSecret[] => {
    const known = scheme.credentials.find(({ name }) => name.test(secret.name.value))
    const isGranted = secret.for === undefined ? known !== undefined : secret.for.some(({ value }) => value === service)
    if (!isGranted) return []
    return [{ secret, use: known?.as === 'path' ? 'path' : secret.as === 'env' || known !== undefined ? 'export' : 'file' }]
  })
}
