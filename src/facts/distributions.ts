/** What well-known Python packages are like: misnamed, for another system, for a GPU, compiled, or several of one module. */
import distributions from './data/distributions.json' with { type: 'json' }

/** A package without wheels that is compiled with CUDA's compiler, and with PyTorch at hand. */
export interface CompiledDistribution {
  readonly name: string
  /** `owner/name` on GitHub, in lower case. */
  readonly repository: string
  /** Whether its own releases offer wheels that can be named by their address. */
  readonly hasWheels: boolean
}

/** A module that several distributions install, of which only one can be there. */
export interface SharedModule {
  readonly module: string
  /** The lower, the more of the others it has, or the less it needs. */
  readonly rank: number
}

type Table = Readonly<Record<string, string>>

const MISNAMED: Table = distributions.misnamed
const OTHER_SYSTEMS: Table = distributions.otherSystems
const NEEDS_GPU: Table = distributions.needsGpu
const HEADLESS: Table = distributions.headless
const DOWNLOADERS: ReadonlySet<string> = new Set(distributions.downloaders)
const MODULES: ReadonlyMap<string, SharedModule> = new Map(
  distributions.modules.flatMap(({ module, distributions: names }) => names.map((name, rank) => [name, { module, rank }] as const)),
)

/** What a name that cannot be installed is called on the index: empty for one that has no successor, undefined for a name that is fine. */
export function findRightName(distribution: string): string | undefined {
  return lookUp(MISNAMED, distribution)
}

/** The only system, as `sys_platform` names it, that a distribution has wheels for. */
export function findOnlySystem(distribution: string): string | undefined {
  return lookUp(OTHER_SYSTEMS, distribution)
}

/** What does the same without a GPU, or an empty text, for a distribution that is of no use without one. */
export function findGpuTwin(distribution: string): string | undefined {
  return lookUp(NEEDS_GPU, distribution)
}

/** The build of OpenCV without windows that takes the place of one with. */
export function findHeadless(distribution: string): string | undefined {
  return lookUp(HEADLESS, distribution)
}

/** The module of a distribution that is not the only one to install it. */
export function findSharedModule(distribution: string): SharedModule | undefined {
  return MODULES.get(distribution)
}

/** Whether it downloads models or data into the cache of Hugging Face. */
export function isDownloader(distribution: string): boolean {
  return DOWNLOADERS.has(distribution)
}

export function findCompiled(distribution: string): CompiledDistribution | undefined {
  return distributions.compiled.find(({ name }) => name === distribution)
}

/** The same by the address of its source. */
export function findCompiledSource(url: string): CompiledDistribution | undefined {
  const address = url.toLowerCase()
  return distributions.compiled.find(({ repository }) => address.includes(`github.com/${repository}`))
}

function lookUp(table: Table, name: string): string | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined
}
