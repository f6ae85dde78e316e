/** Which Python the images have: the one asked for, else the default where every framework has wheels for it. */
import type { Located } from '../config/located.ts'
import * as knowledge from '../diagnostics/catalogue/knowledge.ts'
import { changeTo } from '../diagnostics/diagnostic.ts'
import type { Sink } from '../diagnostics/sink.ts'
import type { Release } from '../facts/frameworks.ts'
import { DEFAULT_PYTHON, PYTHONS } from '../facts/images.ts'
import { nameVersion, type Candidate } from './candidates.ts'
import type { Decision } from './decision.ts'
import { placeOfVersion, type FrameworkRequest } from './framework.ts'
import { allowsPython, checkRequiredPython } from './requires-python.ts'
import { compareVersions, minorOf } from './specifier.ts'

/** A framework that is to be installed, with the versions that it may have, ascending; at least one. */
export interface Option {
  readonly request: FrameworkRequest
  readonly candidates: readonly Candidate[]
}

export interface ChosenPython {
  /** `X.Y`. */
  readonly minor: string
  /** As the user wrote it, which may name a patch. */
  readonly written: string
  readonly decision: Decision
}

const KNOWN = PYTHONS.map(({ version }) => version)

/** Chooses the Python, and reports what has no wheels for the one that the user asked for, and a project that excludes it. */
export function choosePython(asked: Located<string> | undefined, options: readonly Option[], sink: Sink, required?: Located<string>): ChosenPython {
  const given = asked && readPython(asked, sink)
  if (asked === undefined || given === undefined) return chooseDefault(options, asked === undefined, sink, required)
  checkRequiredPython(required, asked, asked.value, sink)
  for (const option of options) if (!option.candidates.some((candidate) => mayRunOn(candidate, given))) reportNoWheels(option, given, asked, sink)
  const endOfLife = PYTHONS.find(({ version }) => version === given)?.endOfLife
  const because = endOfLife === undefined ? 'given by `python`' : `given by \`python\`; it gets no fixes since ${endOfLife}`
  return { minor: given, written: asked.value, decision: { subject: 'python', value: asked.value, because, spans: [asked.span] } }
}

/** The newest candidate with wheels for this Python; the newest of all where none is known to have them. */
export function newestFor(candidates: readonly Candidate[], python: string): Candidate | undefined {
  return candidates.findLast((candidate) => mayRunOn(candidate, python)) ?? candidates.at(-1)
}

/** Of a version that is not in the table nobody knows that it would not run. */
function mayRunOn({ release, isCertain }: Candidate, python: string): boolean {
  return !isCertain || release.python.includes(python)
}

/** `X.Y`, where such a Python is known. */
function readPython(asked: Located<string>, sink: Sink): string | undefined {
  const [, minor] = /^(\d{1,3}\.\d{1,3})(?:\.\d{1,3})?$/.exec(asked.value) ?? []
  if (minor !== undefined && KNOWN.includes(minor)) return minor
  const nearest = nearestPython(asked.value)
  const known = `${KNOWN[0]} to ${KNOWN.at(-1)}`
  sink.report(knowledge.unknownPython({ python: asked.value, nearest, known }, { at: asked.span, ...usePython(nearest, asked) }))
  return undefined
}

function usePython(python: string, { span }: Located<string>): ReturnType<typeof changeTo> {
  return changeTo(`"${python}"`, span, `use Python ${python}`)
}

function nearestPython(written: string): string {
  const [, version] = /^(\d{1,3}\.\d{1,3})/.exec(written) ?? []
  return version === undefined ? DEFAULT_PYTHON : nearestOf(version, KNOWN)
}

/** The nearest of some Pythons, ascending: the oldest for one that is older than all, else the newest that is not newer. */
function nearestOf(python: string, others: readonly string[]): string {
  return others.findLast((other) => compareVersions(other, python) <= 0) ?? others[0] ?? DEFAULT_PYTHON
}

function chooseDefault(options: readonly Option[], isFree: boolean, sink: Sink, required: Located<string> | undefined): ChosenPython {
  const runs = (python: string) => options.every(({ candidates }) => candidates.some(({ release }) => release.python.includes(python)))
  const fits = (python: string) => runs(python) && allowsPython(required?.value, python)
  const found = fits(DEFAULT_PYTHON) ? DEFAULT_PYTHON : KNOWN.findLast(fits)
  if (found === undefined && isFree && KNOWN.some(runs)) checkRequiredPython(required, undefined, DEFAULT_PYTHON, sink)
  else if (found === undefined && isFree) reportNoCommon(options, sink)
  const minor = found ?? DEFAULT_PYTHON
  // What excludes the default: a project, or the wheels of a framework.
  const limit = runs(DEFAULT_PYTHON) ? required : undefined
  const because = minor === DEFAULT_PYTHON ? 'the default' : reasonOfNewest(options, limit)
  const spans = minor === DEFAULT_PYTHON ? [] : [...options.map(({ request }) => placeOfVersion(request)), ...(limit === undefined ? [] : [limit.span])]
  return { minor, written: minor, decision: { subject: 'python', value: minor, because, spans } }
}

function reasonOfNewest(options: readonly Option[], limit: Located<string> | undefined): string {
  const ofProject = limit === undefined ? '' : ` in the project's \`${limit.value}\``
  const withWheels = options.length === 0 ? '' : ` that ${namesOf(options)} has wheels for`
  return `the newest${ofProject}${withWheels}`
}

function namesOf(options: readonly Option[]): string {
  return options.map(nameNewest).join(' and ')
}

function nameNewest({ request: { facts }, candidates }: Option): string {
  const newest = candidates.at(-1)
  return newest === undefined ? facts.title : nameVersion(facts, newest, () => true)
}

function reportNoCommon(options: readonly Option[], sink: Sink): void {
  const [first, ...others] = options
  const second = others.at(-1)
  if (first === undefined || second === undefined) return
  const pythonsOf = ({ candidates }: Option) => describePythons(candidates.at(-1)?.release.python ?? [])
  const related = [{ span: placeOfVersion(first.request), message: pythonsOf(first) }]
  const place = { at: placeOfVersion(second.request), label: pythonsOf(second), related }
  sink.report(knowledge.noCommonPython({ first: nameNewest(first), second: nameNewest(second) }, place))
}

function reportNoWheels({ request, candidates }: Option, python: string, asked: Located<string>, sink: Sink): void {
  const newest = candidates.at(-1)
  if (newest === undefined) return
  const { facts } = request
  const pythons = newest.release.python
  const supported = nearestOf(python, pythons)
  const framework = nameVersion(facts, newest, (release) => release.python.includes(python))
  sink.report(
    knowledge.noWheels(
      { framework, python, supported, alternative: alternativeFor(request, newest, python) },
      {
        at: asked.span,
        related: [{ span: placeOfVersion(request), message: describePythons(pythons) }],
        ...usePython(supported, asked),
      },
    ),
  )
}

function describePythons(pythons: readonly string[]): string {
  const [first, ...others] = pythons
  return others.length === 0 ? `this version supports Python ${first}` : `this version supports Python ${first} to ${others.at(-1)}`
}

/** Another range of the framework that has wheels for this Python, as it would be written: `framework: tensorflow>=2.16`. */
function alternativeFor({ facts, name, wishes }: FrameworkRequest, { release: current }: Candidate, python: string): string | undefined {
  const isAble = (release: Release) => release.python.includes(python)
  const isLater = (release: Release) => compareVersions(release.version, current.version) > 0
  const later = facts.releases.find((release) => isLater(release) && isAble(release))
  const last = facts.releases.findLastIndex(isAble)
  const bound = later ?? (last === -1 ? undefined : facts.releases[last + 1])
  if (bound === undefined) return undefined
  const range = `${later === undefined ? '<' : '>='}${shorten(bound, facts.releases)}`
  const requirement = wishes[0]?.place === 'framework' ? undefined : wishes[0]
  return requirement === undefined ? `framework: ${name}${range}` : `${facts.distributions[0]}${range} in ${requirement.place}`
}

/** `2.16` for the first release of 2.16, as a bound means the same. */
function shorten({ version }: Release, releases: readonly Release[]): string {
  const minor = minorOf(version)
  return releases.find((release) => minorOf(release.version) === minor)?.version === version ? minor : version
}
