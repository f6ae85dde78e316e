/** Whether a version of a framework goes with the Python, the GPU and the processors that the config asks for. */
import type { FrameworkFacts } from '../facts/frameworks.ts'
import { CPU_BUILD, fittingVersions, generationOf, hasBuilds, versionsOf, type Build } from './accelerator.ts'
import type { Candidate } from './candidates.ts'
import type { FrameworkRequest } from './framework.ts'
import type { GpuTarget } from './gpu-target.ts'
import { pythonsOf, type Platforms } from './platforms.ts'

/** A framework that is to be installed, with the versions that it may have, ascending; at least one. */
export interface Option {
  readonly request: FrameworkRequest
  readonly candidates: readonly Candidate[]
  /** True where none of them fits, which was reported: what follows from that is not. */
  readonly isMisfit?: true
}

/** What the config asks for around a framework; undefined is free, or none. */
export interface Need {
  /** `X.Y`. */
  readonly python: string | undefined
  readonly target: GpuTarget | undefined
  readonly platforms: Platforms
  /** Whether the base image is the user's and may hold CUDA. */
  readonly hasOwnBase: boolean
}

/** What may not fit: each can be mended by itself. */
export type Misfit = 'gpu' | 'python' | 'processor'

export function fits(candidate: Candidate, request: FrameworkRequest, need: Need): boolean {
  return misfitsOf(candidate, request, need).length === 0
}

export function misfitsOf(candidate: Candidate, request: FrameworkRequest, need: Need): readonly Misfit[] {
  const misfits: Misfit[] = []
  if (need.target !== undefined && findBuild({ candidate, request, need }) === undefined) misfits.push('gpu')
  if (need.python !== undefined && !runsOnPython(candidate, need.python, need.platforms)) misfits.push('python')
  if (pythonsOf(candidate.release, need.platforms).length === 0) misfits.push('processor')
  return misfits
}

/** Of a version that is not in the table nobody knows that it would not run. */
export function runsOnPython({ release, isCertain }: Candidate, python: string, platforms: Platforms): boolean {
  const pythons = pythonsOf(release, platforms)
  return !isCertain || pythons.length === 0 || pythons.includes(python)
}

/** `generation` prefers the builds of one generation of CUDA, where there are any. */
export interface BuildChoice {
  readonly candidate: Candidate
  readonly request: FrameworkRequest
  readonly need: Need
  readonly generation?: string | undefined
}

/** The newest build that fits; the one for the CPU where no GPU is asked for or another framework uses it; undefined where none fits. */
export function findBuild({ candidate, request, need, generation }: BuildChoice): Build | undefined {
  const { target } = need
  if (target === undefined || !hasBuilds(request.facts, target.kind)) return CPU_BUILD
  const versions = fittingVersions({ request, release: candidate.release, target, platforms: need.platforms })
  const settled = versions.filter((each) => target.choice.cuda !== undefined || !candidate.release.experimental.includes(each))
  const ranked = settled.length > 0 ? settled : versions
  const version = ranked.findLast((each) => generationOf(each) === generation) ?? ranked.at(-1)
  if (version !== undefined) return { kind: target.kind, version }
  const isFromImage = versionsOf(candidate.release, target.kind).length === 0 && need.hasOwnBase
  return isFromImage ? { kind: 'from-image' } : undefined
}

/** The generations of CUDA or ROCm that a candidate has fitting builds of; undefined where it has none to choose. */
export function generationsOf({ candidate, request, need }: BuildChoice): readonly string[] | undefined {
  const { target } = need
  if (target === undefined || !hasBuilds(request.facts, target.kind)) return undefined
  const versions = fittingVersions({ request, release: candidate.release, target, platforms: need.platforms })
  return versions.length === 0 ? undefined : [...new Set(versions.map(generationOf))]
}

/** The releases of a framework as candidates. */
export function releasesAsCandidates({ releases }: FrameworkFacts): readonly Candidate[] {
  return releases.map((release) => ({ version: release.version, release, isCertain: true }))
}
