/** The folders that matter as a whole, each with what it leaves out: the code of the stack, and what services of the user's are built from. Pure. */
import { posix } from 'node:path'
import type { PassedEntry } from '../plan/passed.ts'
import type { Stack } from '../plan/stack.ts'
import { EDITOR_FILES, createIgnoreRules, type IgnoreRules } from './files/ignore.ts'
import { isWithin } from './files/path.ts'
import type { RecordedProject } from './recorded-project.ts'
import type { ChangedInput } from './work/classify.ts'

/** Files and folders under the rules of one ignore file. */
export interface InputTree {
  readonly roots: readonly string[]
  readonly patterns: readonly string[]
  readonly holds: (path: string) => boolean
  readonly isIgnored: (path: string, isFolder: boolean) => boolean
  readonly inputAt: (path: string) => ChangedInput | undefined
}

interface TreeOptions {
  /** The folder that patterns start from, absolute. */
  readonly context: string
  readonly roots: readonly string[]
  readonly patterns: readonly string[]
  readonly inputOf: (inContext: string) => ChangedInput
}

function createTree({ context, roots, patterns, inputOf }: TreeOptions): InputTree {
  const rules = createIgnoreRules(patterns)
  const holds = (path: string) => roots.some((root) => isWithin(path, root))
  return {
    roots,
    patterns,
    holds,
    isIgnored: (path, isFolder) => !holds(path) || (!roots.includes(path) && isIgnored(posix.relative(context, path), isFolder, rules)),
    inputAt: (path) => (holds(path) && !rules.isIgnored(posix.relative(context, path)) ? inputOf(posix.relative(context, path)) : undefined),
  }
}

export interface Code extends InputTree {
  /** The build context, absolute. */
  readonly context: string
}

/** All images hold the same code under the same rules. */
export function findCode({ images, layout }: Stack, outputFolder: string): Code | undefined {
  const [image] = images
  if (image === undefined) return undefined
  const context = posix.resolve(outputFolder, layout.contextFromOutput)
  const roots = image.code.map(({ source }) => posix.join(context, source).replace(/(?<=.)\/$/, ''))
  const patterns = [...image.ignore.flatMap((section) => section.patterns), ...EDITOR_FILES]
  return { context, ...createTree({ context, roots, patterns, inputOf: (path) => ({ kind: 'code', path }) }) }
}

/** Where services of the user's are built; a context that is no folder of this machine changes unseen. */
export function findContexts({ passed }: Stack, project: RecordedProject, outputFolder: string): readonly InputTree[] {
  return passed.services.flatMap((service) => {
    const context = contextOf(service)
    if (context === undefined || /[$~]|:\/\/|^git@/.test(context)) return []
    const folder = posix.resolve(outputFolder, context)
    const ignoreFile = project.read(posix.join(folder, '.dockerignore')) ?? ''
    return [createTree({ context: folder, roots: [folder], patterns: [...TOOL_FILES, ...ignoreFile.split(/\r?\n/), ...EDITOR_FILES], inputOf: () => ({ kind: 'foreign-code', service: service.key }) })]
  })
}

/** What a Dockerfile of the user's copies: whatever is in the image, only building it tells. */
export function findOwnDockerfiles({ images, layout }: Stack, outputFolder: string): readonly InputTree[] {
  const context = posix.resolve(outputFolder, layout.contextFromOutput)
  return images.flatMap(({ name, own, ignore }) => {
    if (own === undefined) return []
    // A pattern in a source stands for what it may match: the folder around it.
    const roots = own.sources.map((source) => posix.join(context, source.replace(/[^/]*[*?[$].*$/, '')).replace(/(?<=.)\/$/, ''))
    const patterns = [...TOOL_FILES, ...ignore.flatMap((section) => section.patterns), ...EDITOR_FILES]
    return [createTree({ context, roots: [...new Set(roots)], patterns, inputOf: () => ({ kind: 'dependency', images: [name] }) })]
  })
}

/** In nearly every folder, in no image that anybody wants, and large. */
const TOOL_FILES = ['**/.git', '**/node_modules', '**/__pycache__']

function contextOf({ value }: PassedEntry): string | undefined {
  const build = value.kind === 'map' ? value.entries.find(({ key }) => key === 'build')?.value : undefined
  if (build?.kind === 'scalar') return build.text
  const context = build?.kind === 'map' ? build.entries.find(({ key }) => key === 'context')?.value : undefined
  return context?.kind === 'scalar' ? context.text : undefined
}

function isIgnored(path: string, isFolder: boolean, rules: IgnoreRules): boolean {
  return isFolder ? rules.canPrune(path) : rules.isIgnored(path)
}
