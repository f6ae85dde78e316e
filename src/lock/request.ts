/** From an image of the plan to the question for a resolver: all layers at once, so that no later one changes what an earlier one installs. */
import { posix } from 'node:path'
import type { FrameworkLayer, Image, Layout, PackageLayer, RequirementsLayer } from '../plan/stack.ts'
import type { Project } from '../project/project.ts'
import { parseRequirements } from '../project/requirements.ts'
import { createSource } from '../syntax/source.ts'
import type { RequestedLayer, ResolveRequest } from './resolution.ts'

export interface RequestContext {
  readonly project: Project
  readonly layout: Layout
  /** The shell's variables: one with the name of an index's argument holds that index, as in a build. */
  readonly env: Readonly<Record<string, string | undefined>>
}

export type PackageRequest = Pick<ResolveRequest, 'files' | 'layers' | 'systemPackages'>

export function planRequest(image: Image, context: RequestContext): PackageRequest {
  const files: Record<string, string> = {}
  const layers = image.packages.map((layer, at) => planLayer(layer, at, { image, files, ...context }))
  const [constraints] = image.constraints
  const [first] = layers
  if (constraints !== undefined && first !== undefined) layers[0] = { ...first, file: addConstraints(constraints, first.file, { image, files, ...context }) }
  return { files, layers, systemPackages: image.builder?.systemPackages ?? [] }
}

interface LayerContext extends RequestContext {
  readonly image: Image
  /** What the layers before have put there; this one adds its own. */
  readonly files: Record<string, string>
}

function planLayer(layer: PackageLayer, at: number, context: LayerContext): RequestedLayer {
  if (layer.kind === 'requirements') return { requirements: layer.isCompiled ? (context.image.builder?.requirements ?? []) : [], own: undefined, file: planFile(layer, at, context) }
  if (layer.kind === 'packages') return { requirements: layer.requirements, own: undefined, file: undefined }
  const index = indexOf(layer.indexArgument, context)
  const isOwn = index !== undefined
  return { requirements: isOwn ? [] : layer.requirements, own: isOwn ? { index, requirements: layer.requirements } : undefined, file: planLimits(layer, at, context) }
}

/** All layers are resolved together, so what the first one is held to holds for all. */
function addConstraints(constraints: string, file: string | undefined, context: LayerContext): string {
  const path = posix.relative(context.layout.configFromContext, constraints)
  addFile(path, constraints, context.project.read(path) ?? '', context)
  const both = 'mlstack-constrained.txt'
  context.files[both] = `${file === undefined ? '' : `-r ${file}\n`}-c ${constraints}\n`
  return both
}

/** A file of nothing but constraints, since a limit installs nothing. */
function planLimits({ limits }: FrameworkLayer, at: number, { files }: LayerContext): string | undefined {
  if (limits.length === 0) return undefined
  const [constraints, file] = [`mlstack-limits-${at}.txt`, `mlstack-${at}.txt`]
  files[constraints] = limits.map((limit) => `${limit}\n`).join('')
  files[file] = `-c ${constraints}\n`
  return file
}

function indexOf(argument: string | undefined, { image, env }: LayerContext): string | undefined {
  const byDefault = image.indexes.find((index) => index.argument === argument)?.url
  return argument === undefined ? undefined : env[argument] || byDefault
}

/** Files lie to each other as in the build context; a copy of ours names others from the config's folder. */
function planFile({ file, copy }: RequirementsLayer, at: number, context: LayerContext): string {
  const { layout, project } = context
  const path = copy === undefined ? file : `mlstack-${at}.txt`
  const place = posix.join(layout.configFromContext, path)
  addFile(path, place, copy?.text ?? project.read(file) ?? '', context)
  return place
}

/** Adds a file and those that it includes. What has a hash in the file gets its hash from the index like the rest. */
function addFile(path: string, place: string, text: string, context: LayerContext): void {
  const { files, project, layout } = context
  // From outside of the build context no build can read it, and here it must not lead out of a folder either.
  if (Object.hasOwn(files, place) || place.startsWith('..')) return
  files[place] = text.replace(/(?:\s|\\\r?\n)*--hash[= ]\S+/g, '').replace(/^\s*--require-hashes\s*$/gm, '')
  for (const line of parseRequirements(createSource(path, text))) {
    if (line.kind !== 'include') continue
    const target = line.path.startsWith('/') ? line.path : posix.join(posix.dirname(path), line.path)
    addFile(target, posix.join(layout.configFromContext, target), project.read(target) ?? '', context)
  }
}
