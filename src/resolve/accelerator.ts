/** Which build of a framework is installed: for the CPU, or for a version of CUDA. */
import type { Config, GpuChoice } from '../config/config.ts'
import * as knowledge from '../diagnostics/catalogue/knowledge.ts'
import type { Sink } from '../diagnostics/sink.ts'
import { findOldestDriver } from '../facts/cuda.ts'
import { FRAMEWORKS, type Release } from '../facts/frameworks.ts'
import { nameVersion, type Candidate } from './candidates.ts'
import { placeOfVersion, titlesOf, type FrameworkRequest, type Requests, type Wish } from './framework.ts'
import { compareVersions, exactVersionOf, localOf, withoutLocal } from './specifier.ts'

/** `from-image`: wheels that need the CUDA libraries of the user's base image. */
export type Build = { readonly kind: 'cpu' } | { readonly kind: 'cuda'; readonly version: string } | { readonly kind: 'from-image' }

/** What `{build}` stands for in the address of a wheel index: `cpu` or `cu126`. */
export function tagOf(build: Build): string {
  return build.kind === 'cuda' ? `cu${build.version.replace('.', '')}` : 'cpu'
}

/** The newest build of a release that fits what the config says of its GPU; undefined where there is none. */
export function findBuild(request: FrameworkRequest, release: Release, config: Config): Build | undefined {
  const { gpu } = config
  if (gpu === undefined || release.install.cuda === undefined) return { kind: 'cpu' }
  const [, major, minor] = CUDA_LABEL.exec(pinnedBuild(request)?.label ?? '') ?? []
  if (major !== undefined) return { kind: 'cuda', version: `${major}.${minor}` }
  const version = release.cuda.findLast((cuda) => isAskedFor(cuda, gpu) && runsOn(cuda, gpu))
  if (version !== undefined) return { kind: 'cuda', version }
  return release.cuda.length === 0 && config.build.from !== undefined ? { kind: 'from-image' } : undefined
}

const CUDA_LABEL = /^cu(\d+)(\d)$/

/** The build that the config's own pin names, such as `cu126` of `==2.13.0+cu126`. */
function pinnedBuild({ wishes }: FrameworkRequest): { readonly label: string; readonly pin: string; readonly wish: Wish } | undefined {
  const wish = wishes.find(({ place }) => place === 'framework')
  const pin = wish && exactVersionOf(wish.specifier)
  const label = pin === undefined ? undefined : localOf(pin)
  return wish === undefined || pin === undefined || label === undefined ? undefined : { label, pin, wish }
}

/** Reports a pinned build that the GPU of the config, or its absence, makes useless. */
export function checkPinnedBuild(request: FrameworkRequest, { gpu }: Config, sink: Sink): void {
  const pinned = pinnedBuild(request)
  const hasGpu = gpu !== undefined
  if (pinned === undefined || request.facts.index === undefined || (hasGpu ? CUDA_LABEL.test(pinned.label) : pinned.label === 'cpu')) return
  const alternative = `${request.name}==${withoutLocal(pinned.pin)}`
  const related = hasGpu ? [{ span: gpu.span, message: 'a GPU is asked for here' }] : []
  sink.report(knowledge.otherBuild({ pin: pinned.pin, hasGpu, alternative }, { at: pinned.wish.span, related }))
}

/** `12` stands for every 12.x, and `12.4.1` for 12.4. */
function isAskedFor(cuda: string, { cuda: asked }: GpuChoice): boolean {
  return asked === undefined || `${cuda}.`.startsWith(`${asked.value}.`) || asked.value.startsWith(`${cuda}.`)
}

function runsOn(cuda: string, { driver }: GpuChoice): boolean {
  const oldest = findOldestDriver(cuda)
  return driver === undefined || oldest === undefined || !/^[\d.]*\d$/.test(driver.value) || compareVersions(oldest, driver.value) <= 0
}

/** Leaves the candidates that have a fitting build. Where none has one, that is reported, and all are left. */
export function withBuilds(request: FrameworkRequest, candidates: readonly Candidate[], config: Config, sink: Sink): readonly Candidate[] {
  const fitting = candidates.filter(({ release }) => findBuild(request, release, config) !== undefined)
  if (fitting.length > 0 || candidates.length === 0 || config.gpu === undefined) return fitting
  reportNoBuild(request, candidates, config.gpu, config, sink)
  return candidates
}

function reportNoBuild(request: FrameworkRequest, candidates: readonly Candidate[], gpu: GpuChoice, config: Config, sink: Sink): void {
  const newest = candidates.at(-1)
  if (newest === undefined) return
  const { facts, name } = request
  const hasBuild = (release: Release) => findBuild(request, release, config) !== undefined
  const able = facts.releases.findLast(hasBuild)
  const builds = newest.release.cuda.length === 0 ? 'this version runs on the CPU alone' : `built for CUDA ${newest.release.cuda.join(', ')}`
  const help = able === undefined ? `it is ${builds}` : `use framework: ${name}==${able.version}`
  const related = [{ span: placeOfVersion(request), message: builds }]
  const words = { framework: nameVersion(facts, newest, hasBuild), wanted: describeWanted(gpu), help }
  sink.report(knowledge.noCudaBuild(words, { at: (gpu.cuda ?? gpu.driver ?? gpu).span, related }))
}

function describeWanted({ cuda, driver }: GpuChoice): string {
  if (cuda !== undefined) return `build for CUDA ${cuda.value}`
  return driver === undefined ? 'build that brings CUDA' : `build for the driver ${driver.value}`
}

/** A GPU that no framework of the config can use is a mistake; of plain Python nothing is known. */
export function checkGpu({ requests, isOpen, isKnown }: Requests, config: Config, sink: Sink): void {
  const [first] = requests
  const isUsable = isOpen || !isKnown || first === undefined || requests.some(({ facts }) => facts.builds.includes('cuda'))
  if (config.gpu === undefined || isUsable) return
  const able = FRAMEWORKS.filter(({ builds }) => builds.includes('cuda')).map(({ name }) => name)
  sink.report(knowledge.noGpuBuild({ frameworks: titlesOf(requests), able }, { at: config.gpu.span, related: [{ span: first.span, message: 'no wheels of it use a GPU' }] }))
}
