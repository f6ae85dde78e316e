/** Whether machine code for some generations of GPUs runs on another one. */

/** `kernels` are compute capabilities, of which one may end with `+PTX`, or names of AMD's. Code for 8.6 runs on 8.9 and not on 9.0; PTX is compiled by the driver for whatever is newer. */
export function hasCodeFor(capability: string, kernels: readonly string[]): boolean {
  const [major, minor] = capability.split('.').map(Number)
  return kernels.some((kernel) => {
    if (kernel === capability) return true
    const [ownMajor = 0, ownMinor = 0] = kernel.replace('+PTX', '').split('.').map(Number)
    if (major === undefined || minor === undefined || Number.isNaN(ownMajor)) return false
    if (ownMajor === major && ownMinor <= minor) return true
    return kernel.endsWith('+PTX') && ownMajor < major
  })
}
