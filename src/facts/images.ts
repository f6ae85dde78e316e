/** Which Pythons there are, and the image that each is in. */
import python from './data/python.json' with { type: 'json' }

export interface PythonFacts {
  /** `X.Y`. */
  readonly version: string
  /** The month, `YYYY-MM`, since which it gets no fixes any more; undefined for one that is alive. */
  readonly endOfLife?: string | undefined
}

/** Ascending. */
export const PYTHONS: readonly PythonFacts[] = python.versions

const [PYTHON_SOURCE = '', IMAGE_SOURCE = ''] = python.source

/** Where it is known from which Pythons are alive, and which images there are. */
export { IMAGE_SOURCE, PYTHON_SOURCE }

export const DEFAULT_PYTHON = python.default

/** The system in the images, such as `Debian 12 (bookworm)`. */
export const IMAGE_SYSTEM = python.system

/** The image with a Python, given as `X.Y` or `X.Y.Z`. */
export function imageOfPython(version: string): string {
  return python.image.replace('{version}', version)
}
