/** Packages under a name that the index does not have, and packages that are made for another system. */
import * as advice from '../../diagnostics/catalogue/advice.ts'
import type { Sink } from '../../diagnostics/sink.ts'
import { findOnlySystem, findRightName } from '../../facts/distributions.ts'
import type { UserRequirement } from '../environment.ts'
import { findCovering, type Matter } from './context.ts'
import { addMarker, removeLine, rename } from './edits.ts'

const TITLES: Readonly<Record<string, string>> = { darwin: 'macOS', win32: 'Windows' }

export function adviseOnNames(matter: Matter, sink: Sink): void {
  for (const requirement of matter.binding) {
    const { name } = requirement.value
    const right = findCovering(name, matter) === undefined ? findRightName(name) : undefined
    if (right !== undefined) sink.report(advice.wrongName({ name, right: right || undefined }, { at: requirement.span, ...mendName(requirement, right, matter) }))
    const system = findOnlySystem(name) ?? (name.startsWith('pyobjc-framework-') ? 'darwin' : undefined)
    if (system === undefined) continue
    const words = { name, system: TITLES[system] ?? system, marker: `sys_platform == "${system}"` }
    sink.report(advice.otherSystemPackage(words, { at: requirement.span, ...addMarker(requirement, system) }))
  }
}

/** A version of the wrong name means nothing for the right one, but where there is none the name alone is to be changed. */
function mendName(requirement: UserRequirement, right: string, { requirements }: Matter) {
  if (right === '') return removeLine(requirements, requirement.span)
  return requirement.value.specifier === '' ? rename(requirement, right) : {}
}
