/** Versions in requirements that do not go with the framework, or that are older than the Python. */
import * as advice from '../../diagnostics/catalogue/advice.ts'
import type { Sink } from '../../diagnostics/sink.ts'
import { findOldestWheel, findPythonsWithWheels } from '../../facts/pairs.ts'
import { PAIRS } from '../../facts/pairs.ts'
import { parseRequirement } from '../../project/requirements.ts'
import type { UserRequirement } from '../environment.ts'
import { compareVersions, exactVersionOf, isInRange } from '../specifier.ts'
import { nameFramework, type AdvisedFramework, type Matter } from './context.ts'
import { requireVersion } from './edits.ts'

/** A range that a package must be in beside a framework. */
interface Limit {
  readonly package: string
  /** Undefined: there is no version that works. */
  readonly works: string | undefined
  readonly isRequired: boolean
  readonly framework: AdvisedFramework
}

export function adviseOnVersions(matter: Matter, sink: Sink): void {
  if (matter.binding.length === 0) return
  const limits = matter.frameworks.flatMap(limitsOf)
  for (const requirement of matter.binding) {
    for (const limit of limits) if (limit.package === requirement.value.name) checkLimit(requirement, limit, sink)
    checkWheels(requirement, matter, sink)
  }
}

function limitsOf(framework: AdvisedFramework): readonly Limit[] {
  const ofRelease = framework.release.limits.flatMap((text) => {
    const limit = parseRequirement(text)
    return limit === undefined ? [] : [{ package: limit.name, works: limit.specifier, isRequired: true, framework }]
  })
  const known = PAIRS.filter((pair) => pair.framework === framework.facts.name && isInRange(framework.version, pair.versions))
  return [...ofRelease, ...known.map((pair) => ({ package: pair.package, works: pair.works ?? undefined, isRequired: pair.isRequired ?? false, framework }))]
}

function checkLimit(requirement: UserRequirement, limit: Limit, sink: Sink): void {
  const { name, specifier } = requirement.value
  const { works, framework } = limit
  const isOpen = specifier === ''
  const isWrong = works === undefined || (isOpen ? !limit.isRequired && isBounded(works) : isApart(specifier, works))
  if (!isWrong) return
  const words = { requirement: `${name}${specifier}`, framework: nameFramework(framework), works: works === undefined ? undefined : `${name}${works}`, isOpen: isOpen && works !== undefined }
  const related = framework.place === requirement.span ? [] : [{ span: framework.place, message: `${nameFramework(framework)} comes from here` }]
  sink.report(advice.otherVersion(words, { at: requirement.span, related, ...(works === undefined ? {} : requireVersion(requirement, works)) }))
}

/** A release later than any that will be. */
const FAR = '9999'

function isBounded(range: string): boolean {
  return !isInRange(FAR, range)
}

/** Whether no version is in both ranges, as far as their bounds tell. */
function isApart(asked: string, works: string): boolean {
  const pin = exactVersionOf(asked)
  if (pin !== undefined) return !isInRange(pin, works)
  const samples = [...boundsOf(asked), ...boundsOf(works), FAR, '0']
  return !samples.some((version) => isInRange(version, asked) && isInRange(version, works))
}

/** Versions at, right above and right below each bound: where two ranges meet at all, they do so at one of these. */
function boundsOf(range: string): readonly string[] {
  return [...range.matchAll(/\d+(?:\.\d+)*/g)].flatMap(([version]) => [version, `${version}.0.1`, below(version)])
}

function below(version: string): string {
  const parts = version.split('.').map(Number)
  const at = parts.findLastIndex((part) => part > 0)
  return at === -1 ? version : [...parts.slice(0, at), (parts[at] ?? 1) - 1, 9999].join('.')
}

/** A pin from before the Python came out. */
function checkWheels(requirement: UserRequirement, { python, config }: Matter, sink: Sink): void {
  const { name, specifier } = requirement.value
  const oldest = findOldestWheel(name, python)
  const pin = oldest === undefined ? undefined : exactVersionOf(specifier)
  if (oldest === undefined || pin === undefined || compareVersions(pin, oldest) >= 0) return
  const older = findPythonsWithWheels(name).findLast(([other, first]) => compareVersions(other, python) < 0 && compareVersions(first, pin) <= 0)?.[0]
  const version = config.python.version
  const words = { requirement: `${name}==${pin}`, python, oldest: `${name}>=${oldest}`, older }
  const related = version === undefined ? [] : [{ span: version.span, message: `the first with wheels for this Python is ${oldest}` }]
  sink.report(advice.noWheelsForPython(words, { at: requirement.span, related, ...requireVersion(requirement, `>=${oldest}`) }))
}
