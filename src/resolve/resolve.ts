/** The order of decisions: from what the config asks for to what is inside of the images. */
import type { Config } from '../config/config.ts'
import { Sink } from '../diagnostics/sink.ts'
import { findSharedMemory } from '../facts/models.ts'
import type { Project } from '../project/project.ts'
import { advise } from './advice/advise.ts'
import { checkPinnedBuild, CPU_BUILD, hasBuilds, kernelsOf, recipeKindOf } from './accelerator.ts'
import { chooseBaseImage, type BaseImage } from './base-image.ts'
import { findCandidates } from './candidates.ts'
import { chooseGeneration, chooseVersions, type Chosen } from './choose.ts'
import type { Environment, Environments, GpuBuild } from './environment.ts'
import { findBuild, type Need, type Option } from './fit.ts'
import { findRequests, placeOfVersion, type FrameworkRequest, type Requests } from './framework.ts'
import { decideFurther } from './further-decisions.ts'
import { reportDriverFloor, reportUnusableGpu } from './gpu-advice.ts'
import { readGpuTarget, type GpuTarget } from './gpu-target.ts'
import { driverNeededFor } from './driver.ts'
import { decisionsOf, installOf, type ChosenFramework } from './install.ts'
import type { Installed } from './installed.ts'
import { checkMetrics } from './metrics.ts'
import { withoutMisfits } from './misfit.ts'
import { checkModel, modelOf } from './model.ts'
import { choosePackages, chooseSystemPackages, listSystemNeeds } from './packages.ts'
import { readPlatforms } from './platforms.ts'
import { choosePython, readAskedPython, type ChosenPython } from './python.ts'
import { chooseFiles } from './requirements-files.ts'
import { hasCpuRoles, hasGpuRoles } from './gpu-roles.ts'
import { compareVersions } from './specifier.ts'
import { readUserRequirements, type UserRequirements } from './user-requirements.ts'

/** Decides everything about the images. Undefined where a framework is not known, which is reported. */
export function resolveEnvironments(config: Config, project: Project, sink: Sink): Environments | undefined {
  const requirements = readUserRequirements(config, project, sink)
  const found = findRequests(config, requirements.all, sink)
  const asked = readAskedPython(config.python.version, sink)
  const target = readGpuTarget(config.gpu, sink)
  const platforms = readPlatforms(config.build, sink)
  checkModel(found, config, sink)
  checkMetrics(config, sink)

  const need: Need = { python: asked?.minor, target, platforms, hasOwnBase: config.build.from !== undefined }
  const options = findOptions({ found, config, need }, sink)
  const python = choosePython(asked, options, { platforms, required: requirements.requiresPython, from: config.build.from, sink })
  const base = chooseBaseImage(config.build.from, python, sink)
  if (!found.isKnown) return undefined

  const given = { ...need, python: python.minor }
  const chosen = chooseVersions(options, given, sink)
  const builds = withBuilds(chosen, given, chooseGeneration(chosen, given, sink))
  const common = { config, requirements: forPython(python.minor, requirements, config, project), python, base, found }
  giveAdvice({ ...common, builds }, sink)
  if (target !== undefined && !sink.hasErrors) reportDriverFloor({ builds, target, platforms }, sink)
  return {
    cpu: hasCpuRoles(config) ? environmentOf(builds.map((each) => ({ ...each, build: CPU_BUILD })), { ...common, target, hasGpu: false }) : undefined,
    gpu: target !== undefined && hasGpuRoles(config) ? environmentOf(builds, { ...common, target, hasGpu: true }) : undefined,
    target,
    gpuBuild: gpuBuildOf(builds, given),
    platforms,
  }
}

/** Where something is wrong, what is merely unwise can wait until that is mended. */
function giveAdvice({ config, requirements, python, base, builds }: Omit<Common, 'target' | 'hasGpu'> & { readonly builds: readonly ChosenFramework[] }, sink: Sink): void {
  const frameworks = builds.map(({ request, candidate: { version, release }, build }) => ({ facts: request.facts, version, release, build: recipeKindOf(build), place: placeOfVersion(request) }))
  const advice = new Sink()
  advise({ config, requirements, frameworks, python: python.minor, baseImage: base.image }, advice)
  const isWrong = sink.hasErrors
  for (const found of advice.sorted()) if (!isWrong || found.severity === 'error') sink.report(found)
}

function gpuBuildOf(builds: readonly ChosenFramework[], { target, platforms }: Need): GpuBuild {
  const versions = builds.flatMap(({ build }) => (build.kind === 'cuda' || build.kind === 'rocm' ? [build] : []))
  const newest = versions.sort((a, b) => compareVersions(a.version, b.version)).at(-1)
  const kernels = builds.flatMap(({ request, candidate: { version, release }, build }) => {
    const row = target !== undefined && 'version' in build ? kernelsOf(build.version, { request, release, target }) : undefined
    return row === undefined ? [] : [{ framework: `${request.facts.title} ${version}`, capabilities: platforms.hasX64 ? row.x64 : row.arm64 }]
  })
  return { version: newest?.version, oldestDriver: newest?.kind === 'cuda' ? driverNeededFor(newest.version, (target?.devices ?? []).map(({ capability }) => capability)) : undefined, kernels }
}

interface Question {
  readonly found: Requests
  readonly config: Config
  readonly need: Need
}

/** The versions that each framework may have, of those that are installed; what fits nothing is reported. */
function findOptions({ found, config, need }: Question, sink: Sink): readonly Option[] {
  const gpuless = findGpuless(found, need.target)
  const options = found.requests.flatMap((request) => {
    if (!request.isInstalled) return []
    checkPinnedBuild(request, need.target, sink)
    const candidates = findCandidates(request, sink)
    return candidates.length === 0 ? [] : [withoutMisfits({ request, candidates }, { config, need, sink, gpuless })]
  })
  if (!options.some(({ request }) => request === gpuless[0])) reportUnusableGpu(gpuless, need.target, sink)
  return options
}

/** The frameworks of a config of which none can use the GPU; of plain Python nothing is known. */
function findGpuless({ requests, isOpen, isKnown }: Requests, target: GpuTarget | undefined): readonly FrameworkRequest[] {
  if (target === undefined || isOpen || !isKnown) return []
  return requests.some(({ facts }) => hasBuilds(facts, target.kind)) ? [] : requests
}

function withBuilds(chosen: readonly Chosen[], need: Need, generation: string | undefined): readonly ChosenFramework[] {
  return chosen.map((each) => ({ ...each, build: findBuild({ ...each, need, generation }) ?? CPU_BUILD }))
}

interface Common {
  readonly config: Config
  readonly requirements: UserRequirements
  readonly python: ChosenPython
  readonly base: BaseImage
  readonly found: Requests
  readonly target: GpuTarget | undefined
  readonly hasGpu: boolean
}

function environmentOf(builds: readonly ChosenFramework[], { config, requirements, python, base, found, target, hasGpu }: Common): Environment {
  const named = new Set(requirements.all.filter(({ isConstraint }) => !isConstraint).map(({ value }) => value.name))
  const context = { indexes: config.python.indexes, target, hasGpu, named }
  const installs = inOrderOfInstalling(builds).map((framework) => ({ framework, facts: framework.request.facts, build: framework.build, install: installOf(framework, context) }))
  const model = modelOf(config)
  const frameworks = builds.map(({ request }) => ({ facts: request.facts, spans: [placeOfVersion(request)] }))
  const systemNeeds = listSystemNeeds({ system: config.system, requirements, frameworks, model, modelSpans: config.model.type === undefined ? [] : [config.model.type.span] })
  const shmSize = found.requests.map(({ facts }) => findSharedMemory(facts.name, model, countGpus(config))).find((size) => size !== undefined)
  const further = decideFurther({ config, model, requests: found.requests, builds, requirements, systemNeeds, shmSize, hasGpu, target })
  return {
    pythonVersion: python.minor,
    baseImage: base.image,
    baseImageReason: base.reason,
    systemPackages: chooseSystemPackages(systemNeeds),
    frameworks: installs.map(({ install }) => install),
    packages: choosePackages(model, requirements, installs),
    requirements: chooseFiles(requirements, installs),
    variables: variablesOf(installs),
    shmSize,
    startPeriod: model.startPeriod,
    decisions: [python.decision, ...installs.flatMap(({ framework, install }) => decisionsOf(framework, install, context)), base.decision, ...further],
  }
}

/** What a lock installs depends on the Python, which was not certain when it was read. */
function forPython(python: string, requirements: UserRequirements, config: Config, project: Project): UserRequirements {
  const isCertain = requirements.lockedFor === undefined || requirements.lockedFor === python
  return isCertain ? requirements : readUserRequirements(config, project, new Sink(), python)
}

/** How many GPUs a container gets, as far as the config says; all of them are taken for several. */
function countGpus({ gpu }: Config): number {
  if (gpu === undefined) return 0
  const { value } = gpu.count
  return Math.max(gpu.deviceIds.length, typeof value === 'number' ? value : value === 'all' ? 2 : 1)
}

/** Those with an index of their own first, so that no other can bring another build of them; what runs on others after those. */
function inOrderOfInstalling(builds: readonly ChosenFramework[]): readonly ChosenFramework[] {
  const rank = ({ request: { facts } }: ChosenFramework) => (facts.index !== undefined ? 0 : facts.backends.length === 0 ? 1 : 2)
  return [...builds].sort((a, b) => rank(a) - rank(b))
}

function variablesOf(installs: readonly Installed[]): Environment['variables'] {
  const all = installs.flatMap(({ facts, build }) => facts.variables.filter(({ builds }) => builds === undefined || builds.includes(recipeKindOf(build))))
  return [...new Map(all.map(({ name, value }) => [name, value]))].sort(([a], [b]) => (a < b ? -1 : 1))
}
