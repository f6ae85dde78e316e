/** Which Python the images have: the one asked for, else the default where every framework has wheels for it. */
import type { Located } from '../config/located.ts'
import * as knowledge from '../diagnostics/catalogue/knowledge.ts'
import { changeTo } from '../diagnostics/diagnostic.ts'
import type { Sink } from '../diagnostics/sink.ts'
import { findPythonIn, parseImage } from '../facts/base-images.ts'
import { DEFAULT_PYTHON, PYTHON_SOURCE, PYTHONS } from '../facts/images.ts'
import { nameVersion } from './candidates.ts'
import type { Decision, Fact } from './decision.ts'
import { placeOfVersion } from './framework.ts'
import type { Option } from './fit.ts'
import { describePythons } from './describe-misfit.ts'
import { pythonsOf, type Platforms } from './platforms.ts'
import { allowsPython, checkRequiredPython } from './requires-python.ts'
import { checkServerPython, runsOn, type ResolvedServer } from './server.ts'
import { compareVersions } from './specifier.ts'

export interface ChosenPython {
  /** `X.Y`. */
  readonly minor: string
  /** As the user wrote it, which may name a patch. */
  readonly written: string
  readonly decision: Decision
}

const KNOWN = PYTHONS.map(({ version }) => version)

/** The Python that the config asks for. */
export interface AskedPython {
  readonly place: Located<string>
  /** `X.Y`; undefined where there is no such Python, which was reported. */
  readonly minor: string | undefined
}

/** Reads `python`, before anything depends on it. */
export function readAskedPython(place: Located<string> | undefined, sink: Sink): AskedPython | undefined {
  return place && { place, minor: readPython(place, sink) }
}

export interface PythonContext {
  readonly platforms: Platforms
  /** `requires-python` of the project. */
  readonly required: Located<string> | undefined
  /** The base image of the user's. */
  readonly from: Located<string> | undefined
  /** A server that runs in the same Python. */
  readonly server: ResolvedServer | undefined
  readonly sink: Sink
}

/** The Python asked for, which the project may exclude; else the default where the project and every framework have it, else the newest that all have. */
export function choosePython(asked: AskedPython | undefined, options: readonly Option[], context: PythonContext): ChosenPython {
  if (asked?.minor === undefined) return chooseDefault({ options, isFree: asked === undefined }, context)
  const { place, minor } = asked
  checkRequiredPython(context.required, place, place.value, context.sink)
  checkServerPython(context.server, { python: minor, place: place.span }, context.sink)
  const endOfLife = PYTHONS.find(({ version }) => version === minor)?.endOfLife
  const because = endOfLife === undefined ? 'given by `python`' : `given by \`python\`; it gets no fixes since ${endOfLife}`
  return { minor, written: place.value, decision: { subject: 'python', value: place.value, because, spans: [place.span], fact: factOfLife(minor, endOfLife) } }
}

function factOfLife(minor: string, endOfLife: string | undefined): Fact | undefined {
  return endOfLife === undefined ? undefined : { text: `Python ${minor} has reached its end of life in ${endOfLife}`, source: PYTHON_SOURCE }
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

/** The Pythons that the images can have: the one asked for, or those that the project and every framework have; undefined where there is none, which is said elsewhere. */
export function possiblePythons(asked: AskedPython | undefined, options: readonly Option[], { platforms, required }: Pick<PythonContext, 'platforms' | 'required'>): readonly string[] | undefined {
  if (asked !== undefined) return asked.minor === undefined ? undefined : [asked.minor]
  const found = KNOWN.filter((python) => runsAll(options, python, platforms) && allowsPython(required?.value, python))
  return found.length === 0 ? undefined : found
}

function runsAll(options: readonly Option[], python: string, platforms: Platforms): boolean {
  return options.every(({ candidates }) => candidates.some(({ release }) => pythonsOf(release, platforms).includes(python)))
}

interface Choice {
  readonly options: readonly Option[]
  readonly isFree: boolean
}

function chooseDefault({ options, isFree }: Choice, { platforms, required, from, server, sink }: PythonContext): ChosenPython {
  const inImage = from && findPythonIn(parseImage(from.value))
  const usual = inImage ?? DEFAULT_PYTHON
  const runs = (python: string) => runsAll(options, python, platforms)
  const fits = (python: string) => runs(python) && allowsPython(required?.value, python)
  const isServed = (python: string) => fits(python) && runsOn(server, python)
  const found = isServed(usual) ? usual : (KNOWN.findLast(isServed) ?? KNOWN.findLast(fits))
  if (found === undefined && isFree && KNOWN.some(runs)) checkRequiredPython(required, undefined, DEFAULT_PYTHON, sink)
  else if (found === undefined && isFree) reportNoCommon(options, platforms, sink)
  const minor = found ?? DEFAULT_PYTHON
  if (isFree) checkServerPython(server, { python: minor, place: undefined }, sink)
  // What excludes the default: a project, or the wheels of a framework.
  const limit = runs(usual) ? required : undefined
  const because = minor !== usual ? reasonOfNewest(options, limit) : inImage === undefined ? 'the default' : 'the one of the base image'
  const spans = minor === usual ? (inImage === undefined || from === undefined ? [] : [from.span]) : [...options.map(({ request }) => placeOfVersion(request)), ...(limit === undefined ? [] : [limit.span])]
  const fact = minor === usual || limit !== undefined ? undefined : factOfWheels(options, platforms)
  return { minor, written: minor, decision: { subject: 'python', value: minor, because, spans, fact } }
}

/** Of the framework that leaves out the default. */
function factOfWheels(options: readonly Option[], platforms: Platforms): Fact | undefined {
  const pythons = ({ candidates }: Option) => candidates.slice(-1).flatMap(({ release }) => pythonsOf(release, platforms))
  const strictest = options.find((option) => !pythons(option).includes(DEFAULT_PYTHON)) ?? options[0]
  return strictest && { text: `${nameNewest(strictest)} has wheels for Python ${listRange(pythons(strictest))}`, source: strictest.request.facts.source }
}

function listRange(pythons: readonly string[]): string {
  return pythons.length < 2 ? pythons.join('') : `${pythons[0]} to ${pythons.at(-1)}`
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

function reportNoCommon(options: readonly Option[], platforms: Platforms, sink: Sink): void {
  const [first, ...others] = options
  const second = others.at(-1)
  if (first === undefined || second === undefined) return
  const pythonsOfNewest = ({ candidates }: Option) => describePythons(candidates.slice(-1).flatMap(({ release }) => pythonsOf(release, platforms)))
  const related = [{ span: placeOfVersion(first.request), message: pythonsOfNewest(first) }]
  const place = { at: placeOfVersion(second.request), label: pythonsOfNewest(second), related }
  sink.report(knowledge.noCommonPython({ first: nameNewest(first), second: nameNewest(second) }, place))
}
