/** Which release of a package that mlstack brings along runs on a Python. */
import { compareVersions } from './specifier.ts'

interface Release {
  readonly version: string
  /** `X.Y`. */
  readonly oldestPython: string
}

/** Of releases in ascending order the newest one; the oldest of all for a Python that none of them is for, of which something else was said. */
export function releaseFor(python: string, releases: readonly Release[]): Release {
  const release = releases.findLast(({ oldestPython }) => compareVersions(oldestPython, python) <= 0) ?? releases[0]
  if (release === undefined) throw new Error('no release is known')
  return release
}
