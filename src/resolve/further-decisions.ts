/** Decisions beside those about versions: what the model, the GPU, the frameworks and the packages bring with them. */
import type { Config, PackageIndex } from '../config/config.ts'
import { CUDA_SOURCE } from '../facts/cuda.ts'
import { findModelSource, findSharedMemory, type ModelFacts } from '../facts/models.ts'
import { parseRequirement } from '../project/requirements.ts'
import { recipeKindOf } from './accelerator.ts'
import type { BroughtPackage } from './brought.ts'
import type { Decision } from './decision.ts'
import { placeOfVersion, type FrameworkRequest } from './framework.ts'
import { patternsOf, sortIndexes } from './indexes.ts'
import type { ChosenFramework } from './install.ts'
import { factOfModel, packagesOfModel, type SystemNeed } from './packages.ts'
import { driverNeededFor } from './driver.ts'
import type { GpuTarget } from './gpu-target.ts'
import type { UserRequirements } from './user-requirements.ts'

export interface FurtherInput {
  readonly config: Config
  readonly model: ModelFacts
  readonly brought: readonly BroughtPackage[]
  /** Those that are not installed too. */
  readonly requests: readonly FrameworkRequest[]
  readonly builds: readonly ChosenFramework[]
  readonly requirements: UserRequirements
  readonly systemNeeds: readonly SystemNeed[]
  /** A Compose byte value; undefined where Docker's default will do. */
  readonly shmSize: string | undefined
  /** Whether the images are for the roles that have GPUs. */
  readonly hasGpu: boolean
  readonly target: GpuTarget | undefined
}

export function decideFurther(input: FurtherInput): readonly Decision[] {
  return [...decideDriver(input), ...decideFiles(input), ...decideIndexes(input), ...decidePackages(input), ...decideSystem(input), ...decideVariables(input), ...decideSharedMemory(input), ...decideBuild(input)]
}

/** The newest CUDA of the image needs the newest driver. */
function decideDriver({ builds, config, hasGpu, target }: FurtherInput): readonly Decision[] {
  const versions = hasGpu ? builds.flatMap(({ build }) => (build.kind === 'cuda' ? [build.version] : [])) : []
  return [...new Set(versions)].flatMap((version): readonly Decision[] => {
    const devices = target?.devices ?? []
    const driver = driverNeededFor(version, devices.map(({ capability }) => capability))
    if (driver === undefined || config.gpu === undefined) return []
    const on = devices.length === 0 ? '' : ` on the ${devices.map(({ title }) => title).join(' and the ')}`
    const fact = { text: `CUDA ${version} runs${on} with the driver ${driver} or a newer one`, source: CUDA_SOURCE }
    return [{ subject: 'driver', value: `${driver} or newer`, because: `what CUDA ${version} needs${on}`, spans: [(config.gpu.driver ?? config.gpu).span], fact }]
  })
}

function decideFiles({ requirements, config }: FurtherInput): readonly Decision[] {
  const { requirements: given, constraints } = config.python
  const limits: readonly Decision[] = constraints === undefined ? [] : [{ subject: 'constraints', value: constraints.value, because: 'given by `python.constraints`: every package is held to it', spans: [constraints.span] }]
  const files = requirements.files.map(({ path }) => {
    const spans = given?.filter(({ value }) => value === path).map(({ span }) => span) ?? []
    return { subject: 'requirements', value: path, because: given === undefined ? 'found beside the config' : 'given by `python.requirements`', spans }
  })
  const projects = requirements.projects.map(({ value, span }): Decision => ({ subject: 'project', value, because: 'a requirement: its code is imported as if installed, and what it depends on is installed with the requirements', spans: [span] }))
  return [...files, ...projects, ...limits]
}

function decideIndexes({ config }: FurtherInput): readonly Decision[] {
  const { usual, more, own } = sortIndexes(config)
  const decide = ({ url, span }: PackageIndex, because: string): Decision => ({ subject: 'package index', value: url.value, because, spans: [span] })
  return [
    ...(usual === undefined ? [] : [decide(usual, 'the first of `python.index` for all packages: it takes the place of the public one; PIP_INDEX_URL in the shell wins')]),
    ...more.map((index) => decide(index, 'asked as well; PIP_EXTRA_INDEX_URL in the shell wins')),
    ...own.map((index) => decide(index, `the only one that ${patternsOf(index).join(' and ')} may come from, whatever others have of the same name`)),
  ]
}

function decidePackages({ model, brought, requirements, config }: FurtherInput): readonly Decision[] {
  const ofModel = packagesOfModel(model, requirements).map((text): Decision => ({ subject: 'package', value: text, because: `${model.name} models need it`, spans: spansOfModel(config), ...factOfModel(model, parseRequirement(text)?.name ?? text) }))
  return [...ofModel, ...brought.map(({ requirement, because, spans, fact }): Decision => ({ subject: 'package', value: requirement, because, spans, fact }))]
}

function decideSystem({ systemNeeds }: FurtherInput): readonly Decision[] {
  return systemNeeds.map(({ name, because, spans, fact }) => ({ subject: 'Debian package', value: name, because, spans, ...(fact === undefined ? {} : { fact }) }))
}

function decideVariables({ builds }: FurtherInput): readonly Decision[] {
  return listVariables(builds).map(({ request, name, value }) => ({
    subject: 'variable',
    value: `${name}=${value}`,
    because: `a default for ${request.facts.title}; \`environment\` wins`,
    spans: [placeOfVersion(request)],
  }))
}

interface FrameworkVariable {
  readonly request: FrameworkRequest
  readonly name: string
  readonly value: string
}

/** The default variables that frameworks bring; of several values for one, the last counts. */
export function listVariables(builds: readonly ChosenFramework[]): readonly FrameworkVariable[] {
  const all = builds.flatMap(({ request, build }) => {
    const fitting = request.facts.variables.filter((variable) => variable.builds === undefined || variable.builds.includes(recipeKindOf(build)))
    return fitting.map(({ name, value }) => ({ request, name, value }))
  })
  return all.filter(({ name }, index) => all.findLastIndex((other) => other.name === name) === index)
}

function decideSharedMemory({ requests, model, config, shmSize }: FurtherInput): readonly Decision[] {
  const found = requests.find(({ facts }) => findSharedMemory(facts.name, model, 1) !== undefined)
  const source = findModelSource('/dev/shm')
  if (found === undefined || shmSize === undefined || source === undefined) return []
  const fact = { text: 'data loaders share memory through /dev/shm, of which Docker gives 64 MiB', source }
  return [{ subject: 'shared memory', value: shmSize, because: `${found.facts.title} loads batches for ${model.name} models in processes of their own`, spans: spansOfModel(config), fact }]
}

/** What `build` adds to the images, and whom they are for. */
function decideBuild({ config: { build } }: FurtherInput): readonly Decision[] {
  const { ca, user } = build
  return [
    ...(ca === undefined ? [] : [{ subject: 'certificates', value: ca.value, because: 'given by `build.ca`: trusted in builds and containers', spans: [ca.span] }]),
    ...build.run.map(({ span, after }, index) => ({ subject: 'step', value: `build.run[${index}]`, because: `given, after the ${after === 'system' ? 'packages of Debian' : after === 'packages' ? 'packages of Python' : 'code'}`, spans: [span] })),
    ...(user === undefined ? [] : [{ subject: 'user', value: user.value, because: 'given by `build.user`, in place of MLSTACK_UID and MLSTACK_GID', spans: [user.span] }]),
  ]
}

function spansOfModel({ model }: Config): Decision['spans'] {
  return model.type === undefined ? [] : [model.type.span]
}
