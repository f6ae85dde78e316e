/** The order of decisions: from what the config asks for to what is inside of the images. */
import type { Config } from '../config/config.ts'
import type { Sink } from '../diagnostics/sink.ts'
import { findSharedMemory } from '../facts/models.ts'
import type { Project } from '../project/project.ts'
import { advise } from './advice/advise.ts'
import { checkGpu, checkPinnedBuild, findBuild, withBuilds } from './accelerator.ts'
import { chooseBaseImage } from './base-image.ts'
import { findCandidates } from './candidates.ts'
import type { Environment } from './environment.ts'
import { findRequests, placeOfVersion, type FrameworkRequest } from './framework.ts'
import { decisionsOf, installOf, type ChosenFramework } from './install.ts'
import { checkMetrics } from './metrics.ts'
import { checkModel, modelOf } from './model.ts'
import { choosePackages, chooseSystemPackages } from './packages.ts'
import { choosePython, newestFor, type Option } from './python.ts'
import { chooseFiles } from './requirements-files.ts'
import { readUserRequirements } from './user-requirements.ts'

/** Decides everything about the images. Undefined where a framework is not known, which is reported. */
export function resolveEnvironment(config: Config, project: Project, sink: Sink): Environment | undefined {
  const requirements = readUserRequirements(config, project, sink)
  const found = findRequests(config, requirements.all, sink)
  checkGpu(found, config, sink)
  checkModel(found, config, sink)
  checkMetrics(config, sink)
  const options = found.requests.flatMap((request) => optionOf(request, config, sink) ?? [])
  const python = choosePython(config.python.version, options, sink)
  const base = chooseBaseImage(config.build.from, python, sink)
  if (!found.isKnown) return undefined

  const chosen = options.flatMap((option) => chooseFramework(option, python.minor, config) ?? [])
  const installs = chosen.map((framework) => ({
    framework,
    facts: framework.request.facts,
    build: framework.build,
    install: installOf(framework, config.python.indexes),
  }))
  const advised = chosen.map(({ request, candidate, build }) => ({
    facts: request.facts,
    version: candidate.version,
    release: candidate.release,
    build: build.kind === 'cpu' ? ('cpu' as const) : ('cuda' as const),
    place: placeOfVersion(request),
  }))
  advise({ config, requirements, frameworks: advised, python: python.minor, baseImage: base.image }, sink)
  // Only one layer can take its wheels from an index of its own; what needs none goes with the other packages.
  const layer = installs.find(({ install }) => install.index !== undefined) ?? installs[0]
  const beside = installs.filter((other) => other !== layer).flatMap(({ install }) => install.requirements)
  const model = modelOf(config)
  return {
    pythonVersion: python.minor,
    baseImage: base.image,
    baseImageReason: base.reason,
    systemPackages: chooseSystemPackages(config.system, requirements),
    framework: layer?.install,
    packages: [...beside, ...choosePackages(model, requirements, installs)],
    requirements: chooseFiles(requirements, installs),
    variables: [],
    shmSize: found.requests.map(({ facts }) => findSharedMemory(facts.name, model)).find((size) => size !== undefined),
    startPeriod: model.startPeriod,
    decisions: [python.decision, ...installs.flatMap(({ framework, install }) => decisionsOf(framework, install, config.gpu)), base.decision],
  }
}

/** The versions that a framework may have; undefined where it is not installed, or where nothing fits, which is reported. */
function optionOf(request: FrameworkRequest, config: Config, sink: Sink): Option | undefined {
  if (!request.isInstalled) return undefined
  checkPinnedBuild(request, config, sink)
  const candidates = withBuilds(request, findCandidates(request, sink), config, sink)
  return candidates.length === 0 ? undefined : { request, candidates }
}

function chooseFramework({ request, candidates }: Option, python: string, config: Config): ChosenFramework | undefined {
  const candidate = newestFor(candidates, python)
  return candidate && { request, candidate, build: findBuild(request, candidate.release, config) ?? { kind: 'cpu' } }
}
