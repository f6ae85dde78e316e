/** What the framework's layer installs, so that no requirement of the user's installs it again. */
import { isCudaPackage } from '../facts/cuda.ts'
import type { FrameworkFacts } from '../facts/frameworks.ts'
import { parseRequirement, type Requirement } from '../project/requirements.ts'
import { hasBuilds, type Build } from './accelerator.ts'
import type { FrameworkInstall } from './environment.ts'
import { localOf } from './specifier.ts'

export interface Installed {
  readonly facts: FrameworkFacts
  readonly build: Build
  readonly install: FrameworkInstall
}

/** The frameworks that this name stands for, or comes with. */
export function findInstalled({ name, url }: Requirement, installed: readonly Installed[]): Installed | undefined {
  if (url !== undefined) return undefined
  return installed.find(({ facts }) => [...facts.distributions, ...facts.retired, ...facts.companions].includes(name))
}

/**
 * Whether pip would install something a second time, or what nothing here can use: a framework under another name or as
 * another build, or the CUDA libraries beside a build for the CPU. A requirement that is fulfilled may stay.
 */
export function isReplaced(requirement: Requirement, installed: readonly Installed[]): boolean {
  const found = findInstalled(requirement, installed)
  if (found === undefined) return isCudaPackage(requirement.name) && installed.some(isCpuBuild)
  return localOf(requirement.specifier) !== undefined || !isFulfilled(requirement.name, found)
}

/** One of several builds, of which none has CUDA. */
function isCpuBuild({ facts, build }: Installed): boolean {
  return hasBuilds(facts, 'cuda') && build.kind === 'cpu'
}

/** Whether the layer installs a distribution of this name on every platform. */
function isFulfilled(name: string, { facts, install }: Installed): boolean {
  const names = install.requirements.map((text) => parseRequirement(text)?.name ?? '')
  if (facts.companions.includes(name)) return names.includes(name)
  return names.filter((other) => !facts.companions.includes(other)).every((other) => other === name)
}
