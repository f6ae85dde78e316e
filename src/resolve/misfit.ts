/** Reports a framework of which no version fits what the config asks for: one diagnostic, with the change that mends all of it. */
import type { Config } from '../config/config.ts'
import type { Label } from '../diagnostics/diagnostic.ts'
import type { Sink } from '../diagnostics/sink.ts'
import { describeGpu, describeGpuless, describeProcessor, describePython, describePythons, type Found } from './describe-misfit.ts'
import { fits, misfitsOf, type Misfit, type Need, type Option } from './fit.ts'
import type { FrameworkRequest } from './framework.ts'
import { pythonsOf } from './platforms.ts'
import { findRepair } from './repair.ts'

export interface MisfitContext {
  readonly config: Config
  readonly need: Need
  readonly sink: Sink
  /** Set where no framework of the config can use the GPU: all that are asked for. */
  readonly gpuless: readonly FrameworkRequest[]
}

/** Leaves the candidates that fit. Where none does, that is reported, and all are left so that the rest can be checked. */
export function withoutMisfits(option: Option, context: MisfitContext): Option {
  const { request } = option
  const isGpuless = context.gpuless[0] === request
  const need = context.gpuless.length > 0 ? { ...context.need, target: undefined } : context.need
  const candidates = option.candidates.filter((candidate) => fits(candidate, request, need))
  if (candidates.length > 0 && !isGpuless) return { request, candidates }
  reportMisfit({ ...option, need, isGpuless, isRest: candidates.length > 0 }, context)
  return candidates.length > 0 ? { request, candidates } : { ...option, isMisfit: true }
}

function reportMisfit(found: Found, { config, need: asked, sink, gpuless }: MisfitContext): void {
  const { request, candidates, need, isGpuless } = found
  const newest = candidates.at(-1)
  if (newest === undefined) return
  const misfits = found.isRest ? [] : commonMisfits(found)
  const repair = findRepair({ request, candidates, need: asked, config, dropsGpu: isGpuless })
  const [first, ...others] = misfits
  const also = (isGpuless ? misfits : others).flatMap((misfit) => labelOf(misfit, found, config, need))
  const given = { found, newest, repair, also, config }
  if (isGpuless && asked.target !== undefined) sink.report(describeGpuless(asked.target, gpuless, given))
  else if (first === 'gpu' && need.target !== undefined) sink.report(describeGpu(need.target, given))
  else if (first === 'python' && config.python.version !== undefined) sink.report(describePython(config.python.version, given))
  else if (need.platforms.span !== undefined) sink.report(describeProcessor(need.platforms.span, given))
}

/** What is wrong with all candidates; where each has something else, what is wrong with the newest. */
function commonMisfits({ candidates, request, need }: Found): readonly Misfit[] {
  const all = candidates.map((candidate) => misfitsOf(candidate, request, need))
  const common = (all.at(-1) ?? []).filter((misfit) => all.every((misfits) => misfits.includes(misfit)))
  return common.length > 0 ? common : (all.at(-1) ?? [])
}

function labelOf(misfit: Misfit, { candidates, request }: Found, config: Config, need: Need): readonly Label[] {
  const newest = candidates.at(-1)
  if (misfit === 'python' && config.python.version !== undefined && newest !== undefined) {
    return [{ span: config.python.version.span, message: `nor has it wheels for Python ${need.python}: ${describePythons(pythonsOf(newest.release, need.platforms))}` }]
  }
  if (misfit === 'processor' && need.platforms.span !== undefined) return [{ span: need.platforms.span, message: `nor has ${request.facts.title} wheels for this` }]
  return []
}
