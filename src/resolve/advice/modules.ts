/** Packages of one module, of which only one can be there, and the build of OpenCV that a container needs. */
import * as advice from '../../diagnostics/catalogue/advice.ts'
import type { Sink } from '../../diagnostics/sink.ts'
import { findHeadless, sharedModuleOf } from '../../facts/distributions.ts'
import type { UserRequirement } from '../environment.ts'
import { findCovering, type Matter } from './context.ts'
import { removeLine, rename } from './edits.ts'

export function adviseOnModules(matter: Matter, sink: Sink): void {
  const seen = new Map<string, UserRequirement>()
  for (const requirement of matter.binding) {
    const { name } = requirement.value
    const module = sharedModuleOf(name)
    if (module === undefined || findCovering(name, matter) !== undefined) continue
    const first = seen.get(module)
    if (first === undefined) seen.set(module, requirement)
    else if (first.value.name !== name) report(module, first, requirement, matter, sink)
  }
  for (const requirement of seen.values()) adviseOnWindows(requirement, matter, sink)
}

function report(module: string, first: UserRequirement, second: UserRequirement, { requirements }: Matter, sink: Sink): void {
  const words = { module, first: first.value.name, second: second.value.name }
  const related = [{ span: first.span, message: `installs \`${module}\` too` }]
  sink.report(advice.sameModule(words, { at: second.span, related, ...removeLine(requirements, second.span) }))
}

/** Where both builds are required, that was said. */
function adviseOnWindows(requirement: UserRequirement, { binding }: Matter, sink: Sink): void {
  const { name } = requirement.value
  const headless = findHeadless(name)
  const isAlone = binding.every(({ value }) => value.name === name || sharedModuleOf(value.name) !== sharedModuleOf(name))
  if (headless === undefined || !isAlone) return
  sink.report(advice.windowedOpencv({ distribution: name, headless }, { at: requirement.span, ...rename(requirement, headless) }))
}
