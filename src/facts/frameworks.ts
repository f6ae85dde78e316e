/** What is known of each framework: its releases, their Pythons and CUDA builds, and how it is installed. */
import jax from './data/jax.json' with { type: 'json' }
import lightgbm from './data/lightgbm.json' with { type: 'json' }
import onnx from './data/onnx.json' with { type: 'json' }
import pytorch from './data/pytorch.json' with { type: 'json' }
import scikitLearn from './data/scikit-learn.json' with { type: 'json' }
import tensorflow from './data/tensorflow.json' with { type: 'json' }
import transformers from './data/transformers.json' with { type: 'json' }
import xgboost from './data/xgboost.json' with { type: 'json' }

/** PEP 508 requirements by the kind of build, with `{version}`, `{extras}`, `{build}` (`cpu`, `cu126`, `rocm6.4`) and `{major}` (`12` of CUDA 12.6). */
export interface Recipes {
  readonly cpu: readonly string[]
  /** Undefined: no wheels for NVIDIA's GPUs. */
  readonly cuda?: readonly string[] | undefined
  /** Undefined: no wheels for AMD's GPUs. */
  readonly rocm?: readonly string[] | undefined
}

/** One release and what it has wheels for. */
export interface Release {
  readonly version: string
  /** Pythons `X.Y` with wheels for Linux on x86-64, ascending. */
  readonly python: readonly string[]
  /** Those among them with wheels for Linux on 64-bit ARM too. */
  readonly arm64: readonly string[]
  /** CUDA versions, ascending: `X.Y`, or `X` where one build serves a whole generation. Empty where no wheel brings CUDA. */
  readonly cuda: readonly string[]
  /** Those of them that its makers call experimental: they are taken only where they are asked for, or nothing else fits. */
  readonly experimental: readonly string[]
  /** ROCm versions `X.Y` or `X.Y.Z`, ascending. */
  readonly rocm: readonly string[]
  /** Versions of the companions that were made for this release, by name; one that is unknown is absent. */
  readonly companions: Readonly<Record<string, string>>
  /** Ranges (PEP 440) of other frameworks, by their names, that it works with. */
  readonly requires: Readonly<Record<string, string>>
  /** PEP 508 requirements that keep other packages where it still works with them, such as `numpy<2`. */
  readonly limits: readonly string[]
  readonly install: Recipes
}

/** A default variable of the images that hold the framework. */
export interface FrameworkVariable {
  readonly name: string
  readonly value: string
  /** The kinds of build that it is for; all where undefined. */
  readonly builds: readonly BuildKind[] | undefined
}

export type BuildKind = 'cpu' | 'cuda' | 'rocm'

const BUILD_KINDS: readonly BuildKind[] = ['cpu', 'cuda', 'rocm']

/** Which GPUs a build has machine code for. */
export interface Kernels {
  /** The releases, as a PEP 440 range. */
  readonly versions: string
  /** The CUDA or ROCm version, as releases name it; all of that kind where undefined. */
  readonly cuda: string | undefined
  readonly rocm: string | undefined
  /** Compute capabilities `X.Y`, ascending, of which one may end with `+PTX`; AMD's are names such as `gfx942`. */
  readonly x64: readonly string[]
  readonly arm64: readonly string[]
}

export interface FrameworkFacts {
  readonly name: string
  readonly title: string
  /** Where its releases are listed: an address, or a document by its title. */
  readonly source: string
  /** All of the table; each says in brackets what it is for. */
  readonly sources: readonly string[]
  readonly aliases: readonly string[]
  /** The names under which it is distributed, in their normalised spelling; the first is the usual one. */
  readonly distributions: readonly string[]
  /** Names under which an empty package or an error is left today; their versions mean nothing. */
  readonly retired: readonly string[]
  /** Packages that have to come from the same builds, such as torchvision. */
  readonly companions: readonly string[]
  /** Its own wheel index; `{build}` stands for `cpu` or `cu126`. */
  readonly index: { readonly argument: string; readonly url: string } | undefined
  /** Extras that bring the libraries of a kind of build, with `{major}` for the CUDA generation. */
  readonly buildExtras: Readonly<Partial<Record<BuildKind, readonly string[]>>>
  /** Every extra, of any release, that means a kind of build: they follow `gpu` and not the user's brackets. */
  readonly gpuExtras: readonly string[]
  /** Frameworks of which it needs one, by name, the usual one first; empty for one that stands alone. */
  readonly backends: readonly string[]
  /** Debian packages that it loads. */
  readonly system: readonly string[]
  readonly variables: readonly FrameworkVariable[]
  /** What starts one process a GPU, as the words before the script; undefined where one process uses all of them. */
  readonly launcher: readonly string[] | undefined
  readonly kernels: readonly Kernels[]
  /** The kinds of build that some release has. */
  readonly builds: readonly BuildKind[]
  /** Ascending. */
  readonly releases: readonly Release[]
}

/** A data file: releases that share everything stand in one row, and what a row lacks is the framework's. */
interface FrameworkData extends Pick<FrameworkFacts, 'name' | 'title' | 'aliases' | 'distributions'> {
  readonly source: readonly string[]
  readonly retired?: readonly string[] | undefined
  readonly companions?: readonly string[] | undefined
  readonly index?: FrameworkFacts['index']
  readonly install: Recipes
  readonly buildExtras?: FrameworkFacts['buildExtras'] | undefined
  readonly gpuExtras?: readonly string[] | undefined
  readonly backends?: readonly string[] | undefined
  readonly system?: readonly string[] | undefined
  readonly variables?: readonly VariableData[] | undefined
  readonly launcher?: readonly string[] | undefined
  readonly kernels?: readonly KernelData[] | undefined
  readonly releases: readonly ReleaseData[]
}

interface VariableData extends Pick<FrameworkVariable, 'name' | 'value'> {
  readonly builds?: readonly string[] | undefined
}

interface KernelData extends Pick<Kernels, 'versions' | 'x64'> {
  readonly cuda?: string | undefined
  readonly rocm?: string | undefined
  readonly arm64?: readonly string[] | undefined
}

interface ReleaseData {
  readonly versions: readonly string[]
  readonly python: readonly string[]
  /** The same as `python` where it is absent. */
  readonly arm64?: readonly string[] | undefined
  readonly cuda?: readonly string[] | undefined
  readonly experimental?: readonly string[] | undefined
  readonly rocm?: readonly string[] | undefined
  readonly companions?: Readonly<Record<string, string | undefined>> | undefined
  readonly requires?: Readonly<Record<string, string | undefined>> | undefined
  readonly limits?: readonly string[] | undefined
  readonly install?: Recipes | undefined
}

const DATA: readonly FrameworkData[] = [scikitLearn, pytorch, tensorflow, jax, xgboost, lightgbm, transformers, onnx]

/** Every framework of the language but plain Python. */
export const FRAMEWORKS: readonly FrameworkFacts[] = DATA.map(frameworkOf)

/** The name that stands for none of them. */
export const PLAIN_PYTHON = 'python'

/** Every name that the language knows, aliases included. */
export const FRAMEWORK_NAMES: readonly string[] = [...FRAMEWORKS.flatMap(({ name, aliases }) => [name, ...aliases]), PLAIN_PYTHON]

/** The framework with this name or alias; undefined for plain Python and for an unknown name. */
export function findFramework(name: string): FrameworkFacts | undefined {
  return FRAMEWORKS.find((facts) => facts.name === name || facts.aliases.includes(name))
}

/** The sources of a framework's table that speak of something, such as `kernels` or `libgomp`; undefined where none does. */
export function findSources({ sources }: Pick<FrameworkFacts, 'sources'>, word: string): string | undefined {
  const found = sources.filter((source) => source.includes(word))
  return found.length === 0 ? undefined : found.join('; ')
}

/** Releases are spread out when they are first looked at: a config has one framework or two, and a start should not wait for the others. */
function frameworkOf(data: FrameworkData): FrameworkFacts {
  let releases: readonly Release[] | undefined
  return {
    name: data.name,
    title: data.title,
    source: data.source[0] ?? data.title,
    sources: data.source,
    aliases: data.aliases,
    distributions: data.distributions,
    retired: data.retired ?? [],
    companions: data.companions ?? [],
    index: data.index,
    buildExtras: data.buildExtras ?? {},
    gpuExtras: data.gpuExtras ?? [],
    backends: data.backends ?? [],
    system: data.system ?? [],
    variables: (data.variables ?? []).map(({ name, value, builds }) => ({ name, value, builds: builds as readonly BuildKind[] | undefined })),
    launcher: data.launcher,
    kernels: (data.kernels ?? []).map(({ versions, cuda, rocm, x64, arm64 }) => ({ versions, cuda, rocm, x64, arm64: arm64 ?? x64 })),
    builds: BUILD_KINDS.filter((kind) => [data.install, ...data.releases.flatMap(({ install }) => install ?? [])].some((recipes) => recipes[kind] !== undefined)),
    get releases() {
      releases ??= data.releases.flatMap((row) => releasesOf(row, data.install))
      return releases
    },
  }
}

function releasesOf(row: ReleaseData, recipes: Recipes): readonly Release[] {
  return row.versions.map((version) => ({
    version,
    python: row.python,
    arm64: row.arm64 ?? row.python,
    cuda: row.cuda ?? [],
    experimental: row.experimental ?? [],
    rocm: row.rocm ?? [],
    companions: present(row.companions),
    requires: present(row.requires),
    limits: row.limits ?? [],
    install: row.install ?? recipes,
  }))
}

/** TypeScript gives rows of a JSON file the keys of all others, as undefined. */
function present(values: Readonly<Record<string, string | undefined>> | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(values ?? {}).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))
}
