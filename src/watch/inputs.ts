/** Which files matter to a stack, and what each of them is to it. Pure. */
import { posix } from 'node:path'
import type { Passed } from '../plan/passed.ts'
import { findOverrideFile } from '../plan/own-files.ts'
import type { Image, Service, Stack } from '../plan/stack.ts'
import { pathsUpwards } from './files/path.ts'
import { findCode, findContexts, findOwnDockerfiles } from './input-trees.ts'
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
  /** What a file is to what runs, which may be several things at once. Paths are absolute. */
  readonly inputsAt: (path: string) => readonly ChangedInput[]
  /** Where a file of the code lies, from its path in the build context. */
  readonly codePath: (inContext: string) => string
  /** Compares equal where the same files are watched. */
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
  const missing = [...project.kinds].filter(([, kind]) => kind === 'missing').map(([path]) => absolute(path))
  const kinds = new Set([...project.kinds.keys()].map(absolute))
  const others = stack === undefined ? new Map<string, ChangedInput>() : findOthers(stack, project, outputFolder)
  const code = stack === undefined ? undefined : findCode(stack, outputFolder)
  const contexts = stack === undefined ? [] : [...findContexts(stack, project, outputFolder), ...findOwnDockerfiles(stack, outputFolder)]
  const trees = [...(code === undefined ? [] : [code]), ...contexts]
  const own = new Set(outputs.map((path) => posix.join(outputFolder, path)))
  const texts = new Set([configPath, ...[...project.texts].map(absolute), ...own])
  const explicit = new Set([...texts, ...missing, ...others.keys()])
  const above = new Set([...explicit, ...contexts.flatMap(({ roots }) => roots)].flatMap((path) => pathsUpwards(path).slice(1)))
  const roots = withoutNested([...trees.flatMap((tree) => tree.roots), ...explicit])
  return {
    roots,
    isIgnored: (path, isFolder) => !explicit.has(path) && !(isFolder && above.has(path)) && trees.every((tree) => tree.isIgnored(path, isFolder)),
    isCompiled: (path, isChangeOfText) => texts.has(path) || (!isChangeOfText && kinds.has(path)),
    // What mlstack writes is no code, though the build needs some of it.
    inputsAt: (path) => (own.has(path) ? [] : [others.get(path) ?? code?.inputAt(path), ...contexts.map(({ inputAt }) => inputAt(path))].filter((input) => input !== undefined)),
    codePath: (inContext) => posix.join(code?.context ?? outputFolder, inContext),
    identity: JSON.stringify([roots, [...explicit].filter((path) => trees.every((tree) => tree.isIgnored(path, false))).sort(), trees.map(({ patterns }) => patterns)]),
  }
}

/** What is read besides the code: by an image's build, by Compose, and as a secret. A dataset is not among them: it counts on request. */
function findOthers(stack: Stack, project: RecordedProject, outputFolder: string): Map<string, ChangedInput> {
  const context = posix.resolve(outputFolder, stack.layout.contextFromOutput)
  const others = new Map<string, ChangedInput>()
  for (const path of stack.images.flatMap(dependenciesOf)) {
    others.set(posix.join(context, path), { kind: 'dependency', images: stack.images.filter((image) => dependenciesOf(image).includes(path)).map(({ name }) => name) })
  }
  const override = findOverrideFile(stack.composeFile, (name) => project.kinds.get(posix.relative(project.folder, posix.join(outputFolder, name))) === 'file')
  for (const path of ['.env', ...stack.services.flatMap(environmentFiles), ...(override === undefined ? [] : [override])]) others.set(posix.resolve(outputFolder, path), { kind: 'environment', jobs: [] })
  for (const path of includedFiles(stack)) others.set(posix.resolve(outputFolder, path), { kind: 'included' })
  for (const { name, source } of stack.secrets) {
    if ('file' in source) others.set(posix.resolve(outputFolder, source.file), { kind: 'secret', services: serversOf(stack).filter(({ secrets }) => secrets.includes(name)).map((service) => service.name) })
  }
  return others
}

/** A Dockerfile of the user's, certificates, requirements files and those that they include, relative to the build context. Where a copy of ours is installed, the plan holds what counts of the file. */
function dependenciesOf({ packages, constraints, own, extras }: Image): readonly string[] {
  return [...(own === undefined ? [] : [own.path]), ...(extras.certificates === undefined ? [] : [extras.certificates]), ...constraints, ...packages.flatMap((layer) => (layer.kind === 'requirements' ? [...(layer.copy === undefined ? [layer.path] : []), ...layer.includes] : []))]
}

/** `env_file` as a path, a list of paths, or a list of mappings with one. */
function environmentFiles({ overrides }: Service): readonly string[] {
  const value = overrides.find(({ key }) => key === 'env_file')?.value
  const items = value?.kind === 'list' ? value.items : value === undefined ? [] : [value]
  return items.flatMap((item) => pathOf(item) ?? []).filter((path) => !/[$~]/.test(path))
}

/** Compose files that the stack includes: a change of one changes its services. */
function includedFiles({ passed: { include } }: Stack): readonly string[] {
  const items = include?.kind === 'list' ? include.items : []
  const paths = items.flatMap((item) => (item.kind === 'map' ? item.entries.flatMap(({ key, value }) => (key !== 'path' ? [] : value.kind === 'list' ? value.items : [value])) : [item]))
  return paths.flatMap((path) => pathOf(path) ?? []).filter((path) => !/[$~]|:\/\//.test(path))
}

function pathOf(item: Passed): string | undefined {
  if (item.kind === 'scalar') return item.text
  const path = item.kind === 'map' ? item.entries.find(({ key }) => key === 'path')?.value : undefined
  return path?.kind === 'scalar' ? path.text : undefined
}

/** Sorted; what lies in another one is found there. */
function withoutNested(paths: readonly string[]): readonly string[] {
  const all = [...new Set(paths)].sort()
  return all.filter((path) => !pathsUpwards(path).slice(1).some((folder) => all.includes(folder)))
}
