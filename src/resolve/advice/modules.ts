/** Packages of one module, of which only one can be there, and the build of OpenCV that a container needs. */
import * as advice from '../../diagnostics/catalogue/advice.ts'
import type { Sink } from '../../diagnostics/sink.ts'
import { findGpuTwin, findHeadless, findSharedModule } from '../../facts/distributions.ts'
import type { UserRequirement } from '../environment.ts'
import { findCovering, type Matter } from './context.ts'
import { removeLine, rename } from './edits.ts'

export function adviseOnModules(matter: Matter, sink: Sink): void {
  const modules = new Map<string, UserRequirement[]>()
  for (const requirement of matter.binding) {
    const { name } = requirement.value
    const module = findCovering(name, matter) === undefined ? findSharedModule(name)?.module : undefined
    if (module === undefined) continue
    const others = modules.get(module) ?? []
    if (!others.some(({ value }) => value.name === name)) modules.set(module, [...others, requirement])
  }
  for (const [module, requirements] of modules) {
    const [best, ...others] = requirements.sort((one, other) => rank(one, matter) - rank(other, matter))
    if (best === undefined) continue
    for (const other of others) report(module, best, other, matter, sink)
    // Where there are two builds, that was said.
    if (others.length === 0) adviseOnWindows(best, sink)
  }
}

/** More distributions than any module has. */
const MODULE_LIMIT = 100

/** The lower, the rather it is to stay: with a GPU the build for it, without one any other. */
function rank({ value: { name } }: UserRequirement, { config }: Matter): number {
  const own = findSharedModule(name)?.rank ?? 0
  if (findGpuTwin(name) === undefined) return own
  return config.gpu === undefined ? own + MODULE_LIMIT : own - MODULE_LIMIT
}

function report(module: string, best: UserRequirement, other: UserRequirement, { requirements }: Matter, sink: Sink): void {
  const words = { module, other: other.value.name, best: best.value.name }
  const related = [{ span: best.span, message: `installs \`${module}\` too` }]
  sink.report(advice.sameModule(words, { at: other.span, related, ...removeLine(requirements, other.span) }))
}

function adviseOnWindows(requirement: UserRequirement, sink: Sink): void {
  const { name } = requirement.value
  const headless = findHeadless(name)
  if (headless !== undefined) sink.report(advice.windowedOpencv({ distribution: name, headless }, { at: requirement.span, ...rename(requirement, headless) }))
}
