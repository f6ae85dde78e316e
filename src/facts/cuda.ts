/** What is known of CUDA itself: the drivers that run it, the GPUs that it knows, and the packages that bring it. */
import cuda from './data/cuda.json' with { type: 'json' }

/** Where the drivers are from. */
export const CUDA_SOURCE = cuda.source[0] ?? ''

interface Capability {
  readonly version: string
  /** The first CUDA `X.Y` that makes code for it. */
  readonly first: string
  /** The last one; undefined where all since do. */
  readonly last?: string | undefined
  /** The first branch of drivers that knows it, where some that run its CUDA do not. */
  readonly driver?: string | undefined
}

const CAPABILITIES: readonly Capability[] = cuda.capabilities

/** The first branch of drivers that knows GPUs of a compute capability, where that is more than their CUDA needs. */
export function findDriverOf(capability: string): string | undefined {
  return CAPABILITIES.find(({ version }) => version === capability)?.driver
}

/** The oldest NVIDIA driver that runs a CUDA version `X.Y`, or undefined where the CUDA generation is unknown. */
export function findOldestDriver(version: string): string | undefined {
  const major = version.split('.')[0]
  return cuda.oldestDrivers.find((row) => row.major === major)?.driver
}

/**
 * Whether CUDA `X.Y` makes code for GPUs of a compute capability, or `X` in any of its versions; undefined where the capability is unknown.
 * Code for a smaller number of the same generation may run there all the same: `kernels` of a framework know more of its wheels.
 */
export function supportsCapability(version: string, capability: string): boolean | undefined {
  const known = CAPABILITIES.find((row) => row.version === capability)
  if (known === undefined) return undefined
  const [oldest, newest] = version.includes('.') ? [version, version] : [`${version}.0`, `${version}.99`]
  return orderOf(known.first) <= orderOf(newest) && (known.last === undefined || orderOf(oldest) <= orderOf(known.last))
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

/** 12.10 comes after 12.9. */
function orderOf(version: string): number {
  const [major, minor] = version.split('.').map(Number)
  return (major ?? 0) * 100 + (minor ?? 0)
}
