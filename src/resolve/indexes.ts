/** Which packages come from which index: the usual one, those that are asked as well, and those that alone have what they are for. */
import type { Config, PackageIndex } from '../config/config.ts'
import type { Located } from '../config/located.ts'
import * as packages from '../diagnostics/catalogue/packages.ts'
import type { Span } from '../diagnostics/diagnostic.ts'
import type { Sink } from '../diagnostics/sink.ts'
import { FRAMEWORKS, findFramework } from '../facts/frameworks.ts'
import { normalizeName } from '../project/requirements.ts'
import { optionsIn, INDEX_OPTION } from './index-options.ts'
import type { UserRequirements } from './user-requirements.ts'

export interface SortedIndexes {
  /** The first that is for all packages: it takes the place of the public one. */
  readonly usual: PackageIndex | undefined
  /** Further ones for all packages. */
  readonly more: readonly PackageIndex[]
  /** Those that alone have certain packages. */
  readonly own: readonly PackageIndex[]
}

export function sortIndexes({ python: { indexes } }: Config): SortedIndexes {
  const [usual, ...more] = indexes.filter((index) => index.for === undefined && index.packages.length === 0)
  return { usual, more, own: indexes.filter((index) => index.for === undefined && index.packages.length > 0) }
}

/** Patterns as names are compared: `Acme_*` is `acme-*`. */
export function patternsOf({ packages: patterns }: PackageIndex): readonly string[] {
  return patterns.map(({ value }) => normalizeName(value))
}

export function hostOf({ url }: PackageIndex): string {
  return hostIn(url.value)
}

/** Without a port, as logins are kept by host. */
export function hostIn(url: string): string {
  return /^[a-z]+:\/\/(?:[^/@]*@)?(\[[^\]]*\]|[^/:?#]+)/i.exec(url)?.[1]?.toLowerCase() ?? ''
}

/** Reports indexes that mean nothing, that contradict each other, or that a requirements file would get around. */
export function checkIndexes(config: Config, requirements: UserRequirements, sink: Sink): void {
  const { indexes } = config.python
  for (const index of indexes) {
    checkFor(index, sink)
    checkPatterns(index, sink)
    if (/^http:/i.test(index.url.value)) sink.report(packages.openIndex({ hasSecret: index.secret !== undefined }, { at: index.url.span }))
  }
  checkTwins(indexes, sink)
  const [first] = sortIndexes(config).own
  if (first !== undefined) checkOptions(first, requirements, sink)
}

function checkFor({ for: target, packages: patterns }: PackageIndex, sink: Sink): void {
  if (target === undefined) return
  const facts = findFramework(target.value)
  const known = FRAMEWORKS.filter(({ index }) => index !== undefined).map(({ name }) => name).join(', ')
  if (facts?.index === undefined) sink.report(packages.indexForNothing({ framework: target.value, isKnown: facts !== undefined, known }, { at: target.span }))
  const [pattern] = patterns
  if (pattern !== undefined) sink.report(packages.indexOfTwoKinds({}, { at: pattern.span, related: [{ span: target.span, message: 'it is for this framework' }] }))
}

const PATTERN = /^(?:[a-z0-9]|\*(?=[a-z0-9.*_-]*[a-z0-9]))(?:[a-z0-9._*-]*[a-z0-9*])?$/i

function checkPatterns({ packages: patterns, for: target }: PackageIndex, sink: Sink): void {
  if (target !== undefined) return
  for (const { value, span } of patterns) {
    const framework = FRAMEWORKS.find((facts) => facts.index !== undefined && facts.distributions.includes(normalizeName(value)))
    if (!PATTERN.test(value)) sink.report(packages.badPattern({ pattern: value, isAll: /^\*+$/.test(value) }, { at: span }))
    else if (framework !== undefined) sink.report(packages.frameworkPattern({ pattern: value, framework: framework.name }, { at: span }))
  }
}

interface Claim {
  /** In the user's words. */
  readonly what: string
  readonly span: Span
}

function checkTwins(indexes: readonly PackageIndex[], sink: Sink): void {
  const taken = new Map<string, Span>()
  for (const { what, span } of indexes.flatMap(claimsOf)) {
    const first = taken.get(what)
    if (first === undefined) taken.set(what, span)
    else sink.report(packages.indexTwice({ what }, { at: span, related: [{ span: first, message: 'taken here first' }] }))
  }
  const secrets = new Map<string, Located<string>>()
  for (const index of indexes) {
    if (index.secret === undefined) continue
    const first = secrets.get(hostOf(index)) ?? index.secret
    secrets.set(hostOf(index), first)
    if (first.value !== index.secret.value) sink.report(packages.twoLogins({ host: hostOf(index) }, { at: index.secret.span, related: [{ span: first.span, message: 'this one is for it already' }] }))
  }
}

function claimsOf({ name, for: target, packages: patterns }: PackageIndex): readonly Claim[] {
  return [
    ...(name === undefined ? [] : [{ what: `the name \`${name.value}\``, span: name.span }]),
    ...(target === undefined ? [] : [{ what: `the framework \`${findFramework(target.value)?.name ?? target.value}\``, span: target.span }]),
    ...patterns.map(({ value, span }) => ({ what: `the package \`${normalizeName(value)}\``, span })),
  ]
}

/** A line that adds an index would be asked for every package. */
function checkOptions(own: PackageIndex, { files }: UserRequirements, sink: Sink): void {
  const [pattern] = own.packages
  for (const { span, text } of files.flatMap(optionsIn)) {
    if (INDEX_OPTION.test(text) && pattern !== undefined) sink.report(packages.indexAround({ option: text.split(/[\s=]/)[0] ?? '', pattern: pattern.value }, { at: span, related: [{ span: pattern.span, message: 'this comes from one index alone' }] }))
  }
}
