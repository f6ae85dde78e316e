/** What makes builds fail, as pip, apt-get and BuildKit word it, and what it is in the user's words. */
import * as engine from '../diagnostics/catalogue/engine.ts'
import type { Kind } from '../diagnostics/diagnostic.ts'
import { namesInConflict, newestOf, reasonsIn } from './read-pip.ts'

/** What a captured name is the name of. */
export type CulpritKind = 'package' | 'debian' | 'image' | 'file'

export interface Found {
  /** The name that the pattern captured, or empty. */
  readonly culprit: string
  /** What else it captured, or empty. */
  readonly detail: string
  /** Such as ` for Python 3.11`; empty where the version is not known. */
  readonly forPython: string
}

export interface BuildCause {
  /** Over what the step printed last and BuildKit's last word, a line each; the groups are `culprit` and `detail`. */
  readonly pattern: RegExp
  readonly kind: Kind<engine.BuildProblem>
  readonly culprit?: CulpritKind
  /** Where the culprit is several names. */
  readonly names?: (found: Found) => readonly string[]
  readonly words: (found: Found) => Pick<engine.BuildProblem, 'problem' | 'help'>
}

const COMPILE_HELP = 'take a version that has a wheel, or name under `system` what it is compiled with, such as build-essential'

/** The first that matches is the cause: what stops the machine comes before what only follows from it. */
export const BUILD_CAUSES: readonly BuildCause[] = [
  {
    pattern: /no space left on device/i,
    kind: engine.buildMachineFailed,
    words: () => ({ problem: 'the disk is full', help: 'see what Docker keeps: docker system df, then free what old builds left: docker builder prune' }),
  },
  {
    pattern: /exit code: 137$|Killed signal terminated program|Cannot allocate memory|^MemoryError/m,
    kind: engine.buildMachineFailed,
    words: () => ({ problem: 'a step was killed, most likely because the memory did not suffice', help: 'give Docker more memory, or stop what else needs it' }),
  },
  {
    pattern: /Cannot connect to the Docker daemon|error during connect|error reading from server|failed to receive status/,
    kind: engine.buildMachineFailed,
    words: () => ({ problem: 'Docker does not answer', help: 'start Docker, and see what it says: docker info' }),
  },
  {
    pattern: /failed to resolve source metadata for (?<culprit>\S+): .*(?:no such host|i\/o timeout|connection refused|network is unreachable|TLS handshake|x509: )/,
    kind: engine.baseImageUnavailable,
    culprit: 'image',
    words: ({ culprit }) => ({ problem: `the registry of ${culprit} cannot be reached`, help: `check its name, the network and Docker's proxy; what it answers: docker pull ${culprit}` }),
  },
  {
    pattern: /failed to resolve source metadata for (?<culprit>\S+): .*(?:access denied|authorization failed|failed to authorize|no basic auth|401 Unauthorized|403 Forbidden)/,
    kind: engine.baseImageUnavailable,
    culprit: 'image',
    words: ({ culprit }) => ({ problem: `there is no image ${culprit}, or not without a login`, help: 'check its name; if it is private, log in to its registry: docker login' }),
  },
  {
    pattern: /failed to resolve source metadata for (?<culprit>\S+): .*not found/,
    kind: engine.baseImageUnavailable,
    culprit: 'image',
    words: ({ culprit }) => ({ problem: `there is no image ${culprit}`, help: 'check its name and its tag; one that is only on this machine has to be built first' }),
  },
  {
    pattern: /failed to parse stage name "(?<culprit>[^"]+)": invalid reference format/,
    kind: engine.baseImageUnavailable,
    culprit: 'image',
    words: ({ culprit }) => ({ problem: `${culprit} is no name of an image`, help: 'write it in lower case and with one tag, such as python:3.11-slim' }),
  },
  {
    pattern: /"\/(?<culprit>[^"]+)": not found/,
    kind: engine.buildFileMissing,
    culprit: 'file',
    words: ({ culprit }) => ({ problem: `${culprit} is not among the files that the build sees`, help: 'put it back, or let .dockerignore leave it in; then run mlstack compile' }),
  },
  {
    // With other versions at hand, the network is not to blame.
    pattern: /satisfies the requirement (?<culprit>.+?)(?: \(from (?!versions: ).*?\))? \(from versions: (?!none)(?<detail>[^)]+)\)/,
    kind: engine.packageNotInstalled,
    culprit: 'package',
    words: ({ culprit, detail, forPython }) => ({ problem: `pip finds no version ${culprit}${forPython}`, help: `the newest that there are: ${newestOf(detail).join(', ')}` }),
  },
  {
    pattern: /Temporary failure (?:in name resolution|resolving)|Name or service not known|Could not resolve host|Network is unreachable|ProxyError|Cannot connect to proxy|Tunnel connection failed|ReadTimeoutError|ConnectTimeoutError/i,
    kind: engine.buildMachineFailed,
    words: () => ({ problem: 'a step cannot reach the network', help: 'check the network, the name server and the proxy that Docker builds with; HTTP_PROXY and HTTPS_PROXY of the shell are passed on' }),
  },
  {
    pattern: /No matching distribution found for (?<culprit>.+?)(?: \(from .*)?$/m,
    kind: engine.packageNotInstalled,
    culprit: 'package',
    words: ({ culprit, forPython }) => ({ problem: `pip finds no package ${culprit}${forPython}`, help: 'check the spelling of its name; for one from another index, set PIP_EXTRA_INDEX_URL in the shell' }),
  },
  {
    pattern: /Cannot install (?<culprit>.+) because these package versions have conflicting dependencies(?:[^]*?The conflict is caused by:\n(?<detail>(?: +.+\n)+))?/,
    kind: engine.packageNotInstalled,
    culprit: 'package',
    names: ({ culprit, detail }) => namesInConflict(culprit, detail),
    words: ({ culprit, detail }) => ({ problem: `${namesInConflict(culprit, detail).join(' and ')} cannot be installed together`, help: ['loosen the version of one of them', ...reasonsIn(detail)].join('\n') }),
  },
  {
    pattern: /ResolutionImpossible/,
    kind: engine.packageNotInstalled,
    words: () => ({ problem: 'packages exclude each other', help: 'see which in what pip printed last, and loosen the version of one of them' }),
  },
  {
    pattern: /DO NOT MATCH THE HASHES[^\n]*\n\s*(?<culprit>\S+)/,
    kind: engine.packageNotInstalled,
    culprit: 'package',
    words: ({ culprit }) => ({ problem: `the file of ${culprit} has another hash than its requirement`, help: 'write the hashes anew if you trust the file; otherwise somebody may have changed it' }),
  },
  {
    pattern: /Invalid requirement: ['"](?<culprit>.+?)['"](?:[\s:]|$)/m,
    kind: engine.packageNotInstalled,
    culprit: 'package',
    words: ({ culprit }) => ({ problem: `pip cannot read the requirement ${culprit}`, help: 'write, for example: pandas>=2.2,<3' }),
  },
  {
    pattern: /(?:Failed building wheel for |Failed to build (?:installable wheels for [^\n]*\()?|Encountered error while (?:trying to install package|generating package metadata)\.\n╰─> )(?!installable|See above)(?<culprit>[\w.-]+)/,
    kind: engine.packageNotInstalled,
    culprit: 'package',
    words: ({ culprit, forPython }) => ({ problem: `${culprit} has no wheel${forPython} and cannot be compiled`, help: COMPILE_HELP }),
  },
  {
    pattern: /metadata-generation-failed|subprocess-exited-with-error/,
    kind: engine.packageNotInstalled,
    words: ({ forPython }) => ({ problem: `a package has no wheel${forPython} and cannot be compiled`, help: COMPILE_HELP }),
  },
  {
    pattern: /E: Unable to locate package (?<culprit>\S+)/,
    kind: engine.debianPackageNotFound,
    culprit: 'debian',
    words: ({ culprit }) => ({ problem: `apt-get finds no package ${culprit}`, help: `look for its name in this release: https://packages.debian.org/search?keywords=${encodeURIComponent(culprit)}` }),
  },
  {
    pattern: /E: Package '(?<culprit>[^']+)' has no installation candidate/,
    kind: engine.debianPackageNotFound,
    culprit: 'debian',
    words: ({ culprit }) => ({ problem: `${culprit} is a name that apt-get knows and has no package for`, help: 'name a package that provides it: apt-get lists them above' }),
  },
  {
    pattern: /E: Version '(?<detail>[^']+)' for '(?<culprit>[^']+)' was not found/,
    kind: engine.debianPackageNotFound,
    culprit: 'debian',
    words: ({ culprit, detail }) => ({ problem: `apt-get has no version ${detail} of ${culprit}`, help: 'leave the version out: mirrors drop old ones' }),
  },
  {
    pattern: /did not complete successfully: exit code: (?<detail>\d+)/,
    kind: engine.buildStepFailed,
    words: ({ detail }) => ({ problem: `a step ended with exit status ${detail}`, help: 'see what it printed last' }),
  },
]

/** Whatever else went wrong, in BuildKit's words. */
export const UNKNOWN_CAUSE: BuildCause = {
  pattern: /(?<detail>.*)$/,
  kind: engine.buildStepFailed,
  words: ({ detail }) => ({ problem: detail, help: 'see what was printed last' }),
}
