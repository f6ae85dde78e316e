/** Decides where each dataset comes from and where it is mounted: what a path names is looked up, so that a file keeps its own name. */
import { posix } from 'node:path'
import type { Config, Dataset } from '../config/config.ts'
import type { Located } from '../config/located.ts'
import { literalOf, type Template } from '../config/template.ts'
import type { Sink } from '../diagnostics/sink.ts'
import { DATA_FOLDER } from '../facts/container.ts'
import type { PathKind, Project } from '../project/project.ts'
import { adviseRevision, readFetch, readSource, type Fetch, type Origin } from './sources.ts'

export interface ResolvedDataset {
  readonly name: Located<string>
  /** Relative to the config, absolute, or beginning with `~`; what is fetched as it is written. References are Compose's. */
  readonly source: Located<Template>
  readonly origin: Origin
  /** What a fetch is asked for; undefined for what is mounted as it is. */
  readonly fetch: Fetch | undefined
  /** What a local source names; `unknown` where a reference in it is filled in later, and for what is not local. */
  readonly kind: PathKind | 'unknown'
  /** Absolute in the container. */
  readonly mount: Located<string>
  readonly isReadOnly: boolean
  /** Names of roles; undefined means the default. */
  readonly for: readonly Located<string>[] | undefined
  /** How it counts in whether anything has changed; undefined: by default. */
  readonly check: Dataset['check']
}

/** A source that cannot be is reported, and counts as local so that nothing else is said of it. */
export function resolveDatasets(config: Config, project: Project, sink: Sink): readonly ResolvedDataset[] {
  return config.datasets.map((dataset) => resolveDataset(dataset, project, sink))
}

function resolveDataset(dataset: Dataset, project: Project, sink: Sink): ResolvedDataset {
  const found = readSource(dataset.source, 'dataset', sink)
  const origin = found ?? { kind: 'local' }
  const source = literalOf(dataset.source.value)
  const kind = found?.kind !== 'local' || source === undefined || source.startsWith('~') ? 'unknown' : project.kindOf(source)
  const fileName = found?.kind === 'local' ? fileNameOf(dataset.source.value, kind) : undefined
  adviseRevision(dataset.source, found, sink)
  return {
    name: dataset.name,
    source: dataset.source,
    origin,
    fetch: found === undefined ? undefined : readFetch(dataset.source, origin, dataset, sink),
    kind,
    mount: dataset.mount ?? { value: posix.join(DATA_FOLDER, fileName ?? dataset.name.value), span: dataset.name.span },
    isReadOnly: dataset.access.value === 'ro',
    for: dataset.for,
    check: dataset.check,
  }
}

/** The name of the file that a source names; where it cannot be looked up, a name with an extension is taken for a file's. */
function fileNameOf(source: Template, kind: ResolvedDataset['kind']): string | undefined {
  const last = source.at(-1)
  if (typeof last !== 'string' || (kind !== 'file' && kind !== 'unknown')) return undefined
  const name = posix.basename(last)
  const isWhole = source.length === 1 || last.includes('/')
  if (kind === 'file') return name
  return isWhole && /\.[A-Za-z0-9]+$/.test(name) ? name : undefined
}
