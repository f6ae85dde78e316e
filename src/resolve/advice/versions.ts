/** Versions in requirements that do not go with the framework, or that are older than the Python. */
import * as advice from '../../diagnostics/catalogue/advice.ts'
import type { Sink } from '../../diagnostics/sink.ts'
import { findOldestWheel, findPythonsWithWheels, PAIRS } from '../../facts/pairs.ts'
import { parseRequirement } from '../../project/requirements.ts'
import type { UserRequirement } from '../environment.ts'
import { exactVersionOf, isInRange } from '../specifier.ts'
import { nameFramework, type AdvisedFramework, type Matter } from './context.ts'
import { requireVersion } from './edits.ts'

/** A range that a package must be in beside a framework. */
interface Limit {
  /** Undefined: there is no version that works. */
  readonly works: string | undefined
  readonly isRequired: boolean
  readonly framework: AdvisedFramework
}

export function adviseOnVersions(matter: Matter, sink: Sink): void {
  if (matter.binding.length === 0) return
  for (const requirement of matter.binding) {
    for (const framework of matter.frameworks) for (const limit of limitsOf(framework, requirement.value.name)) checkLimit(requirement, limit, sink)
    checkWheels(requirement, matter, sink)
  }
}

/** The name is compared first: comparing versions is what takes time. */
function limitsOf(framework: AdvisedFramework, name: string): readonly Limit[] {
  const ofRelease = framework.release.limits.flatMap((text) => {
    const limit = text.toLowerCase().startsWith(name) ? parseRequirement(text) : undefined
    return limit?.name === name ? [{ works: limit.specifier, isRequired: true, framework }] : []
  })
  const known = PAIRS.filter((pair) => pair.package === name && pair.framework === framework.facts.name && isInRange(framework.version, pair.versions))
  return [...ofRelease, ...known.map((pair) => ({ works: pair.works ?? undefined, isRequired: pair.isRequired ?? false, framework }))]
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

/** A pin of a final release: of these, numbers alone tell which is older, without the regular expressions of PEP 440, which take a start a millisecond. */
const PIN = /^={2,3}\s*(\d+(?:\.\d+)*)$/

function isOlder(version: string, other: string): boolean {
  const others = other.split('.').map(Number)
  const parts = version.split('.').map(Number)
  const at = others.findIndex((part, index) => part !== (parts[index] ?? 0))
  return at !== -1 && (parts[at] ?? 0) < (others[at] ?? 0)
}

/** A pin from before the Python came out. */
function checkWheels(requirement: UserRequirement, { running: python, config }: Matter, sink: Sink): void {
  const { name, specifier } = requirement.value
  const oldest = findOldestWheel(name, python)
  const [, pin] = (oldest !== undefined && PIN.exec(specifier)) || []
  if (oldest === undefined || pin === undefined || !isOlder(pin, oldest)) return
  const older = findPythonsWithWheels(name).findLast(([other, first]) => isOlder(other, python) && !isOlder(pin, first))?.[0]
  const version = config.python.version
  const words = { requirement: `${name}==${pin}`, python, oldest: `${name}>=${oldest}`, older }
  const related = version === undefined ? [] : [{ span: version.span, message: `the first with wheels for this Python is ${oldest}` }]
  sink.report(advice.noWheelsForPython(words, { at: requirement.span, related, ...requireVersion(requirement, `>=${oldest}`) }))
}
