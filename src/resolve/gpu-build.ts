/** What the builds for GPUs that were chosen ask of the machine that runs them. */
import { kernelsOf } from './accelerator.ts'
import { driverNeededFor } from './driver.ts'
import type { GpuBuild } from './environment.ts'
import type { Need } from './fit.ts'
import type { ChosenFramework } from './install.ts'
import { compareVersions } from './specifier.ts'

/** Of several builds, the newest CUDA needs the newest driver. */
export function gpuBuildOf(builds: readonly ChosenFramework[], { target, platforms }: Need): GpuBuild {
  const versions = builds.flatMap(({ build }) => (build.kind === 'cuda' || build.kind === 'rocm' ? [build] : []))
  const newest = versions.sort((a, b) => compareVersions(a.version, b.version)).at(-1)
  const kernels = builds.flatMap(({ request, candidate: { version, release }, build }) => {
    const row = target !== undefined && 'version' in build ? kernelsOf(build.version, { request, release, target }) : undefined
    return row === undefined ? [] : [{ framework: `${request.facts.title} ${version}`, capabilities: platforms.hasX64 ? row.x64 : row.arm64 }]
  })
  return { version: newest?.version, oldestDriver: newest?.kind === 'cuda' ? driverNeededFor(newest.version, (target?.devices ?? []).map(({ capability }) => capability)) : undefined, kernels }
}
