/** How a framework is installed: its exact requirements, and the index that they come from. */
import type { PackageIndex } from '../config/config.ts'
import { findFramework, findSources } from '../facts/frameworks.ts'
import { parseRequirement } from '../project/requirements.ts'
import { CPU_BUILD, generationOf, kernelsOf, recipeKindOf, tagOf, type Build } from './accelerator.ts'
import type { Chosen } from './choose.ts'
import type { Decision } from './decision.ts'
import type { FrameworkInstall } from './environment.ts'
import { ownExtras, placeOfVersion } from './framework.ts'
import type { GpuTarget } from './gpu-target.ts'
import { isInRange } from './specifier.ts'

/** A framework with its version and its build chosen. */
export interface ChosenFramework extends Chosen {
  readonly build: Build
}

export interface InstallContext {
  readonly indexes: readonly PackageIndex[]
  /** The GPUs of the config; undefined where it asks for none. */
  readonly target: GpuTarget | undefined
  /** Whether the images are for the roles that have GPUs. */
  readonly hasGpu: boolean
  /** Distributions that the user's requirements name: what goes with a framework by default is then theirs to choose. */
  readonly named: ReadonlySet<string>
}

/** Fills in what the facts say of installing it. */
export function installOf(chosen: ChosenFramework, context: InstallContext): FrameworkInstall {
  const { facts } = chosen.request
  const { version, release } = chosen.candidate
  const url = (indexUrl(chosen, context.indexes) ?? facts.index?.url)?.replace('{build}', tagOf(chosen.build))
  return {
    name: facts.name,
    title: facts.title,
    version,
    build: chosen.build,
    requirements: [...ownRequirements(chosen, context), ...companionsOf(chosen)],
    limits: release.limits,
    index: facts.index === undefined || url === undefined ? undefined : { argument: facts.index.argument, url },
    reason: reasonOf(chosen, context),
  }
}

function ownRequirements(chosen: ChosenFramework, { named }: InstallContext): readonly string[] {
  const { request, candidate, build } = chosen
  const { install } = candidate.release
  const kind = recipeKindOf(build)
  const major = build.kind === 'cuda' || build.kind === 'rocm' ? generationOf(build.version) : ''
  const buildExtras = build.kind === 'from-image' ? [] : (request.facts.buildExtras[kind] ?? [])
  const extras = [...new Set([...ownExtras(request), ...buildExtras])].map((extra) => extra.replace('{major}', major)).sort()
  const extra = extras.length === 0 ? '' : `[${extras.join(',')}]`
  const values: Readonly<Record<string, string>> = { version: candidate.version, extras: extra, build: tagOf(build), major }
  const recipe = (install[kind] ?? install.cpu).filter((requirement) => requirement.includes('{version}') || !named.has(parseRequirement(requirement)?.name ?? ''))
  return recipe.map((requirement) => requirement.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole))
}

/** Companions that the user asks for, in the versions that were made for this one where they are known. */
function companionsOf({ request, candidate }: ChosenFramework): readonly string[] {
  return request.facts.companions.flatMap((name) => {
    const asked = request.companions.filter(({ value }) => value.name === name)
    if (asked.length === 0) return []
    const specifier = asked.map(({ value }) => value.specifier).filter((text) => text !== '').join(',')
    const made = candidate.isCertain ? candidate.release.companions[name] : undefined
    return made !== undefined && isInRange(made, specifier) ? `${name}==${made}` : `${name}${specifier}`
  })
}

/** The index that the config names `for` the framework. */
function indexUrl({ request }: ChosenFramework, indexes: readonly PackageIndex[]): string | undefined {
  return indexes.find((index) => index.for !== undefined && findFramework(index.for.value) === request.facts)?.url.value
}

function reasonOf({ request: { facts }, build }: ChosenFramework, { target, hasGpu }: InstallContext): string {
  const [backend] = facts.backends
  if (backend !== undefined) return `it runs on ${backendTitles(facts.backends)}, whose build decides about GPUs`
  if (facts.builds.length === 1) return 'its wheels run on the CPU alone'
  if (build.kind === 'from-image') return 'wheels that use the CUDA of the base image'
  if (build.kind !== 'cpu') return `wheels for ${build.kind === 'cuda' ? 'CUDA' : 'ROCm'} ${build.version}, ${boundsOf(target)}`
  if (target === undefined) return 'CPU wheels: no GPU is asked for'
  return hasGpu ? 'CPU wheels: it has none for such a GPU' : cpuReason(target)
}

function backendTitles(names: readonly string[]): string {
  return names.map((name) => findFramework(name)?.title ?? name).join(' or ')
}

function cpuReason({ choice }: GpuTarget): string {
  return choice.count.value === 'auto' ? 'CPU wheels: with gpu: auto this stack starts on any machine' : 'CPU wheels: no role of this image has a GPU'
}

/** What the build was held to: the newest one, unless the config says more. */
function boundsOf(target: GpuTarget | undefined): string {
  const { cuda, driver } = target?.choice ?? {}
  const devices = (target?.devices ?? []).map(({ title }) => `the ${title}`)
  if (cuda !== undefined) return `since gpu.cuda is ${cuda.value}`
  const bounds = [
    ...(devices.length === 0 ? [] : [`has kernels for ${devices.join(' and ')}`]),
    ...(driver === undefined ? [] : [`runs on the driver ${driver.value}`]),
  ]
  return bounds.length === 0 ? 'the newest of this version' : `the newest of this version that ${bounds.join(' and ')}`
}

/** Why this version, why this build, and why this index. */
export function decisionsOf(chosen: ChosenFramework, install: FrameworkInstall, { target }: InstallContext): readonly Decision[] {
  const { request } = chosen
  const spans = [placeOfVersion(request)]
  const gpuSpans = target === undefined ? spans : placesOf(target)
  const source = request.facts.source
  const pythons = chosen.candidate.release.python
  const fact = { text: `${install.title} ${chosen.candidate.release.version} has wheels for Python ${pythons[0] ?? ''} to ${pythons.at(-1) ?? ''}`, source }
  return [
    { subject: 'framework', value: `${install.title} ${install.version}`, because: reasonOfVersion(chosen), spans, fact },
    { subject: 'build', value: nameOwnBuild(chosen), because: install.reason, spans: gpuSpans, ...buildFact(chosen, source) },
    ...kernelDecisions(chosen, target),
    ...(install.index === undefined ? [] : [{ subject: 'wheel index', value: install.index.url, because: 'it has this build alone, so pip can choose no other', spans: gpuSpans }]),
    ...limitDecisions(chosen, install),
  ]
}

/** That the build has code for each of the GPUs that the config names, where the table knows. */
function kernelDecisions({ request, candidate: { release }, build }: ChosenFramework, target: GpuTarget | undefined): readonly Decision[] {
  if (target === undefined || (build.kind !== 'cuda' && build.kind !== 'rocm')) return []
  const kernels = kernelsOf(build.version, { request, release, target })
  if (kernels === undefined) return []
  const text = `${request.facts.title} ${release.version} for ${nameBuild(build)} has kernels for ${kernels.x64.join(', ')}`
  const source = findSources(request.facts, 'kernels') ?? request.facts.source
  return target.devices.map(({ title, place }) => ({ subject: 'kernels', value: `for the ${title}`, because: 'the build has machine code for it', spans: [place.span], fact: { text, source } }))
}

/** What of the config's GPU the build was held to; the whole of it where nothing says more. */
function placesOf({ choice, devices }: GpuTarget): Decision['spans'] {
  const bounds = [choice.cuda, ...devices.map(({ place }) => place), choice.driver].flatMap((bound) => bound?.span ?? [])
  return bounds.length === 0 ? [choice.span] : bounds
}

function limitDecisions({ request, candidate: { release } }: ChosenFramework, { title, version, limits }: FrameworkInstall): readonly Decision[] {
  const because = `${title} ${version} does not work with what it leaves out`
  return limits.map((limit) => ({ subject: 'limit', value: limit, because, spans: [placeOfVersion(request)], fact: { text: `${title} ${release.version} works with ${limit}`, source: request.facts.source } }))
}

function nameOwnBuild({ request: { facts }, build }: ChosenFramework): string {
  return facts.backends.length > 0 ? `that of ${backendTitles(facts.backends)}` : `${facts.title} for ${nameBuild(build)}`
}

function nameBuild(build: Build): string {
  if (build.kind === 'cuda') return `CUDA ${build.version}`
  if (build.kind === 'rocm') return `ROCm ${build.version}`
  return build === CPU_BUILD || build.kind === 'cpu' ? 'the CPU' : 'the CUDA of the base image'
}

function buildFact({ request, candidate: { release }, build }: ChosenFramework, source: string): Pick<Decision, 'fact'> {
  if (build.kind !== 'cuda' && build.kind !== 'rocm') return {}
  const versions = build.kind === 'cuda' ? release.cuda : release.rocm
  return { fact: { text: `${request.facts.title} ${release.version} is built for ${build.kind === 'cuda' ? 'CUDA' : 'ROCm'} ${versions.join(', ')}`, source } }
}

function reasonOfVersion({ request: { facts, wishes }, candidate }: ChosenFramework): string {
  const wish = wishes.find(({ companion }) => companion === undefined) ?? wishes[0]
  if (wish === undefined) return 'the newest known version with wheels for this Python'
  const place = wish.place === 'framework' ? '' : ` of ${wish.place}`
  if (!candidate.isCertain) return `pinned by \`${wish.text}\`${place}; what is known of ${facts.title} ${candidate.release.version} is taken to hold for it`
  return isPinned(wish.specifier) ? `pinned by \`${wish.text}\`${place}` : `the newest known version in \`${wish.text}\`${place} with wheels for this Python`
}

function isPinned(specifier: string): boolean {
  return /^\s*={2,3}[^*]*$/.test(specifier)
}
