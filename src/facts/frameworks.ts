/** What is known of each framework: its releases, their Pythons and CUDA builds, and how it is installed. */
import pytorch from './data/pytorch.json' with { type: 'json' }
import scikitLearn from './data/scikit-learn.json' with { type: 'json' }
import tensorflow from './data/tensorflow.json' with { type: 'json' }

/** One release and what it has wheels for. */
export interface Release {
  readonly version: string
  /** `X.Y`, ascending. */
  readonly python: readonly string[]
  /** CUDA versions `X.Y`, ascending; empty where no wheel brings CUDA. */
  readonly cuda: readonly string[]
  /** Versions of the companions that were made for this release, by name; one that is unknown is absent. */
  readonly companions: Readonly<Record<string, string>>
}

export interface FrameworkFacts {
  readonly name: string
  readonly title: string
  readonly aliases: readonly string[]
  /** The names under which it is distributed, in their normalised spelling; the first is the usual one. */
  readonly distributions: readonly string[]
  /** Names under which an empty package or an error is left today; their versions mean nothing. */
  readonly retired: readonly string[]
  /** Packages that have to come from the same builds, such as torchvision. */
  readonly companions: readonly string[]
  /** Its own wheel index; `{build}` stands for `cpu` or `cu126`. */
  readonly index: { readonly argument: string; readonly url: string } | undefined
  /** PEP 508 requirements with `{version}`, `{extras}` and `{build}`; without `cuda` it runs on the CPU alone. */
  readonly install: { readonly cpu: readonly string[]; readonly cuda?: readonly string[] | undefined }
  /** Extras that bring the CUDA libraries. */
  readonly cudaExtras: readonly string[]
  /** Ascending. */
  readonly releases: readonly Release[]
}

/** A data file: releases that share everything stand in one row. */
interface FrameworkData extends Pick<FrameworkFacts, 'name' | 'title' | 'aliases' | 'distributions' | 'install'> {
  readonly retired?: readonly string[] | undefined
  readonly companions?: readonly string[] | undefined
  readonly index?: FrameworkFacts['index']
  readonly cudaExtras?: readonly string[] | undefined
  readonly releases: readonly ReleaseData[]
}

interface ReleaseData {
  readonly versions: readonly string[]
  readonly python: readonly string[]
  readonly cuda?: readonly string[] | undefined
  readonly companions?: Readonly<Record<string, string | undefined>> | undefined
}

const DATA: readonly FrameworkData[] = [scikitLearn, pytorch, tensorflow]

/** The frameworks that are built today. */
export const FRAMEWORKS: readonly FrameworkFacts[] = DATA.map((data) => ({
  name: data.name,
  title: data.title,
  aliases: data.aliases,
  distributions: data.distributions,
  retired: data.retired ?? [],
  companions: data.companions ?? [],
  index: data.index,
  install: data.install,
  cudaExtras: data.cudaExtras ?? [],
  releases: data.releases.flatMap(releasesOf),
}))

/** The name that stands for none of them. */
export const PLAIN_PYTHON = 'python'

/** Frameworks of the language that are not built yet. */
const LATER = ['jax', 'xgboost', 'lightgbm', 'transformers', 'onnx']

/** Every name that the language knows, aliases included, whether it is built yet or not. */
export const FRAMEWORK_NAMES: readonly string[] = [...FRAMEWORKS.flatMap(({ name, aliases }) => [name, ...aliases]), ...LATER, PLAIN_PYTHON]

/** The framework with this name or alias; undefined for plain Python, for one that is not built yet and for an unknown name. */
export function findFramework(name: string): FrameworkFacts | undefined {
  return FRAMEWORKS.find((facts) => facts.name === name || facts.aliases.includes(name))
}

function releasesOf({ versions, python, cuda, companions }: ReleaseData): readonly Release[] {
  const known = Object.fromEntries(Object.entries(companions ?? {}).flatMap(([name, version]) => (version === undefined ? [] : [[name, version]])))
  return versions.map((version) => ({ version, python, cuda: cuda ?? [], companions: known }))
}
