/** What a resolver is asked and what it answers, whether it is uv on this machine or pip in the base image. */

export interface ResolveRequest {
  /** The base image with its digest. */
  readonly base: string
  readonly facts: BaseFacts
  /** Such as `linux/amd64`; undefined for the one that Docker runs by itself. */
  readonly platform: string | undefined
  /** Debian packages without which some sources cannot be read, such as git. */
  readonly systemPackages: readonly string[]
  /** The texts of requirements files by their path, relative to a folder that the resolver chooses. */
  readonly files: Readonly<Record<string, string>>
  /** In the order of installing. */
  readonly layers: readonly RequestedLayer[]
}

export interface RequestedLayer {
  /** PEP 508 requirements. */
  readonly requirements: readonly string[]
  /** Those that one index alone has, by its URL. */
  readonly own: { readonly index: string; readonly requirements: readonly string[] } | undefined
  /** One of the request's files. */
  readonly file: string | undefined
}

/** What the base image tells of itself. */
export interface BaseFacts {
  /** `X.Y.Z`. */
  readonly python: string
  /** The version of its C library, such as `2.36`; empty where that is not GNU's. */
  readonly glibc: string
  /** What pip is configured with in the image. */
  readonly pip: { readonly index: string; readonly extraIndexes: readonly string[]; readonly links: readonly string[]; readonly trusted: readonly string[] }
}

export interface ResolvedPackage {
  /** In its normalised spelling. */
  readonly name: string
  readonly version: string
  /** For what is no file of an index; that of a version control ends with `@COMMIT`. */
  readonly url: string | undefined
  /** SHA-256, sorted. */
  readonly hashes: readonly string[]
}

/** For each layer, what it and those before it install together; nothing that comes later changes a version. */
export type Resolution = readonly (readonly ResolvedPackage[])[]

export type Resolve = (request: ResolveRequest) => Promise<Resolution>

/** The lock cannot be made. `isOwn` where the user's requirements are to blame and not the machine. */
export class LockError extends Error {
  override readonly name = 'LockError'
  readonly help: string
  readonly isOwn: boolean

  constructor(message: string, { help, isOwn = false }: { readonly help: string; readonly isOwn?: boolean }) {
    super(message)
    this.help = help
    this.isOwn = isOwn
  }
}

/** Requirements by which a resolver takes these versions and no others. */
export function constraintsOf(packages: readonly ResolvedPackage[]): string {
  return packages.map(({ name, version, url }) => (url === undefined ? `${name}==${version}\n` : '')).join('')
}

/** A resolver found no versions; its own words say why. */
export function noVersions(resolver: 'uv' | 'pip', words: string): LockError {
  const lines = words.trim().replace(CREDENTIAL, '$1…@').split('\n').filter((line) => !/^\s*(?:warning|notice|\[notice\])/i.test(line))
  return new LockError(`${resolver} finds no versions to lock:\n${lines.slice(-WORDS_LIMIT).map((line) => `  ${line}`).join('\n')}`, {
    help: 'change what is asked for, or where it is looked for: PIP_INDEX_URL, PIP_EXTRA_INDEX_URL, PYTORCH_INDEX_URL',
    isOwn: true,
  })
}

/** An index of the shell's may have one in its URL. */
const CREDENTIAL = /(:\/\/)[^\s/@]+@/g

/** A reason is at the end, and whole logs help nobody. */
const WORDS_LIMIT = 15
