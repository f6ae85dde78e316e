/** What is known of CUDA itself: the drivers that run it, and the packages that bring it. */
import cuda from './data/cuda.json' with { type: 'json' }

/** Where the drivers are from. */
export const CUDA_SOURCE = cuda.source[0] ?? ''

/** The oldest NVIDIA driver that runs a CUDA version `X.Y`, or undefined where the CUDA generation is unknown. */
export function findOldestDriver(version: string): string | undefined {
  const major = version.split('.')[0]
  return cuda.oldestDrivers.find((row) => row.major === major)?.driver
}

/** Whether a distribution (normalised name) holds libraries that only a GPU uses, with or without the generation, as in `nvidia-cudnn-cu12`. */
export function isCudaPackage(distribution: string): boolean {
  return cuda.packages.includes(distribution.replace(/-cu\d+$/, ''))
}

/** Temporary: replaced by the table of capabilities. */
export function supportsCapability(version: string, capability: string): boolean {
  return !/^1[02]\./.test(capability) || /^1[34]|^12\.[89]/.test(version)
}
