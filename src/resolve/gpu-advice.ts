/** What a user should know of a GPU build that was chosen, and of a GPU that nothing uses. */
import * as gpus from '../diagnostics/catalogue/gpus.ts'
import * as knowledge from '../diagnostics/catalogue/knowledge.ts'
import { changeTo } from '../diagnostics/diagnostic.ts'
import type { Sink } from '../diagnostics/sink.ts'
import { fittingVersions, namesWithBuilds } from './accelerator.ts'
import { driverNeededFor } from './driver.ts'
import { placeOfVersion, titlesOf, type FrameworkRequest } from './framework.ts'
import type { GpuTarget } from './gpu-target.ts'
import type { ChosenFramework } from './install.ts'
import type { Platforms } from './platforms.ts'
import { compareVersions } from './specifier.ts'

export interface ChosenBuilds {
  readonly builds: readonly ChosenFramework[]
  readonly target: GpuTarget
  readonly platforms: Platforms
}

/** Images for ARM with a GPU are for few machines, and a Mac is none of them. */
export function reportArmGpu({ choice }: GpuTarget, { hasArm64, span }: Platforms, sink: Sink): void {
  if (!hasArm64 || span === undefined || choice.count.value === 'auto') return
  sink.report(gpus.armGpu({}, { at: choice.span, related: [{ span, message: 'images for ARM here' }] }))
}

/** Says which driver the chosen CUDA needs, where the config says neither what it has nor which CUDA it wants. */
export function reportDriverFloor({ builds, target, platforms }: ChosenBuilds, sink: Sink): void {
  const { choice } = target
  if (choice.driver !== undefined || choice.cuda !== undefined) return
  const newest = builds.flatMap((chosen) => (chosen.build.kind === 'cuda' ? [{ chosen, version: chosen.build.version }] : [])).sort((a, b) => compareVersions(a.version, b.version)).at(-1)
  const neededFor = (version: string) => driverNeededFor(version, target.devices.map(({ capability }) => capability))
  const driver = newest && neededFor(newest.version)
  if (newest === undefined || driver === undefined) return
  const { request, candidate } = newest.chosen
  const older = fittingVersions({ request, release: candidate.release, target, platforms }).flatMap((version) => neededFor(version) ?? []).find((other) => compareVersions(other, driver) < 0)
  const branch = (version: string) => version.split('.')[0] ?? version
  const words = { framework: `${request.facts.title} ${candidate.version}`, cuda: newest.version, driver: branch(driver), older: older && branch(older) }
  sink.report(gpus.driverFloor(words, { at: choice.span }))
}

/** A GPU that no framework of the config can use is a mistake, also where the base image brings the framework. */
export function reportUnusableGpu(requests: readonly FrameworkRequest[], target: GpuTarget | undefined, sink: Sink): void {
  const [first] = requests
  if (first === undefined || target === undefined) return
  const words = { frameworks: titlesOf(requests), vendor: target.kind === 'cuda' ? undefined : 'AMD', able: namesWithBuilds(target.kind), also: [] }
  sink.report(knowledge.noGpuBuild(words, { at: target.choice.span, related: [{ span: placeOfVersion(first), message: 'no wheels of it use such a GPU' }], ...changeTo('false', target.choice.span, 'use no GPU') }))
}
