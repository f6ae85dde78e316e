/** What is known of CUDA itself: the drivers that run it, and the packages that bring it. */
import cuda from './data/cuda.json' with { type: 'json' }

/** The oldest NVIDIA driver that runs a CUDA version `X.Y`, or undefined where the CUDA generation is unknown. */
export function findOldestDriver(version: string): string | undefined {
  const major = version.split('.')[0]
  return cuda.oldestDrivers.find((row) => row.major === major)?.driver
}

/** Whether a distribution (normalised name) holds libraries that only a GPU uses, with or without the generation, as in `nvidia-cudnn-cu12`. */
export function isCudaPackage(distribution: string): boolean {
  return cuda.packages.includes(distribution.replace(/-cu\d+$/, ''))
}

/** The newest CUDA generation that a driver such as `550.54.15` runs; undefined for one older than all that is known. */
export function newestCudaFor(driver: string): string | undefined {
  const branch = (version: string) => Number(version.split('.')[0])
  return cuda.oldestDrivers.findLast((row) => branch(row.driver) <= branch(driver))?.major
}
