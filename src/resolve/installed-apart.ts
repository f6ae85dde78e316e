/** Names of what the framework's layer installs, before it is known which framework there is. */
import { isCudaPackage } from '../facts/cuda.ts'
import { FRAMEWORKS } from '../facts/frameworks.ts'

/** Whether a distribution is a framework, comes with one, or is the CUDA that one needs. */
export function isInstalledApart(name: string): boolean {
  return isCudaPackage(name) || FRAMEWORKS.some(({ distributions, retired, companions }) => [...distributions, ...retired, ...companions].includes(name))
}
