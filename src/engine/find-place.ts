/** Finds the places in the user's files that a failed build step comes from. */
import { posix } from 'node:path'
import type { Source, Span } from '../diagnostics/diagnostic.ts'
import type { Image, PackageLayer } from '../plan/stack.ts'
import { readNamedLines } from '../project/named-lines.ts'
import { normalizeName, parseRequirement } from '../project/requirements.ts'
import { entryOf, type Entry, type MapTree, type ScalarTree, type Tree } from '../syntax/tree.ts'
import type { CulpritKind } from './build-causes.ts'

export interface UserFiles {
  readonly image: Image
  readonly config: Source
  /** Of the config; undefined where it cannot be read any more. */
  readonly tree: MapTree | undefined
  readonly requirements: readonly Source[]
}

type Path = readonly string[]

/** Where in the config the names of each kind stand. */
const CULPRIT_KEYS: Readonly<Record<CulpritKind, readonly Path[]>> = {
  package: [['python', 'packages'], ['framework']],
  debian: [['system']],
  image: [['build', 'from'], ['python']],
  file: [['python'], ['code']],
}

const LAYER_KEYS: Readonly<Record<PackageLayer['kind'], readonly Path[]>> = {
  framework: [['framework']],
  requirements: [['python', 'requirements'], ['python']],
  packages: [['python', 'packages'], ['python']],
}

/** The keys that other steps are made from; the first that the config has. */
const STEP_KEYS: readonly { readonly pattern: RegExp; readonly keys: readonly Path[] }[] = [
  { pattern: /apt-get install/, keys: [['system']] },
  { pattern: /^COPY /, keys: [['code']] },
  { pattern: /pip (?:install|wheel)/, keys: [['python']] },
  { pattern: /resolve source metadata|parse stage name/, keys: [['build', 'from'], ['python', 'version'], ['python'], ['framework']] },
]

/** Every place where one of the names stands, in the order of the names. */
export function findCulprits(names: readonly string[], kind: CulpritKind, { tree, requirements }: UserFiles): readonly Span[] {
  const lines = kind === 'package' ? requirements.flatMap(readNamedLines) : []
  const scalars = CULPRIT_KEYS[kind].flatMap((path) => scalarsIn(entryAt(tree, path)?.value))
  return names.flatMap((name) => {
    const wanted = normalizeName(parseRequirement(name)?.name ?? name)
    const line = lines.find((each) => each.kind === 'requirement' ? each.requirement.name === wanted : each.kind !== 'include' && hasWord(textOf(each.span), wanted))
    const place = line ?? scalars.find(({ text }) => normalizePath(text) === wanted) ?? scalars.find(({ text }) => hasWord(text, wanted))
    return place === undefined ? [] : [place.span]
  })
}

/** What the step as a whole is made from: a file of requirements, a key of the config, else its first character. `step` is its instruction, or BuildKit's last word. */
export function findStep(step: string, { image, config, tree, requirements }: UserFiles): Span {
  const own = findOwnStep(step, image, tree)
  if (own !== undefined) return own
  // Later layers repeat the framework's pins.
  const layer = image.packages.findLast((each) => isMadeFrom(step, each))
  const file = layer?.kind === 'requirements' ? posix.join(posix.dirname(config.name), layer.file) : undefined
  const source = requirements.find(({ name }) => name === file)
  if (source !== undefined) return { source, start: 0, end: 0 }
  const keys = layer === undefined ? (STEP_KEYS.find(({ pattern }) => pattern.test(step))?.keys ?? []) : LAYER_KEYS[layer.kind]
  const [entry] = keys.flatMap((path) => entryAt(tree, path) ?? [])
  if (entry === undefined) return { source: config, start: 0, end: 0 }
  return entry.value.kind === 'scalar' ? entry.value.span : entry.keySpan
}

/** A step of the user's: a script has its number behind `<<`, and a plain command stands as it is. Of a Dockerfile of the user's, more than its name is not known. */
function findOwnStep(step: string, { own, extras }: Image, tree: MapTree | undefined): Span | undefined {
  if (own !== undefined) return entryAt(tree, ['build', 'dockerfile'])?.value.span
  const [, number] = /<<'STEP_(\d+)_*'/.exec(step) ?? []
  const index = number === undefined ? extras.steps.find(({ command }) => step.startsWith('RUN ') && step.endsWith(command.trim()))?.index : Number(number)
  const run = entryAt(tree, ['build', 'run'])?.value
  const item = index === undefined || run?.kind !== 'list' ? undefined : run.items[index]
  return entryOf(item, 'command')?.value.span ?? item?.span
}

function isMadeFrom(step: string, layer: PackageLayer): boolean {
  if (!step.includes('pip install')) return false
  return layer.kind === 'requirements' ? step.includes(`/${layer.path}`) : layer.requirements.every((requirement) => step.includes(requirement))
}

function entryAt(tree: Tree | undefined, [key = '', ...rest]: Path): Entry | undefined {
  const entry = entryOf(tree, key)
  return rest.length === 0 ? entry : entryAt(entry?.value, rest)
}

function scalarsIn(tree: Tree | undefined): readonly ScalarTree[] {
  if (tree?.kind === 'scalar') return [tree]
  if (tree?.kind === 'list') return tree.items.flatMap(scalarsIn)
  return tree?.kind === 'map' ? tree.entries.flatMap(({ value }) => scalarsIn(value)) : []
}

function hasWord(text: string, name: string): boolean {
  const word = name.replace(/[^a-z0-9-]/g, '\\$&')
  return new RegExp(`(?<![a-z0-9-])${word}(?![a-z0-9-])`).test(normalizeName(text))
}

function normalizePath(text: string): string {
  return normalizeName(text.replace(/^\.\/|\/$/g, ''))
}

function textOf({ source, start, end }: Span): string {
  return source.text.slice(start, end)
}
