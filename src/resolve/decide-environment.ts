/** What is in the images of one kind, with GPUs or without, once versions and builds are chosen. */
import type { Config } from '../config/config.ts'
import type { BaseImage } from './base-image.ts'
import { broughtPackages } from './brought.ts'
import type { Environment, NotebookPackages } from './environment.ts'
import { placeOfVersion, type Requests } from './framework.ts'
import { decideFurther, listVariables } from './further-decisions.ts'
import type { GpuTarget } from './gpu-target.ts'
import { decisionsOf, installOf, type ChosenFramework } from './install.ts'
import { modelOf } from './model.ts'
import { choosePackages, chooseSystemPackages, listSystemNeeds, packagesNamedIn } from './packages.ts'
import type { ChosenPython } from './python.ts'
import { chooseFiles } from './requirements-files.ts'
import { includedFiles } from './requirements-tree.ts'
import { chooseSharedMemory } from './shared-memory.ts'
import type { ResolvedServer } from './server.ts'
import type { UserRequirements } from './user-requirements.ts'

/** What is decided by now. */
export interface Decided {
  readonly config: Config
  readonly requirements: UserRequirements
  readonly python: ChosenPython
  readonly base: BaseImage
  readonly found: Requests
  readonly notebook: NotebookPackages
  readonly server: ResolvedServer | undefined
  readonly target: GpuTarget | undefined
  /** Whether the images are for the roles that have GPUs. */
  readonly hasGpu: boolean
}

export function decideEnvironment(builds: readonly ChosenFramework[], { config, requirements, python, base, found, notebook, server, target, hasGpu }: Decided): Environment {
  const context = { indexes: config.python.indexes, target, hasGpu, named: packagesNamedIn(requirements) }
  const installs = inOrderOfInstalling(builds).map((framework) => ({ framework, facts: framework.request.facts, build: framework.build, install: installOf(framework, context) }))
  const model = modelOf(config)
  const frameworks = builds.map(({ request }) => ({ facts: request.facts, spans: [placeOfVersion(request)] }))
  const systemNeeds = listSystemNeeds({ system: config.system, requirements, frameworks, model, modelSpans: config.model.type === undefined ? [] : [config.model.type.span] })
  const shmSize = chooseSharedMemory(found.requests, model, config)
  const brought = broughtPackages({ config, requirements, python: python.minor, server })
  const further = decideFurther({ config, model, brought, requests: found.requests, builds, requirements, systemNeeds, shmSize, hasGpu, target })
  return {
    pythonVersion: python.minor,
    baseImage: base.image,
    baseImageReason: base.reason,
    systemPackages: chooseSystemPackages(systemNeeds),
    frameworks: installs.map(({ install }) => install),
    packages: choosePackages(model, brought.map(({ requirement }) => requirement), requirements, installs),
    broughtBy: [...new Set(brought.map((each) => each.broughtBy))],
    requirements: chooseFiles(requirements, installs),
    ofNotebook: notebook,
    constraints: requirements.constraints === undefined ? [] : [requirements.constraints.path, ...includedFiles(requirements.constraints)],
    variables: listVariables(builds).map(({ name, value }) => [name, value] as const).sort(([a], [b]) => (a < b ? -1 : 1)),
    shmSize,
    startPeriod: model.startPeriod,
    decisions: [python.decision, ...installs.flatMap(({ framework, install }) => decisionsOf(framework, install, context)), base.decision, ...further],
  }
}

/** Those with an index of their own first, so that no other can bring another build of them; what runs on others after those. */
function inOrderOfInstalling(builds: readonly ChosenFramework[]): readonly ChosenFramework[] {
  const rank = ({ request: { facts } }: ChosenFramework) => (facts.index !== undefined ? 0 : facts.backends.length === 0 ? 1 : 2)
  return [...builds].sort((a, b) => rank(a) - rank(b))
}
