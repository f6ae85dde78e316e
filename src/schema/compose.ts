/** What passes through to Compose: sections and keys that are the user's own words, held to Compose's own schema. */
import type { ErrorObject } from 'ajv'
import type { Sink } from '../diagnostics/sink.ts'
import { findComposeErrors } from '../generated/compose-report.js'
import { entryOf, valueOf, type Entry, type MapTree, type Tree } from '../syntax/tree.ts'
import { locate, stepsOf } from './pointer.ts'
import { pruneTree } from './prune.ts'
import { translateErrors, type Finding } from './translate.ts'

const NAME = /^[A-Za-z0-9._-]+$/

const SECTIONS: ReadonlySet<string> = new Set(['services', 'volumes', 'networks', 'configs', 'include'])

export interface RoleKeys {
  /** The keys at the top of the file whose mappings may have keys of Compose's. */
  readonly roles: readonly string[]
  readonly isOwn: (key: string) => boolean
}

/** Reports MLS11xx, and gives the tree without what is wrong. A value with a reference in it is only known at `up`. */
export function checkCompose(root: MapTree, keys: RoleKeys, sink: Sink): MapTree {
  const sections = root.entries.filter(({ key }) => SECTIONS.has(key))
  const roles = root.entries.filter(({ key }) => keys.roles.includes(key)).map((entry) => onlyForeign(entry, keys))
  const jobs = entryOf(root, 'jobs')
  const ofJobs = jobs?.value.kind === 'map' ? jobs.value.entries.map((entry) => onlyForeign(entry, keys)) : []
  // The names in these sections are held to our own schema.
  const isOfName = ({ steps }: Finding) => steps.length === 2 && SECTIONS.has(steps[0] ?? '') && !NAME.test(steps[1] ?? '')
  const findings = [
    ...findIn({ ...root, entries: sections }, []),
    ...findIn({ ...root, entries: roles }, ['services']),
    ...findIn({ ...root, entries: ofJobs }, ['services'], jobs),
  ].filter((finding) => !isOfName(finding))
  for (const { diagnostic } of findings) sink.report(diagnostic)
  return findings.length === 0 ? root : (pruneTree(root, findings.map(({ steps }) => steps)) as MapTree)
}

/** Reports what is wrong in a whole Compose file of the user's. */
export function checkComposeFile(root: MapTree, sink: Sink): void {
  for (const { diagnostic } of findIn(root, [])) sink.report(diagnostic)
}

/** A role with Compose's keys alone. */
function onlyForeign(entry: Entry, { isOwn }: RoleKeys): Entry {
  const { value } = entry
  const entries = value.kind === 'map' ? value.entries.filter(({ key }) => !isOwn(key) && !key.startsWith('x-')) : []
  return { ...entry, value: { kind: 'map', entries, span: value.span } }
}

/** `place` is where the tree would stand in a Compose file, and `within` the entry of the config that it stands in, where that is not the whole. */
function findIn(tree: MapTree, place: readonly string[], within?: Entry): readonly Finding[] {
  if (tree.entries.every(({ value }) => value.kind === 'map' && value.entries.length === 0)) return []
  const value = place.reduceRight<unknown>((inner, step) => ({ [step]: inner }), valueOf(tree))
  const depth = place.reduce((length, step) => length + step.length + 1, 0)
  const errors = findComposeErrors(value).map((error) => withExample({ ...error, instancePath: `${within === undefined ? '' : `/${within.key}`}${error.instancePath.slice(depth)}` }))
  const outer: MapTree = within === undefined ? tree : { ...tree, entries: [{ ...within, value: tree }] }
  return translateErrors(settleAlternatives(errors, outer), outer, () => [])
}

/**
 * Compose's schema has alternatives (a text or a mapping), and ajv tells what each of them lacks. What is wrong inside the one of the
 * right kind is what counts; where none is of the right kind, all the kinds that could be are named at once.
 */
function settleAlternatives(errors: readonly ErrorObject[], root: Tree): readonly ErrorObject[] {
  const telling = errors.filter(({ keyword, instancePath }) => !COMBINING.has(keyword) && !isUncertain(root, instancePath))
  const isExplained = (path: string) => telling.some(({ keyword, instancePath }) => instancePath === path && keyword !== 'type') || errors.some(({ keyword, instancePath }) => !COMBINING.has(keyword) && instancePath.startsWith(`${path}/`))
  const kinds = new Map<string, ErrorObject>()
  for (const error of telling) {
    if (error.keyword !== 'type') continue
    const others = [kinds.get(error.instancePath)?.params['type'] ?? []].flat() as readonly string[]
    kinds.set(error.instancePath, { ...error, params: { type: [...new Set([...others, ...([error.params['type']].flat() as readonly string[])])] } })
  }
  return [...telling.filter(({ keyword }) => keyword !== 'type'), ...[...kinds].flatMap(([path, error]) => (isExplained(path) ? [] : [error]))]
}

/** Compose's schema has no examples; these texts are often written as numbers. */
function withExample(error: ErrorObject): ErrorObject {
  return DURATION.test(error.instancePath) ? { ...error, parentSchema: { ...error.parentSchema, examples: ['30s'] } } : error
}

const DURATION = /\/(?:healthcheck\/(?:interval|timeout|start_period|start_interval)|stop_grace_period)$/

const COMBINING: ReadonlySet<string> = new Set(['oneOf', 'anyOf', 'allOf', 'not', 'if'])

/** What only `up` fills in, and what something was already said about. */
function isUncertain(root: Tree, pointer: string): boolean {
  const tree = locate(root, stepsOf(pointer))?.tree
  return tree?.kind === 'unknown' || (tree?.kind === 'scalar' && tree.text.includes('$'))
}
