/** What a lock is made from, image by image: the very words that the packages are resolved from, each with its place. */
import { posix } from 'node:path'
import type { Source, Span } from '../diagnostics/diagnostic.ts'
import { imagesOf } from '../plan/all-images.ts'
import type { Image, PackageLayer, RequirementsLayer, Stack } from '../plan/stack.ts'
import type { Project } from '../project/project.ts'
import { parseRequirements, type RequirementLine } from '../project/requirements.ts'
import { createSource } from '../syntax/source.ts'

export interface AskedImage {
  readonly name: string
  readonly base: string
  /** Empty where the machine that builds decides. */
  readonly platforms: readonly string[]
  readonly layers: readonly AskedLayer[]
}

export interface AskedLayer {
  readonly title: string
  readonly index: string | undefined
  readonly lines: readonly AskedLine[]
}

export interface AskedLine {
  readonly text: string
  /** In a file of the user's; undefined for what has no line of its own. */
  readonly span: Span | undefined
}

/** `configName` is the config's path as the user would write it. */
export interface AskedContext {
  readonly project: Project
  readonly configName: string
}

/** In the order of the plan. */
export function findAsked(stack: Stack, context: AskedContext): readonly AskedImage[] {
  return imagesOf(stack).filter(({ own }) => own === undefined).map((image) => ({
    name: image.name,
    base: image.baseImage,
    platforms: image.platforms,
    layers: image.packages.map((layer, at) => findLayer(layer, image, { ...context, constraints: at === 0 ? constraintsOf(image, stack, context) : [] })),
  }))
}

interface LayerContext extends AskedContext {
  /** What holds for the whole image counts with its first layer. */
  readonly constraints: readonly AskedLine[]
}

function constraintsOf({ constraints: [path] }: Image, { layout }: Stack, context: AskedContext): readonly AskedLine[] {
  const file = path === undefined ? undefined : posix.relative(layout.configFromContext, path)
  const source = file === undefined ? undefined : readSource(file, context)
  if (file === undefined || source === undefined) return []
  return asConstraints(linesOf(source, file, { ...context, seen: new Set([file]) }))
}

function findLayer(layer: PackageLayer, image: Image, context: LayerContext): AskedLayer {
  if (layer.kind === 'requirements') return { title: layer.file, index: undefined, lines: [...linesOfFile(layer, context), ...compiledLines(layer, image), ...context.constraints] }
  const texts = layer.kind === 'framework' ? [...layer.requirements, ...layer.limits] : layer.requirements
  const lines = [...texts.map((text) => ({ text, span: undefined })), ...context.constraints]
  return layer.kind === 'framework' ? { title: layer.title, index: indexOf(layer.indexArgument, image), lines } : { title: 'packages', index: undefined, lines }
}

/** Of a layer with an index of its own, the argument that names it and what it is by default. */
function indexOf(argument: string | undefined, { indexes }: Image): string | undefined {
  const found = indexes.find((index) => index.argument === argument)
  return found && `${found.argument}=${found.url}`
}

/** What the builder compiles is left out of the copy of a file. */
function compiledLines(layer: RequirementsLayer, { builder }: Image): readonly AskedLine[] {
  return layer.isCompiled ? (builder?.requirements ?? []).map((text) => ({ text, span: undefined })) : []
}

/** A copy of ours has the user's lines, so a place is looked for in the user's file. */
function linesOfFile({ file, copy }: RequirementsLayer, context: AskedContext): readonly AskedLine[] {
  const own = readSource(file, context)
  if (copy === undefined) return own === undefined ? [] : linesOf(own, file, { ...context, seen: new Set([file]) })
  const placeOf = own && placesIn(own)
  const lines = linesOf(createSource(file, copy.text), 'requirements.txt', { ...context, seen: new Set() })
  return lines.map(({ text }) => ({ text, span: placeOf?.(text) }))
}

interface Reader extends AskedContext {
  /** Files that were read already: a circle ends. */
  readonly seen: Set<string>
}

function linesOf(source: Source, path: string, reader: Reader): readonly AskedLine[] {
  return parseRequirements(source).flatMap((line) => (line.kind === 'include' ? includedLines(line, path, reader) : { text: textOf(line), span: line.span }))
}

function includedLines(line: RequirementLine & { readonly kind: 'include' }, from: string, reader: Reader): readonly AskedLine[] {
  const path = line.path.startsWith('/') ? line.path : posix.join(posix.dirname(from), line.path)
  const source = reader.seen.has(path) ? undefined : readSource(path, reader)
  if (source === undefined) return []
  reader.seen.add(path)
  const lines = linesOf(source, path, reader)
  return line.option === 'requirements' ? lines : asConstraints(lines)
}

function asConstraints(lines: readonly AskedLine[]): readonly AskedLine[] {
  return lines.map(({ text, span }) => ({ text: `-c ${text.replace(/^-c /, '')}`, span }))
}

/** In one spelling of its spaces; hashes are told apart from what is asked for. */
function textOf({ span }: RequirementLine): string {
  return span.source.text.slice(span.start, span.end).replace(/\\\r?\n/g, ' ').replace(/\s+/g, ' ').trim()
}

function readSource(path: string, { project, configName }: AskedContext): Source | undefined {
  const text = project.read(path)
  return text === undefined ? undefined : createSource(posix.join(posix.dirname(configName), path), text)
}

/** Tells where a text stands in a file, which is parsed once for all: at the top where it says the same in other words. */
function placesIn(source: Source): (text: string) => Span {
  // Of equal lines the first counts.
  const spans = new Map(parseRequirements(source).map((line) => [textOf(line), line.span] as const).reverse())
  return (text) => {
    const span = spans.get(text)
    if (span !== undefined) return span
    const at = source.text.indexOf(text)
    return at === -1 ? { source, start: 0, end: 0 } : { source, start: at, end: at + text.length }
  }
}
