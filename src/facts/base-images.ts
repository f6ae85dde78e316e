/** What is known of base images that users name, by their repositories and tags. */
import images from './data/base-images.json' with { type: 'json' }
import cudaImages from './data/cuda-images.json' with { type: 'json' }

export interface ImageFamily {
  readonly names: readonly string[]
  /** Finds the Python, `X.Y`, in a tag. */
  readonly pythonTag?: string | undefined
  /** Debian with no package sources but its own. */
  readonly isDebian?: boolean | undefined
  /** Whether it has neither `python` nor `pip`. */
  readonly lacksPython?: boolean | undefined
  /** Finds the CUDA version, `X.Y` or empty, in the tag of an image that brings CUDA. */
  readonly cudaTag?: string | undefined
  /** Whether it refuses drivers that CUDA itself would run on. */
  readonly checksDriver?: boolean | undefined
  /** The framework that it holds, and how its version stands in the tag. */
  readonly framework?: string | undefined
  readonly versionTag?: string | undefined
  /** The range of that framework's versions whose images with CUDA see no GPU. */
  readonly blind?: string | undefined
}

export interface ImageReference {
  /** Without a registry's host and without `library/`; `nvidia/cuda`. */
  readonly name: string
  readonly tag: string
}

const FAMILIES: readonly ImageFamily[] = images.families

/** Splits a reference; the tag is empty where there is none. */
export function parseImage(reference: string): ImageReference {
  const [path = ''] = reference.split('@')
  const slash = path.lastIndexOf('/')
  const colon = path.indexOf(':', slash + 1)
  const repository = colon === -1 ? path : path.slice(0, colon)
  return { name: repository.replace(/^docker\.io\//, '').replace(/^library\//, ''), tag: colon === -1 ? '' : path.slice(colon + 1) }
}

export function findImageFamily({ name }: ImageReference): ImageFamily | undefined {
  return FAMILIES.find(({ names }) => names.includes(name))
}

/** The part of a tag that a family's pattern is about; undefined where there is none. */
export function readTag({ tag }: ImageReference, pattern: string | undefined): string | undefined {
  return pattern === undefined ? undefined : new RegExp(pattern).exec(tag)?.[1]
}

/** The Python, `X.Y`, of an image that says it in its tag. */
export function findPythonIn(image: ImageReference): string | undefined {
  return readTag(image, findImageFamily(image)?.pythonTag)
}

/** The word of a reference that names a system without Debian's tools, such as `alpine`. */
export function findOtherSystem({ name, tag }: ImageReference): string | undefined {
  return images.otherSystems.find((system) => name === system || tag.split('-').some((part) => part.startsWith(system)))
}

/** Whether the image has the CUDA compiler. */
export function hasCudaCompiler({ tag }: ImageReference): boolean {
  return images.compilerTags.some((word) => tag.split('-').includes(word))
}

/** The newest patch of a CUDA version that NVIDIA listed, where the given one, `X.Y.Z`, is older. */
export function findNewerCuda(version: string): string | undefined {
  const [major, minor, patch] = version.split('.')
  const newest = cudaImages.newest.find((known) => known.startsWith(`${major}.${minor}.`))
  return newest !== undefined && Number(patch) < Number(newest.split('.')[2]) ? newest : undefined
}
