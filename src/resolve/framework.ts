/** Which frameworks are asked for, and which of their versions all that is asked for leaves. */
import type { Config, FrameworkChoice } from '../config/config.ts'
import * as knowledge from '../diagnostics/catalogue/knowledge.ts'
import type { Span } from '../diagnostics/diagnostic.ts'
import type { Sink } from '../diagnostics/sink.ts'
import { listChoices, suggest } from '../diagnostics/suggest.ts'
import { findFramework, FRAMEWORK_NAMES, FRAMEWORKS, PLAIN_PYTHON, type FrameworkFacts, type Release } from '../facts/frameworks.ts'
import type { UserRequirement } from './environment.ts'
import { holdsInImages } from './marker.ts'
import { compareVersions, exactVersionOf, guessSpecifier, isInRange, isSpecifier, minorOf, withoutLocal } from './specifier.ts'

/** A framework that the config names, or that its requirements bring in. */
export interface FrameworkRequest {
  readonly facts: FrameworkFacts
  /** As the user wrote it. */
  readonly name: string
  readonly span: Span
  readonly extras: readonly string[]
  readonly isInstalled: boolean
  readonly wishes: readonly Wish[]
  /** The requirements of the user's that name a companion. */
  readonly companions: readonly UserRequirement[]
}

/** One range that a version has to be in. */
export interface Wish {
  readonly span: Span
  /** The range with its name, such as `torch>=2.1`. */
  readonly text: string
  /** `framework`, or where the requirement stands. */
  readonly place: string
  readonly specifier: string
  /** Set where the range is not the framework's own. */
  readonly companion: string | undefined
}

/** A version that may be chosen. */
export interface Candidate {
  readonly version: string
  /** The release whose facts it has. */
  readonly release: Release
  /** False where only a similar release is known. */
  readonly isCertain: boolean
}

/** What the config says about frameworks; `isKnown` is false where a name means nothing. */
export interface Requests {
  readonly requests: readonly FrameworkRequest[]
  readonly isKnown: boolean
  /** Whether one of them is `python`, or one that is not built yet: then nothing can be said of the whole. */
  readonly isOpen: boolean
}

/** Finds the frameworks of the config, in its order, then those that only the requirements name. */
export function findRequests(config: Config, requirements: readonly UserRequirement[], sink: Sink): Requests {
  const binding = requirements.filter(({ value }) => holdsInImages(value.marker) === true && value.url === undefined)
  const known = config.frameworks.filter((choice) => isKnownFramework(choice, sink))
  const named = known.flatMap((choice) => requestOf(choice, binding, sink) ?? [])
  const distinct = named.filter(({ facts }, index) => named.findIndex((other) => other.facts === facts) === index)
  // A base image of the user's may hold the framework already, in the build that it needs.
  const implied = config.build.from === undefined ? FRAMEWORKS.flatMap((facts) => impliedRequest(facts, distinct, binding) ?? []) : []
  return {
    requests: [...distinct, ...implied],
    isKnown: config.frameworks.length > 0 && known.length === config.frameworks.length,
    isOpen: known.some(({ name }) => findFramework(name.value) === undefined),
  }
}

function isKnownFramework({ name }: FrameworkChoice, sink: Sink): boolean {
  if (FRAMEWORK_NAMES.includes(name.value)) return true
  const suggestion = suggest(name.value, FRAMEWORK_NAMES)
  const fix = suggestion === undefined ? {} : { fix: { title: `change to ${suggestion}`, edits: [{ span: name.span, text: suggestion }] } }
  sink.report(knowledge.unknownFramework({ framework: name.value, suggestion, choices: listChoices(name.value, FRAMEWORK_NAMES) }, { at: name.span, ...fix }))
  return false
}

function requestOf(choice: FrameworkChoice, requirements: readonly UserRequirement[], sink: Sink): FrameworkRequest | undefined {
  const { name, extras, span } = choice
  const specifier = readSpecifier(choice, sink)
  const facts = findFramework(name.value)
  if (facts === undefined) return undefined
  const own = specifier === undefined ? [] : [{ span, text: `${name.value}${specifier}`, place: 'framework', specifier, companion: undefined }]
  const asked = extras.map(({ value }) => value)
  return makeRequest({ facts, name: name.value, span, extras: asked, isInstalled: choice.install === 'auto', wishes: own, requirements })
}

function readSpecifier({ name, specifier }: FrameworkChoice, sink: Sink): string | undefined {
  if (specifier === undefined) return undefined
  const text = specifier.value.trim()
  if (name.value === PLAIN_PYTHON) sink.report(knowledge.versionOfPython({ python: /\d+\.\d+/.exec(text)?.[0] }, { at: specifier.span }))
  else if (isSpecifier(text)) return text
  else sink.report(knowledge.badSpecifier({ specifier: text, framework: name.value, guess: guessSpecifier(text) }, { at: specifier.span }))
  return undefined
}

/** A framework with builds of its own is installed as the framework is, whoever names it: or pip would fetch CUDA. */
function impliedRequest(facts: FrameworkFacts, named: readonly FrameworkRequest[], requirements: readonly UserRequirement[]): FrameworkRequest | undefined {
  if (facts.install.cuda === undefined || named.some((request) => request.facts === facts)) return undefined
  const first = requirements.find(({ value, isConstraint }) => !isConstraint && facts.distributions.includes(value.name))
  return first && makeRequest({ facts, name: first.value.name, span: first.span, extras: [], isInstalled: true, wishes: [], requirements })
}

type Known = Omit<FrameworkRequest, 'companions'> & { readonly requirements: readonly UserRequirement[] }

function makeRequest({ requirements, ...request }: Known): FrameworkRequest {
  const { distributions, companions } = request.facts
  const own = requirements.filter(({ value }) => distributions.includes(value.name))
  const accompanying = requirements.filter(({ value }) => companions.includes(value.name))
  return {
    ...request,
    extras: [...request.extras, ...own.flatMap(({ value }) => value.extras)],
    wishes: [...request.wishes, ...own.flatMap((requirement) => wishOf(requirement, false)), ...accompanying.flatMap((requirement) => wishOf(requirement, true))],
    companions: accompanying.filter(({ isConstraint }) => !isConstraint),
  }
}

function wishOf({ value, span, place }: UserRequirement, isCompanion: boolean): readonly Wish[] {
  const { name, specifier } = value
  if (specifier === '') return []
  return [{ span, text: `${name}${specifier}`, place, specifier, companion: isCompanion ? name : undefined }]
}

/** The versions that fulfil every wish, ascending. Empty where that was reported to be impossible. */
export function findCandidates(request: FrameworkRequest, sink: Sink): readonly Candidate[] {
  const { facts, wishes } = request
  const universe = universeOf(request)
  const accepted: Wish[] = []
  for (const wish of wishes) {
    if (!universe.some((candidate) => allows(wish, candidate, facts))) {
      // A companion that is not known says nothing about the framework.
      if (wish.companion !== undefined) continue
      reportEmpty(wish, request, sink)
      return []
    }
    const isPossible = universe.some((candidate) => [...accepted, wish].every((other) => allows(other, candidate, facts)))
    if (isPossible) accepted.push(wish)
    else reportDisagreement(wish, accepted, universe, request, sink)
  }
  const pin = pinOf(accepted)
  if (pin === undefined) return facts.releases.map(certain).filter((candidate) => accepted.every((wish) => allows(wish, candidate, facts)))
  const candidate = candidateFor(pin.version, facts)
  if (!candidate.isCertain) reportUnknown(candidate, pin.wish, request, sink)
  return [candidate]
}

/** What the ranges are compared on: every release, and every version that is pinned. */
function universeOf({ facts, wishes }: FrameworkRequest): readonly Candidate[] {
  const pins = wishes.flatMap((wish) => (wish.companion === undefined ? (exactVersionOf(wish.specifier) ?? []) : []))
  return [...facts.releases.map(certain), ...pins.map((version) => candidateFor(version, facts))]
}

function certain(release: Release): Candidate {
  return { version: release.version, release, isCertain: true }
}

function pinOf(wishes: readonly Wish[]): { readonly version: string; readonly wish: Wish } | undefined {
  for (const wish of wishes) {
    const version = wish.companion === undefined ? exactVersionOf(wish.specifier) : undefined
    if (version !== undefined) return { version, wish }
  }
  return undefined
}

/** A version as it was written, with the facts of its own release, of one of its minor, or of the nearest that is known. */
function candidateFor(written: string, facts: FrameworkFacts): Candidate {
  const version = withoutLocal(written)
  const notNewer = (release: Release) => compareVersions(release.version, version) <= 0
  const siblings = facts.releases.filter((release) => minorOf(release.version) === minorOf(version))
  const family = siblings.length > 0 ? siblings : facts.releases
  const release = family.findLast(notNewer) ?? family[0]
  if (release === undefined) throw new Error(`no release of ${facts.name} is known`)
  return { version, release, isCertain: siblings.length > 0 }
}

/** Where no companion is known to be made for a release, the newest known one of all is taken to go with it. */
function allows({ companion, specifier }: Wish, { version, release }: Candidate, { releases }: FrameworkFacts): boolean {
  if (companion === undefined) return isInRange(version, specifier)
  const made = release.companions[companion] ?? releases.findLast(({ companions }) => companions[companion] !== undefined)?.companions[companion]
  return made === undefined || isInRange(made, specifier)
}

function reportEmpty(wish: Wish, { facts, name }: FrameworkRequest, sink: Sink): void {
  const newest = facts.releases.at(-1)?.version ?? ''
  const alternative = wish.place === 'framework' ? `framework: ${name}==${newest}` : `${facts.distributions[0]}==${newest}`
  sink.report(knowledge.noVersionInRange({ title: facts.title, specifier: wish.specifier, alternative }, { at: wish.span }))
}

/** Points at the earlier wish, which the config's own is, and shows the other beside it. */
function reportDisagreement(wish: Wish, accepted: readonly Wish[], universe: readonly Candidate[], { facts, name }: FrameworkRequest, sink: Sink): void {
  const agree = (other: Wish) => universe.some((candidate) => allows(wish, candidate, facts) && allows(other, candidate, facts))
  const first = accepted.find((other) => !agree(other)) ?? accepted[0]
  if (first === undefined) return
  const fitting = universe.findLast((candidate) => allows(wish, candidate, facts))?.version ?? ''
  const specifier = wish.companion === undefined ? wish.specifier : `==${fitting}`
  const help = first.place === 'framework' ? `framework: ${name}${specifier}` : undefined
  const label = `${wish.place} asks for ${wish.text}`
  sink.report(
    knowledge.disagreement({ title: facts.title, first: `\`${first.text}\``, second: `\`${wish.text}\``, help }, { at: first.span, related: [{ span: wish.span, message: label }] }),
  )
}

function reportUnknown({ version, release }: Candidate, wish: Wish, { facts, name }: FrameworkRequest, sink: Sink): void {
  const alternative = wish.place === 'framework' ? `framework: ${name}==${release.version}` : `${facts.distributions[0]}==${release.version}`
  sink.report(knowledge.unknownVersion({ title: facts.title, version, nearest: release.version, alternative }, { at: wish.span }))
}

/** The place that decides the version: the config's range, else a requirement, else the framework's name. */
export function placeOfVersion({ wishes, span }: FrameworkRequest): Span {
  return wishes[0]?.span ?? span
}

/** The framework with a version as people say it: `TensorFlow 2.15`, and in full where the patches of the minor differ in what is said. */
export function nameVersion(facts: FrameworkFacts, { version, release }: Candidate, differs: (release: Release) => boolean): string {
  const siblings = facts.releases.filter((other) => minorOf(other.version) === minorOf(version))
  const isCommon = siblings.every((other) => differs(other) === differs(release))
  return `${facts.title} ${isCommon ? minorOf(version) : version}`
}

/** All extras without those that bring CUDA. */
export function ownExtras(request: FrameworkRequest): readonly string[] {
  return request.extras.filter((extra) => !request.facts.cudaExtras.includes(extra))
}

