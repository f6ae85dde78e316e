/** Versions of NVIDIA's drivers: a branch such as `580` stands for its newest driver, `580.65.06` for itself. */
import { findDriverOf, findOldestDriver } from '../facts/cuda.ts'
import { compareVersions } from './specifier.ts'

/** Of what is no version, nothing is said. */
export function isDriverNewEnough(driver: string, oldest: string): boolean {
  if (!/^[\d.]*\d$/.test(driver)) return true
  const length = driver.split('.').length
  return compareVersions(oldest.split('.').slice(0, length).join('.'), driver) <= 0
}

/** The oldest driver that runs a CUDA version on GPUs of some generations. */
export function driverNeededFor(cuda: string, capabilities: readonly string[]): string | undefined {
  const drivers = [findOldestDriver(cuda), ...capabilities.map(findDriverOf)]
  return drivers.filter((driver) => driver !== undefined).sort(compareVersions).at(-1)
}
