/** Diagnostics of what Docker says, MLS6xxx: a build that failed, at the line of the user's that its failing step comes from. */
import { define, type Words } from '../diagnostic.ts'

/** Why a build failed; `problem` goes on after `the image train cannot be built: `. */
export interface BuildProblem {
  readonly image: string
  readonly problem: string
  readonly help: string
}

function wordBuildProblem({ image, problem, help }: BuildProblem): Words {
  return { message: `the image ${image} cannot be built: ${problem}`, help }
}

export const packageNotInstalled = define<BuildProblem>(
  {
    code: 'MLS6001',
    severity: 'error',
    title: 'package that cannot be installed',
    explanation:
      'pip stopped while an image was built: it found no such package or version for this Python, found two packages that exclude each other, ' +
      'could not compile one, or got another file than the hash in the requirements says. The place is the requirement that pip names; where ' +
      'it names a package that yours only depend on, it is the file or the key whose packages were being installed.',
  },
  wordBuildProblem,
)

export const debianPackageNotFound = define<BuildProblem>(
  {
    code: 'MLS6002',
    severity: 'error',
    title: 'Debian package that is not found',
    explanation:
      'apt-get found no package of this name, or not in this version, in the Debian release that the base image is made from. Names change between ' +
      'releases; https://packages.debian.org lists those of each.',
  },
  wordBuildProblem,
)

export const baseImageUnavailable = define<BuildProblem>(
  {
    code: 'MLS6003',
    severity: 'error',
    title: 'base image that cannot be had',
    explanation:
      'Docker could not get the image that the Dockerfile starts from: its registry has no such name or tag, wants a login, or cannot be reached. ' +
      'The base image follows from `python` and `framework`, unless `build.from` names one.',
  },
  wordBuildProblem,
)

export const buildFileMissing = define<BuildProblem>(
  {
    code: 'MLS6004',
    severity: 'error',
    title: 'file missing in the build',
    explanation:
      'A file or folder that the Dockerfile copies or mounts was not in the build context: it was moved or removed after compiling, or a pattern of ' +
      '.dockerignore leaves it out.',
  },
  wordBuildProblem,
)

export const buildMachineFailed = define<BuildProblem>(
  {
    code: 'MLS6005',
    severity: 'error',
    title: 'build stopped by the machine',
    explanation:
      'Nothing is wrong with the config: the disk is full, the memory did not suffice, the network or a name server did not answer, or Docker itself ' +
      'went away during the build. The place is what was being built.',
  },
  wordBuildProblem,
)

export const buildStepFailed = define<BuildProblem>(
  {
    code: 'MLS6006',
    severity: 'error',
    title: 'build step that failed',
    explanation: 'A step of the build failed for a reason that mlstack does not know. What the step printed last says more; the place is what it was made from.',
  },
  wordBuildProblem,
)
