/** The order of decisions: from what the config asks for to what is inside of the images. */
import type { Config } from '../config/config.ts'
import { Sink } from '../diagnostics/sink.ts'
import type { Project } from '../project/project.ts'
import { checkPinnedBuild, CPU_BUILD, hasBuilds, recipeKindOf } from './accelerator.ts'
import { advise } from './advice/advise.ts'
import { chooseBaseImage } from './base-image.ts'
import { findCandidates } from './candidates.ts'
import { chooseGeneration, chooseVersions, type Chosen } from './choose.ts'
import { decideEnvironment, type Decided } from './decide-environment.ts'
import type { Environments } from './environment.ts'
import { findBuild, type Need, type Option } from './fit.ts'
import { findRequests, placeOfVersion, type FrameworkRequest, type Requests } from './framework.ts'
import { reportArmGpu, reportDriverFloor, reportUnusableGpu } from './gpu-advice.ts'
import { gpuBuildOf } from './gpu-build.ts'
import { hasCpuRoles, hasGpuRoleOf, hasGpuRoles } from './gpu-roles.ts'
import { readGpuTarget, type GpuTarget } from './gpu-target.ts'
import { checkIndexes } from './indexes.ts'
import type { ChosenFramework } from './install.ts'
import { checkMetrics } from './metrics.ts'
import { withoutMisfits } from './misfit.ts'
import { checkModel } from './model.ts'
import { readPlatforms } from './platforms.ts'
import { resolveNotebook } from './notebook.ts'
import { resolveServer, runsInBuiltImage } from './server.ts'
import { choosePython, possiblePythons, readAskedPython } from './python.ts'
import { checkUvOptions } from './uv-options.ts'
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
  checkIndexes(config, requirements, sink)
  checkUvOptions(config, requirements, sink)

  const need: Need = { python: asked?.minor, target, platforms, hasOwnBase: config.build.from !== undefined }
  const options = findOptions({ found, config, need }, sink)
  const required = requirements.requiresPython
  const server = resolveServer({ config, project, found, pythons: possiblePythons(asked, options, { platforms, required }) }, sink)
  const python = choosePython(asked, options, { platforms, server, required, from: config.build.from, sink })
  const base = chooseBaseImage(config.build.from, python, sink)
  if (!found.isKnown) return undefined

  const given = { ...need, python: python.minor }
  const chosen = chooseVersions(options, given, sink)
  const builds = withBuilds(chosen, given, chooseGeneration(chosen, given, sink))
  const installed = forPython(python.minor, requirements, config, project)
  const notebook = resolveNotebook({ config, requirements: installed, python: python.minor, frameworks: chosen.map(({ request, candidate: { version } }) => ({ request, version })) }, sink)
  const common = { config, requirements: installed, python, base, found, notebook, server }
  giveAdvice({ ...common, builds }, sink)
  if (target !== undefined && !sink.hasErrors) {
    reportArmGpu(target, platforms, sink)
    // What the image of others asks of a driver, only they know.
    if (hasGpuRoleOf(config, (role) => runsInBuiltImage(role, server))) reportDriverFloor({ builds, target, platforms }, sink)
  }
  return {
    cpu: hasCpuRoles(config) ? decideEnvironment(builds.map((each) => ({ ...each, build: CPU_BUILD })), { ...common, target, hasGpu: false }) : undefined,
    gpu: target !== undefined && hasGpuRoles(config) ? decideEnvironment(builds, { ...common, target, hasGpu: true }) : undefined,
    server,
    target,
    gpuBuild: gpuBuildOf(builds, given),
    platforms,
    projects: requirements.projects,
  }
}

/** Where something is wrong, what is merely unwise can wait until that is mended. */
function giveAdvice({ config, requirements, python, base, builds }: Omit<Decided, 'target' | 'hasGpu'> & { readonly builds: readonly ChosenFramework[] }, sink: Sink): void {
  const frameworks = builds.map(({ request, candidate: { version, release }, build }) => ({ facts: request.facts, version, release, build: recipeKindOf(build), place: placeOfVersion(request) }))
  const advice = new Sink()
  advise({ config, requirements, frameworks, python: python.minor, baseImage: base.image }, advice)
  const isWrong = sink.hasErrors
  for (const found of advice.sorted()) if (!isWrong || found.severity === 'error') sink.report(found)
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

/** What a lock installs depends on the Python, which was not certain when it was read. */
function forPython(python: string, requirements: UserRequirements, config: Config, project: Project): UserRequirements {
  const isCertain = requirements.lockedFor === undefined || requirements.lockedFor === python
  return isCertain ? requirements : readUserRequirements(config, project, new Sink(), python)
}
