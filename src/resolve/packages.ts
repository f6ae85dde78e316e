/** The packages beside the framework: Python packages in place, and those of Debian. */
import type { Located } from '../config/located.ts'
import type { ModelFacts } from '../facts/models.ts'
import { runtimePackagesOf } from '../facts/packages.ts'
import { parseRequirement } from '../project/requirements.ts'
import { findInstalled, isReplaced, type Installed } from './installed.ts'
import { buildPackagesInPlace, buildPackagesOfRequirement } from './requirements-files.ts'
import type { UserRequirements } from './user-requirements.ts'

/** PEP 508 requirements: the model's that the user does not name, then the user's without what the framework's layer installs. */
export function choosePackages(model: ModelFacts, requirements: UserRequirements, installed: readonly Installed[]): readonly string[] {
  const named = requirements.all.filter(({ isConstraint }) => !isConstraint).map(({ value }) => value.name)
  const extra = model.packages.filter((text) => !named.includes(parseRequirement(text)?.name ?? ''))
  const own = requirements.inPlace.filter(({ value }) => findInstalled(value, installed) === undefined && !isReplaced(value, installed))
  return [...new Set([...extra, ...own.map(({ text }) => text)])]
}

/** The Debian packages of the images, sorted: the user's, what well-known Python packages load, and what builds those that no other stage builds. */
export function chooseSystemPackages(system: readonly Located<string>[], requirements: UserRequirements): readonly string[] {
  const needed = requirements.all.filter(({ isConstraint }) => !isConstraint).flatMap(({ value }) => runtimePackagesOf(value.name))
  const building = [...requirements.inPlace.flatMap(({ value }) => buildPackagesOfRequirement(value)), ...buildPackagesInPlace(requirements)]
  const given = system.map(({ value }) => value)
  const names = given.map((text) => text.split('=')[0])
  return [...new Set([...given, ...[...needed, ...building].filter((name) => !names.includes(name))])].sort()
}
