/** The oldest NVIDIA driver that runs a CUDA version. */
import cuda from './data/cuda.json' with { type: 'json' }

/** Takes `X.Y`; the driver's version, or undefined where the CUDA generation is unknown. */
export function findOldestDriver(version: string): string | undefined {
  const major = version.split('.')[0]
  return cuda.oldestDrivers.find((row) => row.major === major)?.driver
}
