/** Decides where each dataset is mounted: what a path names is looked up, so that a file keeps its own name. */
import { posix } from 'node:path'
import type { Config, Dataset } from '../config/config.ts'
import type { Located } from '../config/located.ts'
import { literalOf, type Template } from '../config/template.ts'
import { DATA_FOLDER } from '../facts/container.ts'
import type { PathKind, Project } from '../project/project.ts'

export interface ResolvedDataset {
  readonly name: Located<string>
  /** Relative to the config, absolute, or beginning with `~`; references are Compose's. */
  readonly source: Located<Template>
  /** What the source names; `unknown` where a reference in it is filled in later. */
  readonly kind: PathKind | 'unknown'
  /** Absolute in the container. */
  readonly mount: Located<string>
  readonly isReadOnly: boolean
  /** Names of roles; undefined means the default. */
  readonly for: readonly Located<string>[] | undefined
}

export function resolveDatasets(config: Config, project: Project): readonly ResolvedDataset[] {
  return config.datasets.map((dataset) => resolveDataset(dataset, project))
}

function resolveDataset(dataset: Dataset, project: Project): ResolvedDataset {
  const source = literalOf(dataset.source.value)
  const kind = source === undefined || source.startsWith('~') ? 'unknown' : project.kindOf(source)
  const fileName = fileNameOf(dataset.source.value, kind)
  return {
    name: dataset.name,
    source: dataset.source,
    kind,
    mount: dataset.mount ?? { value: posix.join(DATA_FOLDER, fileName ?? dataset.name.value), span: dataset.name.span },
    isReadOnly: dataset.access.value === 'ro',
    for: dataset.for,
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
