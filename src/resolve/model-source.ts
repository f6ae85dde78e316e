/** Decides where a model that exists comes from: the one to start from, or the one that is evaluated and served. */
import { posix } from 'node:path'
import type { Config } from '../config/config.ts'
import type { Located } from '../config/located.ts'
import { literal, type Template } from '../config/template.ts'
import * as sources from '../diagnostics/catalogue/sources.ts'
import type { Sink } from '../diagnostics/sink.ts'
import { BASE_MODEL_FOLDER } from '../facts/container.ts'
import type { PathKind, Project } from '../project/project.ts'
import { adviseRevision, readFetch, readSource, type Fetch, type Origin } from './sources.ts'

export interface ResolvedModelSource {
  readonly source: Located<Template>
  readonly origin: Origin
  /** What a fetch is asked for; undefined for what is mounted as it is. */
  readonly fetch: Fetch | undefined
  readonly kind: PathKind | 'unknown'
  /** Where it is mounted: a file keeps its own name in the folder. */
  readonly target: string
}

/** Undefined where the config names none. */
export function resolveModelSource({ model }: Config, project: Project, sink: Sink): ResolvedModelSource | undefined {
  if (model.source === undefined) return undefined
  const { sha256, include, source: { value: path, span } } = model.source
  const source = { value: literal(path), span }
  const found = readSource(source, 'model', sink)
  adviseRevision(source, found, sink)
  const kind = found?.kind !== 'local' || path.startsWith('~') ? 'unknown' : project.kindOf(path)
  if (kind === 'missing') sink.report(sources.missingModelSource({ source: path }, { at: span }))
  return {
    source,
    origin: found ?? { kind: 'local' },
    fetch: found === undefined ? undefined : readFetch(source, found, { sha256, include, extract: undefined }, sink),
    kind,
    target: kind === 'file' ? posix.join(BASE_MODEL_FOLDER, posix.basename(path)) : BASE_MODEL_FOLDER,
  }
}
