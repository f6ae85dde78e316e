/** Which files matter to a stack, and what each of them is to it. Pure. */
import { posix } from 'node:path'
import type { Passed } from '../plan/passed.ts'
import type { Image, Service, Stack } from '../plan/stack.ts'
import { EDITOR_FILES, createIgnoreRules, type IgnoreRules } from './files/ignore.ts'
import type { RecordedProject } from './recorded-project.ts'
import { serversOf } from './work/stack-parts.ts'
import type { ChangedInput } from './work/classify.ts'

export interface InputFolders {
  /** The config, absolute. */
  readonly configPath: string
  /** Where the outputs are, absolute. */
  readonly outputFolder: string
}

export interface Inputs {
  /** Files and folders to watch, absolute. */
  readonly roots: readonly string[]
  readonly isIgnored: (path: string, isFolder: boolean) => boolean
  /** Whether the outputs have to be made anew where this file is another one, is new or has gone. */
  readonly isCompiled: (path: string, isChangeOfText: boolean) => boolean
  /** What a file is to what runs; undefined: nothing. Paths are absolute. */
  readonly inputAt: (path: string) => ChangedInput | undefined
  /** Where a file of the code lies, from its path in the build context. */
  readonly codePath: (inContext: string) => string
  /** A rule that compares equal for the same files. */
  readonly identity: string
}

interface Asked {
  readonly project: RecordedProject
  /** Undefined where the config is wrong. */
  readonly stack: Stack | undefined
  /** Outputs, relative to their folder. */
  readonly outputs: readonly string[]
}

export function findInputs({ project, stack, outputs }: Asked, { configPath, outputFolder }: InputFolders): Inputs {
  const absolute = (path: string) => posix.resolve(project.folder, path)
  const own = new Set(outputs.map((path) => posix.join(outputFolder, path)))
  const texts = new Set([configPath, ...[...project.texts].map(absolute), ...own])
  const missing = [...project.kinds].filter(([, kind]) => kind === 'missing').map(([path]) => absolute(path))
  const kinds = new Set([...project.kinds.keys()].map(absolute))
  const others = stack === undefined ? new Map<string, ChangedInput>() : findOthers(stack, outputFolder)
  const code = stack === undefined ? undefined : findCode(stack, outputFolder)
  const explicit = new Set([...texts, ...missing, ...others.keys()])
  const above = new Set([...explicit].flatMap(foldersAbove))
  return {
    roots: [...new Set([...(code?.roots ?? []), ...[...explicit].filter((path) => !(code?.holds(path) ?? false))])].sort(),
    isIgnored: (path, isFolder) => !explicit.has(path) && !(isFolder && above.has(path)) && (code?.isIgnored(path, isFolder) ?? true),
    isCompiled: (path, isChangeOfText) => texts.has(path) || (!isChangeOfText && kinds.has(path)),
    // What mlstack writes is no code, though the build needs some of it.
    inputAt: (path) => others.get(path) ?? (own.has(path) ? undefined : code?.inputAt(path)),
    codePath: (inContext) => posix.join(code?.context ?? outputFolder, inContext),
    identity: JSON.stringify([[...explicit].sort(), code?.patterns, code?.roots]),
  }
}

interface Code {
  /** The build context, absolute. */
  readonly context: string
  readonly roots: readonly string[]
  readonly patterns: readonly string[]
  readonly holds: (path: string) => boolean
  readonly isIgnored: (path: string, isFolder: boolean) => boolean
  readonly inputAt: (path: string) => ChangedInput | undefined
}

/** All images hold the same code under the same rules. */
function findCode({ images, layout }: Stack, outputFolder: string): Code | undefined {
  const [image] = images
  if (image === undefined) return undefined
  const context = posix.resolve(outputFolder, layout.contextFromOutput)
  const roots = image.code.map(({ source }) => posix.join(context, source).replace(/(?<=.)\/$/, ''))
  const patterns = [...image.ignore.flatMap((section) => section.patterns), ...EDITOR_FILES]
  const rules = createIgnoreRules(patterns)
  const holds = (path: string) => roots.some((root) => isWithin(root, path))
  return {
    context,
    roots,
    patterns,
    holds,
    isIgnored: (path, isFolder) => !holds(path) || (!roots.includes(path) && isIgnored(posix.relative(context, path), isFolder, rules)),
    inputAt: (path) => (holds(path) && !rules.isIgnored(posix.relative(context, path)) ? { kind: 'code', path: posix.relative(context, path) } : undefined),
  }
}

function isIgnored(path: string, isFolder: boolean, rules: IgnoreRules): boolean {
  return isFolder ? rules.canPrune(path) : rules.isIgnored(path)
}

/** What is read besides the code: by an image's build, by Compose, and as a secret. A dataset is not among them: it counts on request. */
function findOthers(stack: Stack, outputFolder: string): Map<string, ChangedInput> {
  const context = posix.resolve(outputFolder, stack.layout.contextFromOutput)
  const others = new Map<string, ChangedInput>()
  for (const path of stack.images.flatMap(dependenciesOf)) {
    others.set(posix.join(context, path), { kind: 'dependency', images: stack.images.filter((image) => dependenciesOf(image).includes(path)).map(({ name }) => name) })
  }
  for (const path of ['.env', ...stack.services.flatMap(environmentFiles)]) others.set(posix.resolve(outputFolder, path), { kind: 'environment', jobs: [] })
  for (const { name, source } of stack.secrets) {
    if ('file' in source) others.set(posix.resolve(outputFolder, source.file), { kind: 'secret', services: serversOf(stack).filter(({ secrets }) => secrets.includes(name)).map((service) => service.name) })
  }
  return others
}

/** Requirements files and those that they include, relative to the build context. */
function dependenciesOf({ packages }: Image): readonly string[] {
  return packages.flatMap((layer) => (layer.kind === 'requirements' ? [layer.path, ...layer.includes] : []))
}

/** `env_file` as a path, a list of paths, or a list of mappings with one. */
function environmentFiles({ overrides }: Service): readonly string[] {
  const value = overrides.find(({ key }) => key === 'env_file')?.value
  const items = value?.kind === 'list' ? value.items : value === undefined ? [] : [value]
  return items.flatMap((item) => pathOf(item) ?? []).filter((path) => !/[$~]/.test(path))
}

function pathOf(item: Passed): string | undefined {
  if (item.kind === 'scalar') return item.text
  const path = item.kind === 'map' ? item.entries.find(({ key }) => key === 'path')?.value : undefined
  return path?.kind === 'scalar' ? path.text : undefined
}

function isWithin(root: string, path: string): boolean {
  return path === root || path.startsWith(root === '/' ? '/' : `${root}/`)
}

function foldersAbove(path: string): readonly string[] {
  const folder = posix.dirname(path)
  return folder === path ? [] : [folder, ...foldersAbove(folder)]
}
