/** The packages beside the framework: Python packages in place, and those of Debian. */
import type { Located } from '../config/located.ts'
import type { Span } from '../diagnostics/diagnostic.ts'
import { findSources, type FrameworkFacts } from '../facts/frameworks.ts'
import { findModelSource, type ModelFacts } from '../facts/models.ts'
import { PACKAGES_SOURCE, runtimePackagesOf } from '../facts/packages.ts'
import { parseRequirement } from '../project/requirements.ts'
import type { Decision } from './decision.ts'
import { findInstalled, isReplaced, type Installed } from './installed.ts'
import type { SystemPackage } from './environment.ts'
import { buildPackagesInPlace, buildPackagesOfRequirement } from './requirements-files.ts'
import type { UserRequirements } from './user-requirements.ts'

/** PEP 508 requirements: the model's that the user does not name, those that keys of the config bring, then the user's without what the framework's layer installs. */
export function choosePackages(model: ModelFacts, brought: readonly string[], requirements: UserRequirements, installed: readonly Installed[]): readonly string[] {
  const own = requirements.inPlace.filter(({ value }) => findInstalled(value, installed) === undefined && !isReplaced(value, installed))
  return [...new Set([...packagesOfModel(model, requirements), ...brought, ...own.map(({ text }) => text)])]
}

/** The model's packages that the user does not name: what is named is no decision of ours. */
export function packagesOfModel(model: ModelFacts, requirements: UserRequirements): readonly string[] {
  const named = packagesNamedIn(requirements)
  return model.packages.filter((text) => !named.has(parseRequirement(text)?.name ?? ''))
}

/** The names of what the user asks for; a constraint asks for nothing. */
export function packagesNamedIn({ all }: UserRequirements): ReadonlySet<string> {
  return new Set(all.filter(({ isConstraint }) => !isConstraint).map(({ value }) => value.name))
}

/** A Debian package with all that asks for it. */
export type SystemNeed = SystemPackage & Pick<Decision, 'spans' | 'fact'>

/** The Debian packages of the images, sorted: the user's, what frameworks, the model and well-known Python packages load, and what builds those that no other stage builds. */
export function chooseSystemPackages(needs: readonly SystemNeed[]): readonly SystemPackage[] {
  return needs.map(({ name, because }) => ({ name, because }))
}

/** Each once, sorted. */
export function listSystemNeeds({ system, requirements, frameworks, model, modelSpans }: SystemNeeds): readonly SystemNeed[] {
  const given = system.map(({ value, span }): SystemNeed => ({ name: value, because: 'given by `system`', spans: [span] }))
  const loaded = [
    ...frameworks.flatMap(({ facts, spans }) => facts.system.map((name) => ({ name, because: `${facts.title} loads it`, spans, ...factOfFramework(facts, name) }))),
    ...requirements.all.filter(({ isConstraint }) => !isConstraint).flatMap(({ value, span }) => need(runtimePackagesOf(value.name), `${value.name} loads it`, [span])),
    ...model.packages.flatMap((text) => need(runtimePackagesOf(parseRequirement(text)?.name ?? ''), `${model.name} models load it`, modelSpans)),
    ...model.system.map((name) => ({ name, because: `${model.name} models need it`, spans: modelSpans, ...factOfModel(model, name) })),
    ...requirements.inPlace.flatMap(({ value, span }) => need(buildPackagesOfRequirement(value), `${value.name} is built with it`, [span])),
    ...need(buildPackagesInPlace(requirements), 'a requirement is built with it', []),
  ]
  const names = new Set(given.map(({ name }) => name.split('=')[0] ?? name))
  const once = new Map([...given, ...loaded.filter(({ name }) => !names.has(name))].reverse().map((each) => [each.name, each]))
  return [...once.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
}

function factOfFramework(facts: FrameworkFacts, name: string): Pick<Decision, 'fact'> {
  const source = findSources(facts, name.replace(/\d+$/, ''))
  return source === undefined ? {} : { fact: { text: `${facts.title} loads ${name}`, source } }
}

/** What the table says of a package that a type of model needs; nothing where it names no source. */
export function factOfModel(model: ModelFacts, name: string): Pick<Decision, 'fact'> {
  const source = findModelSource(name.replace(/^lib|\d+$/g, ''))
  return source === undefined ? {} : { fact: { text: `${model.name} models need ${name}`, source } }
}

function need(names: readonly string[], because: string, spans: readonly Span[]): readonly SystemNeed[] {
  return names.map((name) => ({ name, because, spans, fact: { text: because.replace(/ it$/, ` ${name}`), source: PACKAGES_SOURCE } }))
}

export interface SystemNeeds {
  readonly system: readonly Located<string>[]
  readonly requirements: UserRequirements
  readonly frameworks: readonly (Pick<Installed, 'facts'> & { readonly spans: readonly Span[] })[]
  readonly model: ModelFacts
  readonly modelSpans: readonly Span[]
}
