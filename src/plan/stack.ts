/** The stack as a plan: what is built, what runs and what is kept, in terms of no particular target. */
import type { Template } from '../config/template.ts'
import type { Passed, PassedEntry } from './passed.ts'

export interface Stack {
  /** The project's name: it names networks, volumes and images. */
  readonly project: string
  /** The config's file name, for the comments in outputs. */
  readonly configFile: string
  /** The overlay of the config that was chosen. */
  readonly variant: string | undefined
  /** The name of the Compose file. */
  readonly composeFile: string
  readonly layout: Layout
  /** One for each set of roles that need the same. */
  readonly images: readonly Image[]
  /** Jobs and services of ours, in the order in which they are written. */
  readonly services: readonly Service[]
  /** What comes from outside of the stack. */
  readonly data: readonly DataSource[]
  /** Parameters that are mounted. */
  readonly paramsFiles: readonly ParamsFile[]
  /** What servers in the images of their makers read. */
  readonly serverFiles: readonly ServerFile[]
  /** Folders of the machine to make, as Compose reads them: from the output folder, absolute, or from `~`. */
  readonly folders: readonly string[]
  /** Files with a random token each to make, relative to the output folder. One that is there is kept, and git is to see none of them. */
  readonly tokenFiles: readonly string[]
  /** Folders of the user's that a service edits, as Compose reads them. */
  readonly editedFolders: readonly string[]
  /** The jobs that `up` runs, each after those that it waits for. */
  readonly jobOrder: readonly string[]
  /** What is otherwise on a machine with GPUs, where the stack is to start without any. */
  readonly overlay: GpuOverlay | undefined
  readonly volumes: readonly Volume[]
  /** Networks of ours beside the one that all are in. */
  readonly networks: readonly Network[]
  readonly secrets: readonly SecretSource[]
  /** What goes to Compose word for word. */
  readonly passed: {
    readonly services: readonly PassedEntry[]
    readonly volumes: readonly PassedEntry[]
    readonly networks: readonly PassedEntry[]
    readonly configs: readonly PassedEntry[]
    readonly include: Passed | undefined
    /** The services of the files that are included, as far as they can be read. */
    readonly included: readonly PassedEntry[]
  }
  readonly decisions: readonly { readonly subject: string; readonly value: string; readonly because: string }[]
}

export interface DataSource {
  /** The dataset's name; `model` for the one of `model.source`. */
  readonly name: string
  readonly use: 'dataset' | 'model'
  /** Where it is from: `file`, `folder`, `path` where it is not known which, `volume`, or the scheme of what is fetched. */
  readonly place: string
  /** As the user wrote it. */
  readonly source: Template
  /** How services have it. */
  readonly mount: Mount
}

export interface ParamsFile {
  /** Relative to the output folder. */
  readonly path: string
  readonly text: string
}

export interface ServerFile {
  /** Relative to the output folder. */
  readonly path: string
  readonly purpose: string
  readonly text: string
}

/** How the folders lie to each other, as relative paths with forward slashes; `.` is the same folder. */
export interface Layout {
  readonly configFromOutput: string
  readonly contextFromOutput: string
  readonly configFromContext: string
  readonly outputFromContext: string
}

export interface Image {
  /** The first role that uses it; it names the Dockerfile. */
  readonly name: string
  /** The first of them builds it. */
  readonly roles: readonly string[]
  /** Set for an image that has none of the user's code and packages: what runs in it instead. */
  readonly aside?: 'fetches' | 'tracking'
  /** Files that our helper has there besides those that it has everywhere, relative to the output folder. */
  readonly helpers?: readonly string[]
  readonly baseImage: string
  readonly baseImageReason: string
  /** Whether the user has chosen the base image. */
  readonly isForeignBase: boolean
  /** Such as `linux/arm64`; empty: for the machine that builds. */
  readonly platforms: readonly string[]
  readonly systemPackages: readonly { readonly name: string; readonly because: string }[]
  /** Undefined where nothing has to be compiled. */
  readonly builder: Builder | undefined
  /** In the order of installing: each is a layer, the one that changes least first. */
  readonly packages: readonly PackageLayer[]
  /** A file of constraints that holds for every layer; undefined where no framework limits other packages. Its path is relative to the build context. */
  readonly limits: { readonly path: string; readonly text: string } | undefined
  /** Files of the user's that limit what every layer installs: the first one, and those that it includes; relative to the build context. */
  readonly constraints: readonly string[]
  readonly installer: Installer
  /** Secrets that the build itself reads; none of them is in a layer. */
  readonly buildSecrets: readonly string[]
  /** Build arguments of the user's; a missing value is taken from the shell at build. */
  readonly buildArguments: readonly Variable[]
  /** Build arguments for wheel indexes that have a default. */
  readonly indexes: readonly { readonly argument: string; readonly url: string }[]
  /** Defaults that the frameworks bring. */
  readonly frameworkVariables: readonly (readonly [name: string, value: string])[]
  /** Defaults that Compose and the user may override. */
  readonly variables: readonly (readonly [name: string, value: string])[]
  /** Absolute in the image: commands run there, and code below the config keeps its place in it. */
  readonly workingFolder: string
  /** Projects of the code that count as installed. */
  readonly projects: readonly InstalledProject[]
  /** Folders of the user's own beside those that every image has: a volume that is new takes their owner. */
  readonly folders: readonly string[]
  /** Folders and files of code; sources are relative to the build context. */
  readonly code: readonly CodeCopy[]
  readonly ignore: readonly IgnoreSection[]
  readonly extras: BuildExtras
  /** Set where the image is made by a Dockerfile of the user's, and mlstack writes none. */
  readonly own?: OwnDockerfile
}

/** Paths are relative to the build context. */
export interface OwnDockerfile {
  readonly path: string
  readonly target: string | undefined
  /** What it copies into the image. */
  readonly sources: readonly string[]
}

/** What `build` of the config asks for besides packages and code. */
export interface BuildExtras {
  readonly steps: readonly BuildStep[]
  /** The secrets that steps see. */
  readonly secrets: readonly string[]
  /** The ids of SSH agents or keys that steps may use. */
  readonly sshIds: readonly string[]
  /** Keys of Compose's `build`, as they are written. */
  readonly options: readonly PassedEntry[]
  /** Whom containers run as, by number; undefined: MLSTACK_UID and MLSTACK_GID. */
  readonly user: { readonly uid: string; readonly gid: string } | undefined
  /** A file of certificates that are trusted, relative to the build context. */
  readonly certificates: string | undefined
}

/** A step of the user's in the build of an image. */
export interface BuildStep {
  /** Its place in `build.run`, counted from 0. */
  readonly index: number
  /** A line or a script for bash, as written. */
  readonly command: string
  readonly after: 'system' | 'packages' | 'code'
  /** Undefined: root. */
  readonly user: string | undefined
  readonly secrets: readonly { readonly name: string; readonly isExported: boolean }[]
}

export interface Installer {
  readonly tool: 'pip' | 'uv'
  /** The version of uv that builds fetch for themselves. */
  readonly uvVersion: string
  /** What takes the place of the public index, and what is asked as well, unless the shell names others. */
  readonly indexUrl: string | undefined
  readonly extraIndexUrls: readonly string[]
  /** Indexes that alone have the packages of these names, in which `*` stands for any letters. */
  readonly routes: readonly { readonly url: string; readonly patterns: readonly string[] }[]
  /** The build secrets that hold a user and a password for a host. */
  readonly logins: readonly { readonly host: string; readonly secret: string }[]
  /** Hosts that are asked without encryption. */
  readonly trustedHosts: readonly string[]
}

/** The build stage that makes wheels of what has none. */
export interface Builder {
  /** Debian packages. */
  readonly systemPackages: readonly string[]
  /** PEP 508 requirements. */
  readonly requirements: readonly string[]
  readonly locked?: LockedInstall
}

/** What is installed by the lock, in place of what is asked for. */
export interface LockedInstall {
  /** Requirements with hashes; the path is relative to the build context. Undefined where there are none. */
  readonly file: { readonly path: string; readonly text: string } | undefined
  /** PEP 508 requirements that name a commit: there is no file that could have a hash. */
  readonly commits: readonly string[]
}

export type PackageLayer = (FrameworkLayer | RequirementsLayer | ExtraLayer) & { readonly locked?: LockedInstall }

export interface FrameworkLayer {
  readonly kind: 'framework'
  /** The canonical name and the exact version. */
  readonly name: string
  readonly version: string
  /** The kind of build, with its version of CUDA or ROCm; `from-image`: it uses the CUDA of the base image. */
  readonly build: { readonly kind: 'cpu' | 'cuda' | 'rocm' | 'from-image'; readonly version?: string }
  /** Such as `PyTorch 2.13.0`. */
  readonly title: string
  readonly reason: string
  /** PEP 508 requirements with exact versions. */
  readonly requirements: readonly string[]
  /** PEP 508 requirements that hold other packages where it works with them. */
  readonly limits: readonly string[]
  /** The build argument that names the framework's own index; undefined for the usual index. */
  readonly indexArgument: string | undefined
}

export interface RequirementsLayer {
  readonly kind: 'requirements'
  /** The user's file, relative to the config. */
  readonly file: string
  /** The file and those that it includes, relative to the build context. */
  readonly path: string
  readonly includes: readonly string[]
  /** Where it lies among those that it includes, relative to the build context. */
  readonly place: string
  /** PEP 508 requirements that it installs, those that are compiled too. */
  readonly requirements: readonly string[]
  /** A copy of ours to install instead, without what other layers install; its path is relative to the build context. */
  readonly copy: { readonly path: string; readonly text: string } | undefined
  /** Whether wheels of the builder belong to it. */
  readonly isCompiled: boolean
  /** With hashes, pip takes nothing on the same command line that has none. */
  readonly isHashed: boolean
  /** Whether it names all that is to be installed, so that pip must add nothing. */
  readonly isLocked: boolean
}

export interface ExtraLayer {
  readonly kind: 'packages'
  readonly requirements: readonly string[]
  /** The keys of the config that bring some of them. */
  readonly broughtBy?: readonly string[]
  /** Set where they come on top of all that is installed by then, of which nothing is to change. */
  readonly isAddition?: true
}

/** What tells Python that a project is installed, while its code is imported from where it is copied. */
export interface InstalledProject {
  readonly name: string
  readonly version: string
  readonly requiresPython: string | undefined
  /** By group, such as `console_scripts`, each as `module:object`. */
  readonly entryPoints: readonly { readonly group: string; readonly points: readonly { readonly name: string; readonly object: string }[] }[]
  /** The file that says all this, relative to the config. */
  readonly file: string
}

export interface CodeCopy {
  readonly source: string
  readonly isFolder: boolean
  /** Absolute in the image. */
  readonly target: string
}

/** Patterns of an ignore file with the comment above them; the last match wins. */
export interface IgnoreSection {
  readonly comment: string
  readonly patterns: readonly string[]
}

/** A job ends by itself; a service stays. Both are built, run and described alike. */
export interface Service {
  readonly name: string
  readonly kind: 'job' | 'service'
  /** It starts only where one of them is asked for; empty: with all others. Those of the user's are among `overrides`. */
  readonly profiles: readonly string[]
  /** The name of an image; with `vendor`, an image of somebody else's with its tag. */
  readonly image: string
  /** Set where a server runs in the image of its makers: nothing is built, and nothing of mlstack is in it. */
  readonly vendor?: Vendor
  /** What it does, for a service that is no role of the config. */
  readonly purpose?: string
  /** Where a fetch gets its data from: a URL, also of what has another name in the config. */
  readonly origin?: Template
  readonly gate: Gate
  readonly command: Words | undefined
  /** What starts the command, where it runs as several processes. */
  readonly launch?: Launch
  /** Which of several containers of one job this is. */
  readonly node?: Node
  readonly environment: readonly Variable[]
  readonly mounts: readonly Mount[]
  readonly secrets: readonly string[]
  /** Services that fetch what is mounted here, which must have succeeded. */
  readonly fetches: readonly string[]
  /** Earlier jobs that must have succeeded. */
  readonly after: readonly string[]
  /** Servers that must be healthy first; none where nothing is said of it. */
  readonly reaches?: readonly string[]
  readonly port: number | undefined
  /** How many containers run; undefined where nothing is said of it. */
  readonly replicas: number | undefined
  /** The user's own `ports`, which take the place of the default. */
  readonly ports: Passed | undefined
  readonly health: Health | undefined
  readonly limits: Limits
  readonly gpu: Gpu | undefined
  readonly fileSystem: FileSystem
  /** Set where nothing in the image is of mlstack: then the helper, which is mounted, begins as root and makes what our images have. */
  readonly guest?: Guest
  /** Compose's own keys, merged over what is generated. */
  readonly overrides: readonly PassedEntry[]
}

export interface Vendor {
  /** Such as `Triton 26.07`. */
  readonly title: string
  /** What takes the place of the image's own entrypoint, and why. */
  readonly entrypoint: { readonly program: readonly string[]; readonly reason: string } | undefined
  /** Those that images are built for; empty: that of the machine. */
  readonly platforms: readonly string[]
  /** Whom it runs as, as it is with `BuildExtras`. */
  readonly user: BuildExtras['user']
  /** Of the image, in bytes; nobody has measured it. */
  readonly size: { readonly download: number; readonly installed: number }
}

export interface Launch {
  readonly launcher: 'torchrun'
  /** `gpu`: one for each GPU of the container. */
  readonly processes: number | 'gpu'
}

/** The first node has the job's own name, decides whether the job runs, and ends when all of them have. */
export interface Node {
  readonly job: string
  /** Counted from 0. */
  readonly number: number
  readonly count: number
  /** For the first node, the services of the others, which start before it. */
  readonly others: readonly string[]
  /** The network that the nodes have for themselves, and what this one is called there. */
  readonly network: string
  readonly host: string
  /** Where the helpers of the others find that of the first one. */
  readonly meeting: { readonly host: string; readonly port: number }
}

export interface Guest {
  /** Whom the command runs as; undefined: MLSTACK_UID and MLSTACK_GID. */
  readonly user: string | undefined
  /** Folders that are given to this user first. */
  readonly folders: readonly string[]
  /** Absolute in the container; undefined: as the image has it. */
  readonly workingFolder: string | undefined
}

/** `reason` says why a service's root file system is not read-only, where that is not the rule. */
export interface FileSystem {
  readonly isReadOnly: boolean
  readonly reason: string | undefined
}

/** The words of a command; `isShell` where a shell runs the one word. */
export interface Words {
  readonly isShell: boolean
  readonly words: readonly Template[]
}

/** What is done around a command: by which the model comes into service only when every job has succeeded, and a job runs only when it has to. */
export interface Gate {
  /** Whether a job makes the model or has no part in that; `node` for a further node of a job, which follows the first; `none` for a service and for a fetch, of whose runs no record is kept. */
  readonly part: 'model' | 'apart' | 'node' | 'none'
  /** The first job begins with an empty candidate. */
  readonly isFresh: boolean
  /** What the candidate begins with, a folder in the container; undefined: it begins empty. */
  readonly from: string | undefined
  /** The last job promotes the candidate. */
  readonly promotes: boolean
  /** What it lays in each release that it promotes, for a server that takes numbered versions. */
  readonly versions: Versions | undefined
  /** A service starts anew on each release that is promoted while it runs. */
  readonly reloads: boolean
  /** Jobs that must have completed on this candidate. */
  readonly after: readonly string[]
  /** Where the command writes its metrics, in the container; undefined where it writes none. */
  readonly metricsFile: string | undefined
  /** Such as `accuracy >= 0.95`. */
  readonly requirements: readonly string[]
  /** Secrets that are exported as variables inside the process. */
  readonly exports: readonly string[]
  /** When a job runs that has succeeded before. */
  readonly rerun: 'changed' | 'always' | 'never'
  /** Other jobs that it waits for: what they depend on counts for it too. */
  readonly needs: readonly string[]
  /** Whether the model in service counts, since the job comes after its promotion. */
  readonly countsServed: boolean
  /** How datasets count whose `check` is given, by the name of the variable without `DATASET_`. */
  readonly checks: readonly { readonly dataset: string; readonly how: 'content' | 'stat' | 'none' }[]
  /** Places in the container that outlive it. */
  readonly outputs: readonly string[]
  /** The user's own steps in the build of its image, or the instructions of the user's Dockerfile, with the arguments that they see. */
  readonly steps: readonly string[]
  /** Where its image has code, other than in the folders that are ours: absolute, also of files. */
  readonly code: readonly string[]
}

export interface Versions {
  /** The name of the model. */
  readonly name: string
  /** Sets of files such as `model.pt,config.pbtxt`, all of one of which a model must have. */
  readonly holds: readonly string[]
}

/** A variable without a value is taken from the shell at `up`. */
export interface Variable {
  readonly name: string
  readonly value: Template | undefined
  /** Why it has this value, where that is not plain. */
  readonly reason?: string
}

export type Mount =
  /** Docker copies what an image has at the target into a volume that is empty, unless `isNoCopy`. */
  | { readonly kind: 'volume'; readonly source: string; readonly target: string; readonly isReadOnly: boolean; readonly isNoCopy?: true }
  | { readonly kind: 'bind'; readonly source: Template; readonly target: string; readonly isReadOnly: boolean }
  /** A file that would be there by another mount, and is not to be seen: it is empty. */
  | { readonly kind: 'hidden'; readonly target: string; readonly isReadOnly: true }

export interface Health {
  /** The HTTP path that answers with 2xx or 3xx; undefined: a TCP connection is enough. */
  readonly path: string | undefined
  readonly port: number
  /** What asks: Python, unless the image has none. */
  readonly by?: 'bash'
  /** What must be in the answer. */
  readonly answer?: string
  /** A duration such as `30s`. */
  readonly startPeriod: string
}

/** Amounts as Compose writes them; undefined is no limit. */
export interface Limits {
  readonly cpus: Template | undefined
  readonly memory: Template | undefined
  readonly pids: Template
  readonly shmSize: Template | undefined
}

export interface Gpu {
  readonly vendor: 'nvidia' | 'amd'
  /** The version of CUDA or ROCm in the image, and the oldest driver that runs it, as far as they are known. */
  readonly version: string | undefined
  readonly oldestDriver: string | undefined
  /** The generations of GPUs that each framework has machine code for. */
  readonly kernels: readonly { readonly framework: string; readonly capabilities: readonly string[] }[]
  /** What each GPU must have, such as `16GB`. */
  readonly memory: string | undefined
  /** Undefined where device ids are given. */
  readonly count: number | 'all' | undefined
  readonly deviceIds: readonly Template[]
  readonly capabilities: readonly string[]
}

/** Images and services of a stack as they are with GPUs. */
export interface GpuOverlay {
  readonly images: readonly Image[]
  readonly services: readonly GpuService[]
}

export interface GpuService {
  readonly name: string
  /** The name of an image of the overlay, or of the stack. */
  readonly image: string
  /** Set where the image is somebody else's. */
  readonly isVendor?: true
  /** Whether it builds that image here, since no other service does. */
  readonly isBuilder: boolean
  readonly gpu: Gpu | undefined
  /** Set where it starts another number of processes than without GPUs. */
  readonly launch?: Launch
}

export interface Volume {
  readonly name: string
  /** What it keeps; undefined for volumes that the user named and did not declare. */
  readonly purpose: string | undefined
  /** The engine's own name for it, where other projects use it too; otherwise Compose makes one of the project's. */
  readonly sharedName?: string
}

/** No way leads out of it. */
export interface Network {
  readonly name: string
  readonly purpose: string
}

export interface SecretSource {
  readonly name: string
  /** A path from the output folder, or a variable of the shell or `.env`. */
  readonly source: { readonly file: string } | { readonly environment: string }
}
