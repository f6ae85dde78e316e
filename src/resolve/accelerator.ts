/** Which build of a framework is installed: for the CPU, for a version of CUDA, or of ROCm. */
import * as knowledge from '../diagnostics/catalogue/knowledge.ts'
import type { Sink } from '../diagnostics/sink.ts'
import { findOldestDriver, supportsCapability } from '../facts/cuda.ts'
import { FRAMEWORKS, type BuildKind, type FrameworkFacts, type Kernels, type Release } from '../facts/frameworks.ts'
import { hasCodeFor } from '../facts/kernels.ts'
import { isDriverNewEnough } from './driver.ts'
import type { FrameworkRequest, Wish } from './framework.ts'
import type { GpuTarget } from './gpu-target.ts'
import type { Platforms } from './platforms.ts'
import { exactVersionOf, isInRange, localOf, withoutLocal } from './specifier.ts'

/** `from-image`: wheels that need the CUDA libraries of the user's base image. */
export type Build = { readonly kind: 'cpu' } | { readonly kind: 'cuda' | 'rocm'; readonly version: string } | { readonly kind: 'from-image' }

export const CPU_BUILD: Build = { kind: 'cpu' }

/** What `{build}` stands for in the address of a wheel index: `cpu`, `cu126` or `rocm6.4`. */
export function tagOf(build: Build): string {
  if (build.kind === 'cuda') return `cu${build.version.replace('.', '')}`
  return build.kind === 'rocm' ? `rocm${build.version}` : 'cpu'
}

/** The kind whose recipe installs a build. */
export function recipeKindOf({ kind }: Build): BuildKind {
  return kind === 'from-image' ? 'cuda' : kind
}

/** `12` of CUDA 12.6: libraries of one generation go together. */
export function generationOf(version: string): string {
  return version.split('.')[0] ?? version
}

/** The demands on the build for a GPU that can be told apart, for messages. */
export type Demand = 'version' | 'driver' | 'kernels' | 'processor'

export const DEMANDS: readonly Demand[] = ['version', 'driver', 'kernels', 'processor']

export interface BuildQuery {
  readonly request: FrameworkRequest
  readonly release: Release
  readonly target: GpuTarget
  readonly platforms: Platforms
}

/** The versions of CUDA or ROCm that a release has builds for and that meet the demands, ascending. */
export function fittingVersions(query: BuildQuery, demands: readonly Demand[] = DEMANDS): readonly string[] {
  const { request, release, target } = query
  const pinned = pinnedVersion(request, target.kind)
  const versions = pinned === undefined ? versionsOf(release, target.kind) : [pinned]
  return versions.filter((version) => demands.every((demand) => MEETS[demand](version, query)))
}

export function versionsOf(release: Release, kind: GpuTarget['kind']): readonly string[] {
  return kind === 'cuda' ? release.cuda : release.rocm
}

const MEETS: Readonly<Record<Demand, (version: string, query: BuildQuery) => boolean>> = {
  version: (version, { target }) => target.kind === 'rocm' || isAskedFor(version, target.choice.cuda?.value),
  driver: (version, { target }) => runsOn(version, target),
  kernels: (version, query) => query.target.devices.every(({ capability }) => hasKernels(version, capability, query)),
  processor: (version, query) => !query.platforms.hasArm64 || runsOnArm(version, query),
}

/** `12` stands for every 12.x, and `12.4.1` for 12.4. */
function isAskedFor(version: string, asked: string | undefined): boolean {
  return asked === undefined || `${version}.`.startsWith(`${asked}.`) || `${asked}.`.startsWith(`${version}.`)
}

function runsOn(version: string, { kind, choice: { driver } }: GpuTarget): boolean {
  const oldest = kind === 'cuda' ? findOldestDriver(version) : undefined
  return driver === undefined || oldest === undefined || isDriverNewEnough(driver.value, oldest)
}

/** What no table says of a framework's build, CUDA itself may know: that it cannot make code for the GPU. */
function hasKernels(version: string, capability: string, query: BuildQuery): boolean {
  const row = kernelsOf(version, query)
  const { hasX64, hasArm64 } = query.platforms
  if (row === undefined) return query.target.kind === 'rocm' || supportsCapability(version, capability) !== false
  return (!hasX64 || hasCodeFor(capability, row.x64)) && (!hasArm64 || hasCodeFor(capability, row.arm64))
}

/** Which GPUs the build of a release for this CUDA or ROCm has machine code for; undefined where no table says so. */
export function kernelsOf(version: string, { request, release, target: { kind } }: Pick<BuildQuery, 'request' | 'release' | 'target'>): Kernels | undefined {
  // Ranges are the slow part, so they are looked at last.
  const isOfKind = (row: Kernels) => (kind === 'cuda' ? row.rocm === undefined : row.rocm !== undefined)
  const rows = request.facts.kernels.filter((row) => (row[kind] === version || row[kind] === undefined) && isOfKind(row)).filter((row) => isInRange(release.version, row.versions))
  return rows.find((row) => row[kind] === version) ?? rows[0]
}

/** Wheels of an index of the framework's own are listed by their kernels; those of the usual index by the release. */
function runsOnArm(version: string, query: BuildQuery): boolean {
  const row = kernelsOf(version, query)
  return row === undefined ? query.request.facts.index === undefined && query.release.arm64.length > 0 : row.arm64.length > 0
}

/** Whether a framework has any build for this kind of GPU; one with a backend leaves the GPU to that. */
export function hasBuilds(facts: FrameworkFacts, kind: GpuTarget['kind']): boolean {
  return facts.builds.includes(kind) && facts.backends.length === 0
}

/** The names of the frameworks that can use this kind of GPU. */
export function namesWithBuilds(kind: GpuTarget['kind']): readonly string[] {
  return FRAMEWORKS.filter((facts) => hasBuilds(facts, kind)).map(({ name }) => name)
}

const LABEL = /^(?:cu(\d+)(\d)|rocm([\d.]+))$/

/** The build that a pin names, such as `cu126` of `==2.13.0+cu126`, or an extra such as `cuda12`. */
function pinnedVersion(request: FrameworkRequest, kind: GpuTarget['kind']): string | undefined {
  for (const { label } of pinnedBuilds(request)) {
    const [, major, minor, rocm] = LABEL.exec(label) ?? []
    if (kind === 'cuda' && major !== undefined) return `${major}.${minor}`
    if (kind === 'rocm' && rocm !== undefined) return rocm
  }
  const extra = kind === 'cuda' ? request.extras.flatMap((name) => /^cuda(\d+)(?:[-_].*)?$/.exec(name)?.[1] ?? [])[0] : undefined
  return extra
}

function pinnedBuilds({ wishes }: FrameworkRequest): readonly { readonly label: string; readonly pin: string; readonly wish: Wish }[] {
  return wishes.flatMap((wish) => {
    const pin = wish.companion === undefined ? exactVersionOf(wish.specifier) : undefined
    const label = pin === undefined ? undefined : localOf(pin)
    return pin === undefined || label === undefined ? [] : [{ label, pin, wish }]
  })
}

/** Reports a build that the config pins and that its GPU, or the absence of one, makes useless. Pins of requirements follow the GPU. */
export function checkPinnedBuild(request: FrameworkRequest, target: GpuTarget | undefined, sink: Sink): void {
  const pinned = pinnedBuilds(request).find(({ wish }) => wish.place === 'framework')
  if (pinned === undefined || request.facts.index === undefined) return
  const wanted = target === undefined ? 'cpu' : target.kind === 'cuda' ? 'cu' : 'rocm'
  if (pinned.label.startsWith(wanted) && (target === undefined || LABEL.test(pinned.label))) return
  const alternative = `${request.name}==${withoutLocal(pinned.pin)}`
  const related = target === undefined ? [] : [{ span: target.choice.span, message: 'a GPU is asked for here' }]
  const { source, start, end } = pinned.wish.span
  const edits = [{ span: pinned.wish.span, text: withoutLocal(source.text.slice(start, end)) }]
  sink.report(knowledge.otherBuild({ pin: pinned.pin, hasGpu: target !== undefined, alternative }, { at: pinned.wish.span, related, fix: { title: `write ${alternative}`, edits } }))
}
