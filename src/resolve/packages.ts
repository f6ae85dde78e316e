/** The packages beside the framework: those of the model, those in place, and the files of the user's. */
import { posix } from 'node:path'
import type { FrameworkFacts } from '../facts/frameworks.ts'
import type { ModelFacts } from '../facts/models.ts'
import { buildPackagesOf, fetchPackagesOf, runtimePackagesOf } from '../facts/packages.ts'
import { parseRequirement, type Requirement } from '../project/requirements.ts'
import type { FrameworkInstall, RequirementsFile, UserRequirement } from './environment.ts'
import { localOf } from './specifier.ts'
import { includedFiles, type FileOfRequirements, type UserRequirements } from './user-requirements.ts'

/** A framework that has a layer of its own, so that nothing else may install it. */
export interface Installed {
  readonly facts: FrameworkFacts
  readonly install: FrameworkInstall
}

/** PEP 508 requirements in place: the model's that the user does not name, then the user's without frameworks. */
export function choosePackages(model: ModelFacts, requirements: UserRequirements, installed: readonly Installed[]): readonly string[] {
  const named = requirements.all.filter(({ isConstraint }) => !isConstraint).map(({ value }) => value.name)
  const extra = model.packages.filter((text) => !named.includes(parseRequirement(text)?.name ?? ''))
  const own = requirements.inPlace.filter(({ value }) => value.url !== undefined || !installed.some(({ facts }) => namesOf(facts).includes(value.name)))
  return [...new Set([...extra, ...own.map(({ text }) => text)])]
}

function namesOf({ distributions, retired, companions }: FrameworkFacts): readonly string[] {
  return [...distributions, ...retired, ...companions]
}

/** The files, each with a text of ours where a line of the user's would install a framework a second time. */
export function chooseFiles(requirements: UserRequirements, installed: readonly Installed[]): readonly RequirementsFile[] {
  return requirements.files.map((file) => {
    const isRewritten = linesOf(file).some((line) => line.kind === 'requirement' && isReplaced(line.requirement, installed))
    return {
      path: file.path,
      includes: isRewritten ? constraintsOf(file) : includedFiles(file),
      rewritten: isRewritten ? rewrite(file, file, installed) : undefined,
      buildPackages: sortedOnce(linesOf(file).flatMap(buildPackagesOfLine)),
    }
  })
}

type Line = FileOfRequirements['lines'][number]

/** All lines that are installed, those of included files too. */
function linesOf(file: FileOfRequirements): readonly Line[] {
  return file.lines.flatMap((line) => (isInstalledInclude(line) ? linesOf(line.included) : [line]))
}

function isInstalledInclude(line: Line): line is Line & { included: FileOfRequirements } {
  return line.kind === 'include' && line.option === 'requirements' && line.included !== undefined
}

/**
 * Whether pip would install a framework anew: it knows it under another name, or as another build. A line that the
 * installed framework fulfils stays, since pip then does nothing.
 */
function isReplaced({ name, specifier, url }: Requirement, installed: readonly Installed[]): boolean {
  const found = installed.find(({ facts }) => namesOf(facts).includes(name))
  if (found === undefined || url !== undefined) return false
  const isCompanion = found.facts.companions.includes(name)
  const isFulfilled = isCompanion || found.install.requirements.filter((text) => !isNameOf(found.facts.companions, text)).every((text) => isNameOf([name], text))
  return !isFulfilled || localOf(specifier) !== undefined
}

function isNameOf(names: readonly string[], requirement: string): boolean {
  return names.includes(parseRequirement(requirement)?.name ?? '')
}

/** The text without such lines, with `-r` files in place and paths as seen from the file that is rewritten. */
function rewrite(file: FileOfRequirements, root: FileOfRequirements, installed: readonly Installed[]): string {
  return file.lines
    .map((line) => {
      if (isInstalledInclude(line)) return rewrite(line.included, root, installed)
      if (line.kind === 'requirement' && isReplaced(line.requirement, installed)) return ''
      if (line.kind !== 'include') return asLine(line)
      return line.included === undefined ? '' : `-c ${posix.relative(posix.dirname(root.path), line.included.path)}\n`
    })
    .join('')
}

function asLine({ line }: Line): string {
  return `${line.source.text.slice(line.start, line.end).replace(/\r\n/g, '\n').trimEnd()}\n`
}

function constraintsOf(file: FileOfRequirements): readonly string[] {
  const constraints = linesOf(file).flatMap(({ included }) => (included === undefined ? [] : [included.path, ...includedFiles(included)]))
  return sortedOnce(constraints)
}

function buildPackagesOfLine(line: Line): readonly string[] {
  if (line.kind === 'url') return fetchPackagesOf(line.url)
  return line.kind === 'requirement' ? buildPackagesOfRequirement(line.requirement) : []
}

function buildPackagesOfRequirement({ name, url }: Requirement): readonly string[] {
  return url === undefined ? buildPackagesOf(name) : fetchPackagesOf(url)
}

/** The Debian packages of the images: the user's, and what well-known Python packages load. Packages in place are built where they are installed. */
export function chooseSystemPackages(system: readonly { readonly value: string }[], requirements: UserRequirements): readonly string[] {
  const needed = requirements.all.filter(({ isConstraint }) => !isConstraint).flatMap((requirement) => runtimePackagesOf(requirement.value.name))
  const built = requirements.inPlace.flatMap(({ value }: UserRequirement) => buildPackagesOfRequirement(value))
  const given = system.map(({ value }) => value)
  const unversioned = given.map((text) => text.split('=')[0])
  return sortedOnce([...given, ...[...needed, ...built].filter((name) => !unversioned.includes(name))])
}

function sortedOnce(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort()
}
