/** How a framework is installed: its exact requirements, and the index that they come from. */
import type { PackageIndex } from '../config/config.ts'
import type { Span } from '../diagnostics/diagnostic.ts'
import { findFramework } from '../facts/frameworks.ts'
import { tagOf, type Build } from './accelerator.ts'
import type { Candidate } from './candidates.ts'
import type { Decision } from './decision.ts'
import type { FrameworkInstall } from './environment.ts'
import { ownExtras, placeOfVersion, type FrameworkRequest } from './framework.ts'
import { isInRange } from './specifier.ts'

/** A framework with its version and its build chosen. */
export interface ChosenFramework {
  readonly request: FrameworkRequest
  readonly candidate: Candidate
  readonly build: Build
}

/** Fills in what the facts say of installing it. */
export function installOf(chosen: ChosenFramework, indexes: readonly PackageIndex[]): FrameworkInstall {
  const { facts } = chosen.request
  const { version } = chosen.candidate
  const url = indexUrl(chosen, indexes) ?? facts.index?.url.replace('{build}', tagOf(chosen.build))
  return {
    name: facts.name,
    title: facts.title,
    version,
    requirements: [...ownRequirements(chosen), ...companionsOf(chosen)],
    index: facts.index === undefined || url === undefined ? undefined : { argument: facts.index.argument, url },
    reason: reasonOf(chosen),
  }
}

function ownRequirements(chosen: ChosenFramework): readonly string[] {
  const { request, candidate, build } = chosen
  const { install } = candidate.release
  const extras = [...new Set([...ownExtras(request), ...(build.kind === 'cuda' ? (request.facts.buildExtras.cuda ?? []) : [])])].sort()
  const extra = extras.length === 0 ? '' : `[${extras.join(',')}]`
  const values: Readonly<Record<string, string>> = { version: candidate.version, extras: extra, build: tagOf(build) }
  const recipe = (build.kind === 'cpu' ? install.cpu : install.cuda) ?? install.cpu
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

function reasonOf({ request, build }: ChosenFramework): string {
  if (!request.facts.builds.includes('cuda')) return 'its wheels run on the CPU alone'
  if (build.kind === 'cuda') return `wheels for CUDA ${build.version}, the newest of this version that fits the GPU`
  return build.kind === 'cpu' ? 'CPU wheels: no GPU is asked for' : 'wheels that use the CUDA of the base image'
}

/** Why this version, and why this index. */
export function decisionsOf(chosen: ChosenFramework, install: FrameworkInstall, gpu: { readonly span: Span } | undefined): readonly Decision[] {
  const { request } = chosen
  const spans = [placeOfVersion(request)]
  const framework = { subject: 'framework', value: `${install.title} ${install.version}`, because: reasonOfVersion(chosen), spans }
  const value = install.index?.url ?? 'the usual index'
  return [framework, { subject: 'wheel index', value, because: install.reason, spans: gpu === undefined ? spans : [gpu.span] }]
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
