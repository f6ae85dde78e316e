/** Which frameworks are asked for, and with which ranges of versions. */
import type { Config, FrameworkChoice } from '../config/config.ts'
import * as knowledge from '../diagnostics/catalogue/knowledge.ts'
import { changeTo, type Span } from '../diagnostics/diagnostic.ts'
import type { Sink } from '../diagnostics/sink.ts'
import { listChoices, suggest } from '../diagnostics/suggest.ts'
import { findFramework, FRAMEWORK_NAMES, FRAMEWORKS, PLAIN_PYTHON, type FrameworkFacts } from '../facts/frameworks.ts'
import { frameworkBroughtBy } from '../facts/packages.ts'
import { hasBuilds } from './accelerator.ts'
import type { UserRequirement } from './environment.ts'
import { holdsInImages } from './marker.ts'
import { guessSpecifier, isSpecifier } from './specifier.ts'

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

/** What the config says about frameworks; `isKnown` is false where a name means nothing. */
export interface Requests {
  readonly requests: readonly FrameworkRequest[]
  readonly isKnown: boolean
  /** Whether one of them is `python`, or runs on one that the base image may hold: then nothing can be said of the whole. */
  readonly isOpen: boolean
}

/** Finds the frameworks of the config, in its order, then those that only the requirements name. */
export function findRequests(config: Config, requirements: readonly UserRequirement[], sink: Sink): Requests {
  const binding = requirements.filter(({ value }) => holdsInImages(value.marker) === true && value.url === undefined)
  const known = config.frameworks.filter((choice) => isKnownFramework(choice, sink))
  const named = known.flatMap((choice) => requestOf(choice, binding, sink) ?? [])
  const distinct = named.filter(({ facts }, index) => named.findIndex((other) => other.facts === facts) === index)
  // A base image of the user's may hold the framework already, in the build that it needs.
  const isOwnImage = config.build.from === undefined
  const implied = isOwnImage ? FRAMEWORKS.flatMap((facts) => impliedRequest(facts, distinct, binding) ?? []) : []
  const backends = isOwnImage ? [...distinct, ...implied].flatMap((request) => backendOf(request, [...distinct, ...implied], binding) ?? []) : []
  return {
    requests: [...distinct, ...implied, ...backends],
    isKnown: config.frameworks.length > 0 && known.length === config.frameworks.length,
    isOpen: known.some(({ name }) => findFramework(name.value) === undefined) || (!isOwnImage && distinct.some(({ facts }) => facts.backends.length > 0)),
  }
}

function isKnownFramework({ name }: FrameworkChoice, sink: Sink): boolean {
  if (FRAMEWORK_NAMES.includes(name.value)) return true
  const suggestion = suggest(name.value, FRAMEWORK_NAMES)
  sink.report(knowledge.unknownFramework({ framework: name.value, suggestion, choices: listChoices(name.value, FRAMEWORK_NAMES) }, { at: name.span, ...changeTo(suggestion, name.span) }))
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
  if (!hasBuilds(facts, 'cuda') || named.some((request) => request.facts === facts)) return undefined
  const brings = ({ value, isConstraint }: UserRequirement) => !isConstraint && (facts.distributions.includes(value.name) || frameworkBroughtBy(value.name) === facts.name)
  const first = requirements.find(brings)
  return first && makeRequest({ facts, name: first.value.name, span: first.span, extras: [], isInstalled: true, wishes: [], requirements })
}

/** What a framework runs on, where neither the config nor the requirements name it. */
function backendOf({ facts, span, isInstalled }: FrameworkRequest, others: readonly FrameworkRequest[], requirements: readonly UserRequirement[]): FrameworkRequest | undefined {
  const [usual] = facts.backends
  const backend = usual === undefined || others.some((other) => facts.backends.includes(other.facts.name)) ? undefined : findFramework(usual)
  return backend && makeRequest({ facts: backend, name: backend.name, span, extras: [], isInstalled, wishes: [], requirements })
}

type Known = Omit<FrameworkRequest, 'companions'> & { readonly requirements: readonly UserRequirement[] }

function makeRequest({ requirements, ...request }: Known): FrameworkRequest {
  const { distributions, companions } = request.facts
  const own = requirements.filter(({ value }) => distributions.includes(value.name))
  const accompanying = requirements.filter(({ value }) => companions.includes(value.name))
  return {
    ...request,
    extras: [...request.extras, ...own.flatMap(({ value }) => value.extras)],
    wishes: [...request.wishes, ...own.flatMap((found) => wishOf(found, false)), ...accompanying.flatMap((found) => wishOf(found, true))],
    companions: accompanying.filter(({ isConstraint }) => !isConstraint),
  }
}

function wishOf({ value, span, place }: UserRequirement, isCompanion: boolean): readonly Wish[] {
  const { name, specifier } = value
  if (specifier === '') return []
  return [{ span, text: `${name}${specifier}`, place, specifier, companion: isCompanion ? name : undefined }]
}

/** The titles of what is asked for, for messages: `PyTorch and scikit-learn`. */
export function titlesOf(requests: readonly FrameworkRequest[]): string {
  return requests.map(({ facts }) => facts.title).join(' and ')
}

/** The place that decides the version: the config's range, else a requirement, else the framework's name. */
export function placeOfVersion({ wishes, span }: FrameworkRequest): Span {
  return wishes[0]?.span ?? span
}

/** All extras without those that bring CUDA. */
export function ownExtras(request: FrameworkRequest): readonly string[] {
  return request.extras.filter((extra) => !request.facts.gpuExtras.includes(extra))
}
