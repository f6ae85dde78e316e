/** Decides what each place is that outlives the containers: on the machine or a volume, and where it is mounted. */
import { posix } from 'node:path'
import type { Config, Output } from '../config/config.ts'
import type { Located } from '../config/located.ts'
import { literalOf, textWithReferences, type Template } from '../config/template.ts'
import * as jobs from '../diagnostics/catalogue/jobs.ts'
import type { Sink } from '../diagnostics/sink.ts'
import { MODEL_STORE, OWN_CHECKPOINTS_FOLDER } from '../facts/container.ts'
import type { Project } from '../project/project.ts'
import { workingFolderOf } from './code.ts'

export interface ResolvedOutput {
  /** `model` and `checkpoints` have a meaning of their own. */
  readonly kind: 'model' | 'checkpoints' | 'other'
  /** The role that it is for; undefined for one of the whole file. */
  readonly role: string | undefined
  /** A folder of the machine, relative to the config, absolute or from `~`; references are Compose's. */
  readonly source: Located<Template>
  /** A named volume in its place. */
  readonly volume: string | undefined
  /** Absolute in the container. */
  readonly target: string
}

export function resolveOutputs(config: Config, project: Project, sink: Sink): readonly ResolvedOutput[] {
  const resolve = (output: Output, role: string | undefined) => resolveOutput(output, { role, config, project, sink }) ?? []
  return [
    ...config.outputs.flatMap((output) => resolve(output, undefined)),
    ...config.roles.flatMap((role) => role.outputs.flatMap((output) => resolve(output, role.name.value))),
  ]
}

interface Context {
  readonly role: string | undefined
  readonly config: Config
  readonly project: Project
  readonly sink: Sink
}

const ELSEWHERE = /^[A-Za-z][A-Za-z0-9+.-]*:\/\//
const VOLUME = /^volume:(?=[a-zA-Z0-9][a-zA-Z0-9_.-]*$)/

function resolveOutput(output: Output, { role, config, project, sink }: Context): ResolvedOutput | undefined {
  const source = output.path
  const text = literalOf(source.value)
  const kind = kindOf(output)
  const target = targetOf(output, kind, workingFolderOf(config))
  if (kind === 'model' && role !== undefined) sink.report(jobs.modelOfOneRole({ role }, { at: output.name?.span ?? source.span }))
  else if (kind === 'model' && output.target !== undefined) sink.report(jobs.targetOfTheModel({ target: output.target.value }, { at: output.target.span }))
  else if (text !== undefined && ELSEWHERE.test(text)) sink.report(jobs.outputElsewhere({ path: text, scheme: text.replace(/:.*/s, '') }, { at: source.span }))
  else if (target === undefined) sink.report(jobs.outputWithoutTarget({ path: textWithReferences(source.value) }, { at: source.span }))
  else if (text !== undefined && isFile(text, project)) sink.report(jobs.outputIsFile({ path: text }, { at: source.span }))
  else return { kind, role, source, volume: text !== undefined && VOLUME.test(text) ? text.replace(VOLUME, '') : undefined, target }
  return undefined
}

function kindOf({ name }: Output): ResolvedOutput['kind'] {
  return name?.value === 'model' || name?.value === 'checkpoints' ? name.value : 'other'
}

/** Under the working folder: by `target`, by name, or where the path itself lies below the config; undefined where nothing tells. */
function targetOf({ name, path, target }: Output, kind: ResolvedOutput['kind'], workingFolder: string): string | undefined {
  if (kind === 'model') return MODEL_STORE
  if (target !== undefined) return posix.resolve(workingFolder, target.value)
  if (kind === 'checkpoints') return OWN_CHECKPOINTS_FOLDER
  const place = name?.value ?? placeOf(path.value)
  return place === undefined ? undefined : posix.resolve(workingFolder, place)
}

function placeOf(path: Template): string | undefined {
  const last = path.at(-1)
  if (typeof last !== 'string') return undefined
  const isLocal = path.length === 1 && !/^(?:[/~]|volume:)/.test(last) && !posix.normalize(last).startsWith('..')
  if (isLocal) return posix.normalize(last)
  const name = posix.basename(last.replace(VOLUME, ''))
  return path.length === 1 || last.includes('/') ? name || undefined : undefined
}

function isFile(path: string, project: Project): boolean {
  return !path.startsWith('~') && !VOLUME.test(path) && ['file', 'other'].includes(project.kindOf(path))
}
