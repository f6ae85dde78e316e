/** Chooses one version of each framework, so that those that run on others get versions of them that they work with. */
import * as gpus from '../diagnostics/catalogue/gpus.ts'
import type { Sink } from '../diagnostics/sink.ts'
import { generationsOf, runsOnPython, type Need, type Option } from './fit.ts'
import { placeOfVersion, type FrameworkRequest } from './framework.ts'
import type { Candidate } from './candidates.ts'
import { isInRange } from './specifier.ts'

export interface Chosen {
  readonly request: FrameworkRequest
  readonly candidate: Candidate
}

/** `need` has the Python that was chosen. What cannot go together is reported, and chosen all the same. */
export function chooseVersions(options: readonly Option[], need: Need, sink: Sink): readonly Chosen[] {
  const findOption = (name: string) => options.find(({ request }) => request.facts.name === name)
  const left = new Map(options.map(({ request, candidates }) => [request.facts.name, onPython(candidates, need)]))
  for (const { request, isMisfit } of options) {
    if (isMisfit) continue
    const own = left.get(request.facts.name) ?? []
    const chosen = own.findLast((candidate) => hasAllOthers(candidate, left)) ?? own.at(-1)
    if (chosen === undefined) continue
    left.set(request.facts.name, [chosen])
    for (const [other, range] of othersOf(chosen, left)) {
      const able = (left.get(other) ?? []).filter(({ version }) => isInRange(version, range))
      if (able.length > 0) left.set(other, able)
      else reportBackend({ request, candidate: chosen }, { option: findOption(other), range }, sink)
    }
  }
  return options.flatMap(({ request }) => {
    const candidate = left.get(request.facts.name)?.at(-1)
    return candidate === undefined ? [] : [{ request, candidate }]
  })
}

/** The newest of all where none is known to have wheels: that was reported before. */
function onPython(candidates: readonly Candidate[], { python, platforms }: Need): readonly Candidate[] {
  const able = candidates.filter((candidate) => python === undefined || runsOnPython(candidate, python, platforms))
  return able.length > 0 ? able : candidates.slice(-1)
}

type Left = ReadonlyMap<string, readonly Candidate[]>

function othersOf({ release }: Candidate, left: Left): readonly (readonly [string, string])[] {
  return Object.entries(release.requires).filter(([other]) => left.has(other))
}

function hasAllOthers(candidate: Candidate, left: Left): boolean {
  return othersOf(candidate, left).every(([other, range]) => left.get(other)?.some(({ version }) => isInRange(version, range)))
}

interface Backend {
  readonly option: Option | undefined
  /** What the framework asks of it. */
  readonly range: string
}

function reportBackend({ request, candidate }: Chosen, { option, range }: Backend, sink: Sink): void {
  if (option === undefined || option.isMisfit) return
  const other = option.request
  const at = placeOfVersion(other)
  const help = other.wishes[0]?.place === 'framework' ? `use framework: ${other.name}${range}` : undefined
  const related = at === placeOfVersion(request) ? [] : [{ span: placeOfVersion(request), message: `${request.facts.title} ${candidate.version} is chosen here` }]
  sink.report(gpus.backendMismatch({ framework: `${request.facts.title} ${candidate.version}`, backend: other.facts.title, range, help }, { at, related }))
}

/** The newest generation of CUDA or ROCm that all frameworks with a build for the GPU share; where they share none, that is said. */
export function chooseGeneration(chosen: readonly Chosen[], need: Need, sink: Sink): string | undefined {
  const known = chosen.flatMap((each) => {
    const generations = generationsOf({ ...each, need })
    return generations === undefined ? [] : [{ ...each, generations }]
  })
  const [first, ...others] = known
  const shared = first?.generations.findLast((generation) => others.every(({ generations }) => generations.includes(generation)))
  const second = others.find(({ generations }) => !generations.some((generation) => first?.generations.includes(generation)))
  if (first !== undefined && shared === undefined && second !== undefined && need.target?.kind === 'cuda') {
    const name = ({ request, candidate }: Chosen) => `${request.facts.title} ${candidate.version}`
    const related = [{ span: placeOfVersion(first.request), message: `CUDA ${first.generations.join(', ')}` }]
    sink.report(gpus.twoGenerations({ first: name(first), second: name(second) }, { at: placeOfVersion(second.request), label: `CUDA ${second.generations.join(', ')}`, related }))
  }
  return shared
}
