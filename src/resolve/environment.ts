/** What resolving decides about the world inside the images, before anything is laid out in layers. */
import type { Build } from './accelerator.ts'
import type { Decision } from './decision.ts'
import type { Located } from '../config/located.ts'
import type { Requirement } from '../project/requirements.ts'
import type { GpuTarget } from './gpu-target.ts'
import type { Platforms } from './platforms.ts'
import type { ResolvedServer } from './server.ts'

export interface Environment {
  /** `X.Y`, such as `3.11`. */
  readonly pythonVersion: string
  /** A full image reference with a tag or digest. */
  readonly baseImage: string
  /** The comment above FROM: one line, why this image. */
  readonly baseImageReason: string
  /** Debian packages of the user, the model type and the frameworks; sorted, each once. */
  readonly systemPackages: readonly SystemPackage[]
  /** Each is a layer of its own, in the order of installing; none for plain Python, or with `install: none`. */
  readonly frameworks: readonly FrameworkInstall[]
  /** Other packages as PEP 508 requirements: those of the model type, those that keys bring, then the user's. */
  readonly packages: readonly string[]
  /** The keys that bring some of them. */
  readonly broughtBy: readonly string[]
  readonly requirements: readonly RequirementsFile[]
  /** What the notebook has beside all these. */
  readonly ofNotebook: NotebookPackages
  /** Files that limit every installation, the one that the config names and then what it includes; relative to the config. */
  readonly constraints: readonly string[]
  /** Default variables of the images, in the order in which they are to be written. */
  readonly variables: readonly (readonly [name: string, value: string])[]
  /** A Compose byte value; jobs and services get it where the user gives none. Undefined leaves Docker's 64 MiB. */
  readonly shmSize: string | undefined
  /** A Compose duration such as `60s`, how long a server may take to load its model. */
  readonly startPeriod: string
  readonly decisions: readonly Decision[]
}

export interface NotebookPackages {
  /** PEP 508 requirements. */
  readonly requirements: readonly string[]
  readonly decisions: readonly Decision[]
}

/** A Debian package as apt takes it, `name` or `name=version`, and why it is there. */
export interface SystemPackage {
  readonly name: string
  /** Such as `opencv-python loads it`. */
  readonly because: string
}

/** The builds for GPUs that were chosen, as far as a machine has to fit them. */
export interface GpuBuild {
  /** The newest CUDA or ROCm; undefined where no build of ours brings one. */
  readonly version: string | undefined
  /** The oldest driver that runs it. */
  readonly oldestDriver: string | undefined
  /** The generations of GPUs that each framework has machine code for, where that is known. */
  readonly kernels: readonly { readonly framework: string; readonly capabilities: readonly string[] }[]
}

/** What the images of a config need: those of roles with a GPU, and the others. */
export interface Environments {
  /** Undefined where every role has a GPU. */
  readonly cpu: Environment | undefined
  /** Undefined where no role has one. */
  readonly gpu: Environment | undefined
  /** The GPUs; undefined where no role has one. */
  readonly target: GpuTarget | undefined
  /** What the GPU images ask of the machine. */
  readonly gpuBuild: GpuBuild
  readonly platforms: Platforms
  /** The ready-made server of `serve`; undefined where a command of the user's serves, or nothing does. */
  readonly server: ResolvedServer | undefined
  /** Folders of projects that requirements name, relative to the config: they are code. */
  readonly projects: readonly Located<string>[]
}

/** One layer that installs a framework with exact versions. */
export interface FrameworkInstall {
  /** The canonical name, such as `pytorch`, and the one to print, such as `PyTorch`. */
  readonly name: string
  readonly title: string
  /** The exact version. */
  readonly version: string
  readonly build: Build
  /** PEP 508 requirements taken from the framework's own index; markers tell platforms apart. */
  readonly requirements: readonly string[]
  /** PEP 508 requirements that hold other packages where the framework works with them. */
  readonly limits: readonly string[]
  /** The framework's own wheel index: the build argument that holds it, and its default. Undefined: the usual index. */
  readonly index: { readonly argument: string; readonly url: string } | undefined
  /** One line for the Dockerfile's comment, such as `CPU wheels: no GPU is asked for`. */
  readonly reason: string
}

/** A requirements file of the user's, as it is to be installed. */
export interface RequirementsFile {
  /** Its path relative to the config, and every file that it includes with `-r` or `-c`. */
  readonly path: string
  readonly includes: readonly string[]
  /** Set where lines had to be left out, or where the file is none that pip reads: the text to install instead of the user's, with `-r` files in place and `-c` files named from the config's folder. */
  readonly rewritten: string | undefined
  /** PEP 508 requirements that it installs here, without those that are compiled. */
  readonly requirements: readonly string[]
  /** Requirements that have to be compiled, which are left out of `rewritten`. */
  readonly compiled: readonly string[]
  /** The Debian packages that compiling them takes, sorted. */
  readonly buildPackages: readonly string[]
  /** Whether the file has hashes: then pip demands one of every requirement on the command line. */
  readonly isHashed: boolean
  /** Whether it names all that is to be installed, so that pip must add nothing. */
  readonly isLocked: boolean
}

/** A requirement that the user wrote, in place or in a file; the span is the requirement itself. */
export interface UserRequirement extends Located<Requirement> {
  /** `python.packages`, or the file's name. */
  readonly place: string
  /** True where it only limits what others ask for. */
  readonly isConstraint: boolean
}
