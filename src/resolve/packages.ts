/** The packages beside the framework: Python packages in place, and those of Debian. */
import type { Located } from '../config/located.ts'
import type { ModelFacts } from '../facts/models.ts'
import { runtimePackagesOf } from '../facts/packages.ts'
import { parseRequirement } from '../project/requirements.ts'
import { findInstalled, isReplaced, type Installed } from './installed.ts'
import type { SystemPackage } from './environment.ts'
import { buildPackagesInPlace, buildPackagesOfRequirement } from './requirements-files.ts'
import type { UserRequirements } from './user-requirements.ts'

/** PEP 508 requirements: the model's that the user does not name, then the user's without what the framework's layer installs. */
export function choosePackages(model: ModelFacts, requirements: UserRequirements, installed: readonly Installed[]): readonly string[] {
  const named = requirements.all.filter(({ isConstraint }) => !isConstraint).map(({ value }) => value.name)
  const extra = model.packages.filter((text) => !named.includes(parseRequirement(text)?.name ?? ''))
  const own = requirements.inPlace.filter(({ value }) => findInstalled(value, installed) === undefined && !isReplaced(value, installed))
  return [...new Set([...extra, ...own.map(({ text }) => text)])]
}

/** The Debian packages of the images, sorted: the user's, what frameworks, the model and well-known Python packages load, and what builds those that no other stage builds. */
export function chooseSystemPackages({ system, requirements, frameworks, model }: SystemNeeds): readonly SystemPackage[] {
  const given = system.map(({ value }): SystemPackage => ({ name: value, because: 'given by `system`' }))
  const loaded = [
    ...frameworks.flatMap(({ facts }) => facts.system.map((name) => ({ name, because: `${facts.title} loads it` }))),
    ...requirements.all.filter(({ isConstraint }) => !isConstraint).flatMap(({ value }) => runtimePackagesOf(value.name).map((name) => ({ name, because: `${value.name} loads it` }))),
    ...model.packages.flatMap((text) => runtimePackagesOf(parseRequirement(text)?.name ?? '').map((name) => ({ name, because: `${model.name} models load it` }))),
    ...model.system.map((name) => ({ name, because: `${model.name} models need it` })),
    ...requirements.inPlace.flatMap(({ value }) => buildPackagesOfRequirement(value).map((name) => ({ name, because: `${value.name} is built with it` }))),
    ...buildPackagesInPlace(requirements).map((name) => ({ name, because: 'a requirement is built with it' })),
  ]
  const names = new Set(given.map(({ name }) => name.split('=')[0] ?? name))
  const once = new Map([...given, ...loaded.filter(({ name }) => !names.has(name))].reverse().map((each) => [each.name, each]))
  return [...once.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
}

export interface SystemNeeds {
  readonly system: readonly Located<string>[]
  readonly requirements: UserRequirements
  readonly frameworks: readonly Installed[]
  readonly model: ModelFacts
}
