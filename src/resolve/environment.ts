/** What resolving decides about the world inside the images, before anything is laid out in layers. */
import type { Decision } from './decision.ts'
import type { Located } from '../config/located.ts'
import type { Requirement } from '../project/requirements.ts'

export interface Environment {
  /** `X.Y`, such as `3.11`. */
  readonly pythonVersion: string
  /** A full image reference with a tag or digest. */
  readonly baseImage: string
  /** The comment above FROM: one line, why this image. */
  readonly baseImageReason: string
  /** Debian packages of the user, the model type and the framework; sorted, each once. */
  readonly systemPackages: readonly string[]
  /** The framework's own layer; undefined for plain Python, or with `install: none`. */
  readonly framework: FrameworkInstall | undefined
  /** Other packages as PEP 508 requirements: those of the model type, then the user's. */
  readonly packages: readonly string[]
  readonly requirements: readonly RequirementsFile[]
  /** Default variables of the images, in the order in which they are to be written. */
  readonly variables: readonly (readonly [name: string, value: string])[]
  /** A Compose byte value; jobs and services get it where the user gives none. Undefined leaves Docker's 64 MiB. */
  readonly shmSize: string | undefined
  /** A Compose duration such as `60s`, how long a server may take to load its model. */
  readonly startPeriod: string
  readonly decisions: readonly Decision[]
}

/** One layer that installs the leading framework with exact versions. */
export interface FrameworkInstall {
  /** The canonical name, such as `pytorch`, and the one to print, such as `PyTorch`. */
  readonly name: string
  readonly title: string
  /** The exact version, or undefined where nothing is known and the newest is installed. */
  readonly version: string
  /** PEP 508 requirements taken from the framework's own index; markers tell platforms apart. */
  readonly requirements: readonly string[]
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
