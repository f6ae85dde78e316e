/** Which versions of a framework are left by all that is asked of it. */
import * as knowledge from '../diagnostics/catalogue/knowledge.ts'
import type { Sink } from '../diagnostics/sink.ts'
import type { FrameworkFacts, Release } from '../facts/frameworks.ts'
import type { FrameworkRequest, Wish } from './framework.ts'
import { compareVersions, exactVersionOf, isInRange, minorOf, withoutLocal } from './specifier.ts'

/** A version that may be chosen. */
export interface Candidate {
  readonly version: string
  /** The release whose facts it has. */
  readonly release: Release
  /** False where only a similar release is known. */
  readonly isCertain: boolean
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

/** What the ranges are compared on: every version that is pinned, first since it is mostly the answer, and every release. */
function universeOf({ facts, wishes }: FrameworkRequest): readonly Candidate[] {
  const pins = wishes.flatMap((wish) => (wish.companion === undefined ? (exactVersionOf(wish.specifier) ?? []) : []))
  return [...pins.map((version) => candidateFor(version, facts)), ...facts.releases.map(certain)]
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

function reportEmpty(wish: Wish, request: FrameworkRequest, sink: Sink): void {
  const { title, releases } = request.facts
  const alternative = writePin(wish, request, releases.at(-1)?.version ?? '')
  sink.report(knowledge.noVersionInRange({ title, specifier: wish.specifier, alternative }, { at: wish.span }))
}

/** A version as it would be written in place of a wish. */
function writePin({ place }: Wish, { facts, name }: FrameworkRequest, version: string): string {
  return place === 'framework' ? `framework: ${name}==${version}` : `${facts.distributions[0]}==${version}`
}

/** Points at the earlier wish, which the config's own is, and shows the other beside it. */
function reportDisagreement(wish: Wish, accepted: readonly Wish[], universe: readonly Candidate[], { facts, name }: FrameworkRequest, sink: Sink): void {
  const agree = (other: Wish) => universe.some((candidate) => allows(wish, candidate, facts) && allows(other, candidate, facts))
  const first = accepted.find((other) => !agree(other)) ?? accepted[0]
  if (first === undefined) return
  const fitting = universe.findLast((candidate) => allows(wish, candidate, facts))?.version ?? ''
  const specifier = wish.companion === undefined ? wish.specifier : `==${fitting}`
  const help = first.place === 'framework' ? `framework: ${name}${specifier}` : undefined
  const related = [{ span: wish.span, message: `${wish.place} asks for ${wish.text}` }]
  const words = { title: facts.title, first: `\`${first.text}\``, second: `\`${wish.text}\``, help }
  sink.report(knowledge.disagreement(words, { at: first.span, related }))
}

function reportUnknown({ version, release: { version: nearest } }: Candidate, wish: Wish, request: FrameworkRequest, sink: Sink): void {
  const alternative = writePin(wish, request, nearest)
  sink.report(knowledge.unknownVersion({ title: request.facts.title, version, nearest, alternative }, { at: wish.span }))
}

/** The framework with a version as people say it: `TensorFlow 2.15`, and in full where the patches of the minor differ in what is said. */
export function nameVersion(facts: FrameworkFacts, { version, release }: Candidate, differs: (release: Release) => boolean): string {
  const siblings = facts.releases.filter((other) => minorOf(other.version) === minorOf(version))
  const isCommon = siblings.every((other) => differs(other) === differs(release))
  return `${facts.title} ${isCommon ? minorOf(version) : version}`
}
