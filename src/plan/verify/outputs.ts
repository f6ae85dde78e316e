/** Outputs: each at a place of its own, in the container and on the machine, and none where a run would change what it is made from. */
import { posix } from 'node:path'
import type { Role } from '../../config/config.ts'
import { literalOf } from '../../config/template.ts'
import * as jobs from '../../diagnostics/catalogue/jobs.ts'
import type { Sink } from '../../diagnostics/sink.ts'
import type { ResolvedDataset } from '../../resolve/datasets.ts'
import type { ResolvedOutput } from '../../resolve/outputs.ts'
import { hostPathOf, outputsOf } from '../outputs.ts'
import { datasetsOf } from '../resolved.ts'
import { absoluteOf, findRefused, REFUSED_SOURCES, refusedTargetsOf } from './mounts.ts'
import type { VerifyInput } from './verify.ts'

export function verifyOutputs(input: VerifyInput, sink: Sink): void {
  for (const output of input.outputs) {
    if (verifySource(output, input, sink)) verifyTarget(output, input, sink)
  }
  const told = new Set<ResolvedOutput>()
  for (const role of input.config.roles) verifyRole(role, input, told, sink)
}

/** False where the place itself is refused: where it is mounted does not matter then. */
function verifySource(output: ResolvedOutput, { config, configFolder }: VerifyInput, sink: Sink): boolean {
  const path = hostPathOf(output)
  if (path === undefined) return true
  const absolute = absoluteOf(path, configFolder)
  const refused = findRefused(REFUSED_SOURCES, absolute)
  const holdsCode = config.code.paths.some(({ value }) => isWithin(posix.resolve(configFolder, value), absolute))
  const reason = refused?.reason ?? (holdsCode ? 'the code is in it, which every run would change' : OWNERS.find(({ folder }) => absolute.split('/').includes(folder))?.reason)
  if (reason !== undefined) sink.report(jobs.outputRefused({ path, reason }, { at: output.source.span }))
  return reason === undefined
}

/** Folders whose content is not a job's to change, wherever they are. */
const OWNERS = [
  { folder: '.mlstack', reason: 'mlstack keeps there what starts the jobs' },
  { folder: '.git', reason: 'git keeps the history there' },
]

function verifyTarget({ kind, source, target }: ResolvedOutput, { config }: VerifyInput, sink: Sink): void {
  const refused = kind === 'model' ? undefined : findRefused(refusedTargetsOf(config), target)
  if (refused !== undefined) sink.report(jobs.outputPlaceRefused({ target, reason: refused.reason }, { at: source.span }))
}

/** Of what one role sees; what the whole file has is told once. */
function verifyRole(role: Role, { datasets, outputs, configFolder }: VerifyInput, told: Set<ResolvedOutput>, sink: Sink): void {
  const inputs = datasetsOf(role, datasets)
  const own = outputsOf(role, outputs)
  own.forEach((output, index) => {
    if (told.has(output)) return
    const clash = findOther(output, own.slice(0, index), configFolder) ?? inputs.flatMap((dataset) => findDataset(output, dataset, configFolder) ?? [])[0]
    if (clash === undefined) return
    told.add(output)
    sink.report(jobs.outputTaken(clash.words, { at: output.source.span, related: [{ span: clash.span, message: 'this is there' }] }))
  })
}

interface Clash {
  readonly words: { readonly place: string; readonly other: string; readonly help: string }
  readonly span: ResolvedOutput['source']['span']
}

function findOther(output: ResolvedOutput, others: readonly ResolvedOutput[], configFolder: string): Clash | undefined {
  const place = hostPlaceOf(output, configFolder)
  const other = others.find((each) => each.target === output.target || (place !== undefined && hostPlaceOf(each, configFolder) === place))
  if (other === undefined) return undefined
  return { words: { place: other.target === output.target ? output.target : (literalOf(output.source.value) ?? output.target), other: 'another output', help: 'give each a place of its own: {path: …, target: …}' }, span: other.source.span }
}

/** An output in a dataset of the same role: its mount has no place there, or a run would change what it reads. */
function findDataset(output: ResolvedOutput, { name, source, origin, mount }: ResolvedDataset, configFolder: string): Clash | undefined {
  const place = hostPlaceOf(output, configFolder)
  const path = origin.kind === 'local' ? literalOf(source.value) : undefined
  const isOnHost = place !== undefined && path !== undefined && isWithin(place, absoluteOf(path, configFolder))
  const isInContainer = isWithin(output.target, posix.resolve('/', mount.value))
  if (!isOnHost && !isInContainer) return undefined
  const help = isOnHost ? `name the roles that read \`${name.value}\` in its \`for\`, without those that write there` : 'give the output another `target`'
  return { words: { place: isOnHost ? (literalOf(output.source.value) ?? output.target) : output.target, other: `the dataset \`${name.value}\``, help }, span: name.span }
}

function hostPlaceOf(output: ResolvedOutput, configFolder: string): string | undefined {
  const path = hostPathOf(output)
  return path === undefined ? undefined : absoluteOf(path, configFolder)
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder.replace(/\/$/, '')}/`)
}
