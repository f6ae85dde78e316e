/** The words of a misfit: which demand of the config no version of a framework meets, and where it stands. */
import type { Config } from '../config/config.ts'
import type { Located } from '../config/located.ts'
import * as gpus from '../diagnostics/catalogue/gpus.ts'
import * as knowledge from '../diagnostics/catalogue/knowledge.ts'
import type { Diagnostic, Label, Place, Span } from '../diagnostics/diagnostic.ts'
import { findOldestDriver } from '../facts/cuda.ts'
import type { Release } from '../facts/frameworks.ts'
import { DEMANDS, fittingVersions, namesWithBuilds, versionsOf, type Demand } from './accelerator.ts'
import { nameVersion, type Candidate } from './candidates.ts'
import type { Need, Option } from './fit.ts'
import { placeOfVersion, titlesOf, type FrameworkRequest } from './framework.ts'
import type { GpuTarget, TargetDevice } from './gpu-target.ts'
import { pythonsOf } from './platforms.ts'
import type { Repair } from './repair.ts'
import { compareVersions, minorOf } from './specifier.ts'

/** `need` is what the versions were held to; without the GPU where no framework can use it. */
export interface Found extends Option {
  readonly need: Need
  readonly isGpuless: boolean
  /** Whether all else fits. */
  readonly isRest: boolean
}

/** What a description is made of. */
export interface Given {
  readonly found: Found
  readonly newest: Candidate
  readonly repair: Repair | undefined
  readonly also: readonly Label[]
  readonly config: Config
}

function place(at: Span, { found: { request }, repair, also }: Given, message: string): Place {
  const own = { span: placeOfVersion(request), message }
  return { at, related: [own, ...also], ...(repair?.fix === undefined ? {} : { fix: repair.fix }) }
}

function helpOf({ repair }: Given): string | undefined {
  return repair && repair.parts.length > 0 ? `use ${repair.parts.join(' and ')}` : undefined
}

/** A GPU that no framework of the config can use is a mistake. */
export function describeGpuless({ kind, choice }: GpuTarget, requests: readonly FrameworkRequest[], given: Given): Diagnostic {
  const words = { frameworks: titlesOf(requests), vendor: kind === 'cuda' ? undefined : 'AMD', able: namesWithBuilds(kind), also: given.repair?.parts.filter((part) => part !== 'gpu: false') ?? [] }
  return knowledge.noGpuBuild(words, place(choice.span, given, 'no wheels of it use such a GPU'))
}

/** Each demand is looked at by itself first; where each could be met alone, it is two of them that do not go together. */
export function describeGpu(target: GpuTarget, given: Given): Diagnostic {
  const { request, candidates, need } = given.found
  const buildsOf = (release: Release, demands: readonly Demand[]) => fittingVersions({ request, release, target, platforms: need.platforms }, demands)
  const meets = (demands: readonly Demand[]) => candidates.some(({ release }) => buildsOf(release, demands).length > 0)
  const hasAny = meets([])
  const unmet = hasAny ? DEMANDS.find((demand) => !meets([demand])) : 'version'
  const framework = nameVersion(request.facts, given.newest, (release) => buildsOf(release, DEMANDS).length > 0)
  return DESCRIBE[unmet ?? 'all']({ target, given, framework, builds: versionsOf(given.newest.release, target.kind), title: target.kind === 'cuda' ? 'CUDA' : 'ROCm' })
}

interface GpuWords {
  readonly target: GpuTarget
  readonly given: Given
  /** With its version. */
  readonly framework: string
  /** The versions that it is built for. */
  readonly builds: readonly string[]
  /** `CUDA` or `ROCm`. */
  readonly title: string
}

const DESCRIBE: Readonly<Record<Demand | 'all', (words: GpuWords) => Diagnostic>> = {
  version: (words) => describeNoBuild(words, `build ${words.target.choice.cuda === undefined || words.builds.length === 0 ? `that brings ${words.title}` : `for CUDA ${words.target.choice.cuda.value}`}`),
  processor: (words) => describeNoBuild(words, `${words.title} build for 64-bit ARM`),
  kernels: (words) => {
    const device = words.target.devices.find((each) => !isServed(each, words))
    // Each could be served alone, so it is the oldest and the newest that do not go together.
    if (device === undefined) return describeTogether(words, demandsOf({ ...words.target, choice: { ...words.target.choice, cuda: undefined, driver: undefined } }))
    return gpus.noKernels({ framework: words.framework, gpu: device.title, help: helpOf(words.given) }, place(device.place.span, words.given, builtFor(words)))
  },
  driver: (words) => {
    const { driver } = words.target.choice
    const [lowest] = words.builds
    const args = { framework: words.framework, driver: driver?.value ?? '', oldest: lowest && findOldestDriver(lowest), help: helpOf(words.given) }
    return gpus.driverTooOld(args, place((driver ?? words.target.choice).span, words.given, builtFor(words)))
  },
  all: (words) => describeTogether(words, demandsOf(words.target)),
}

/** Whether some version has a build with code for a GPU. */
function isServed(device: TargetDevice, { target, given: { found } }: GpuWords): boolean {
  const { request, candidates, need } = found
  return candidates.some(({ release }) => fittingVersions({ request, release, target: { ...target, devices: [device] }, platforms: need.platforms }, ['kernels']).length > 0)
}

function describeTogether(words: GpuWords, [first, ...others]: readonly GpuDemand[]): Diagnostic {
  const second = others.at(-1)
  if (first === undefined || second === undefined) return describeNoBuild(words, `build that brings ${words.title}`)
  const { related = [], ...rest } = place(first.span, words.given, builtFor(words))
  const args = { framework: words.framework, first: first.words, second: second.words, help: helpOf(words.given) }
  return gpus.noBuildTogether(args, { ...rest, related: [{ span: second.span, message: second.words }, ...related] })
}

interface GpuDemand {
  readonly span: Span
  readonly words: string
}

function describeNoBuild(words: GpuWords, wanted: string): Diagnostic {
  const { choice } = words.target
  const help = helpOf(words.given) ?? (words.builds.length === 0 ? undefined : `it is ${builtFor(words)}`)
  return knowledge.noCudaBuild({ framework: words.framework, wanted, help }, place((choice.cuda ?? choice).span, words.given, builtFor(words)))
}

function builtFor({ builds, title }: GpuWords): string {
  return builds.length === 0 ? 'this version runs on the CPU alone' : `built for ${title} ${builds.join(', ')}`
}

/** What the config says of the GPU, as it is read in "no build is both … and …". */
function demandsOf({ choice, devices }: GpuTarget): readonly GpuDemand[] {
  return [
    ...(choice.cuda === undefined ? [] : [{ span: choice.cuda.span, words: `for CUDA ${choice.cuda.value}` }]),
    ...(choice.driver === undefined ? [] : [{ span: choice.driver.span, words: `for the driver ${choice.driver.value}` }]),
    ...devices.map(({ title, place: { span } }) => ({ span, words: `for the ${title}` })),
  ]
}

export function describePython(asked: Located<string>, given: Given): Diagnostic {
  const { request, need } = given.found
  const { facts } = request
  const pythons = pythonsOf(given.newest.release, need.platforms)
  const python = need.python ?? asked.value
  const framework = nameVersion(facts, given.newest, (release) => pythonsOf(release, need.platforms).includes(python))
  const parts = given.repair?.parts ?? []
  const alternative = parts.length === 1 && parts[0]?.startsWith('python:') ? alternativeFor(request, given.newest, need) : undefined
  return knowledge.noWheels({ framework, python, parts, alternative }, place(asked.span, given, describePythons(pythons)))
}

export function describeProcessor(at: Span, given: Given): Diagnostic {
  const { facts } = given.found.request
  const framework = nameVersion(facts, given.newest, (release) => release.arm64.length > 0)
  return gpus.noArmWheels({ framework, help: helpOf(given) }, place(at, given, 'this version is published for x86-64 alone'))
}

/** The range of Pythons that a version has wheels for, in words. */
export function describePythons(pythons: readonly string[]): string {
  const [first, ...others] = pythons
  if (first === undefined) return 'this version supports no Python there'
  return others.length === 0 ? `this version supports Python ${first}` : `this version supports Python ${first} to ${others.at(-1)}`
}

/** Another range of the framework that has wheels for this Python, as it would be written: `framework: tensorflow>=2.16`. */
function alternativeFor({ facts, name, wishes }: FrameworkRequest, { release: current }: Candidate, need: Need): string | undefined {
  const isAble = (release: Release) => need.python !== undefined && pythonsOf(release, need.platforms).includes(need.python)
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
