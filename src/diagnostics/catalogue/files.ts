/** Diagnostics of the user's own files, MLS4xxx: what the config names but is not there, or cannot be used. */
import { define } from '../diagnostic.ts'
import { didYouMean } from '../suggest.ts'

export const missingScript = define<{ script: string; role: string; suggestion: string | undefined }>(
  {
    code: 'MLS4001',
    severity: 'error',
    title: 'missing script',
    explanation: 'A command runs in the working folder /app, which holds the code of the config. The script that it names is in none of the folders under `code`.',
  },
  ({ script, role, suggestion }) => ({ message: `\`${script}\`, which \`${role}\` runs, does not exist`, help: didYouMean(suggestion) }),
)

export const scriptOutsideOfCode = define<{ script: string; role: string; paths: readonly string[] }>(
  {
    code: 'MLS4057',
    severity: 'error',
    title: 'script that is not among the code',
    explanation: 'Only what `code` names is copied into the images, and the script that the command names is not part of it: the container would not find it.',
  },
  ({ script, role, paths }) => ({ message: `\`${script}\`, which \`${role}\` runs, is not among the code that is copied`, help: `add it: code: [${[script, ...paths].join(', ')}], or the whole folder: code: [${['.', ...paths].join(', ')}]` }),
)

export const codeOfTheSystem = define<{ path: string }>(
  { code: 'MLS4058', severity: 'error', title: 'folder of the system as code', explanation: 'Code is copied into the images: the whole machine, or a folder of its system, would be too much, and hold what no image may have.' },
  ({ path }) => ({ message: `\`${path}\` belongs to the system, so it is refused as code`, help: 'name the folder of the code alone' }),
)

export const missingDataset = define<{ dataset: string; source: string }>(
  {
    code: 'MLS4002',
    severity: 'error',
    title: 'missing dataset',
    explanation: 'A local dataset is mounted from the machine that runs the stack. Paths are relative to the config. For data that exists only elsewhere, give a URL or `volume:NAME`.',
  },
  ({ dataset, source }) => ({ message: `\`${source}\`, the source of the dataset \`${dataset}\`, does not exist`, help: 'a path is relative to the config; data in a volume is written volume:NAME' }),
)

const REQUIREMENTS_PROBLEMS = {
  missing: 'does not exist',
  folder: 'is a folder',
  unreadable: 'is no UTF-8 text',
  unmountable: 'has a quote, a dollar sign or a backslash in its path, which no mount of a Dockerfile can have',
} as const

export const missingRequirements = define<{ file: string; problem: keyof typeof REQUIREMENTS_PROBLEMS; suggestion: string | undefined }>(
  {
    code: 'MLS4003',
    severity: 'error',
    title: 'unusable requirements file',
    explanation: 'A requirements or constraints file cannot be read, or not be mounted into the build. In the config, paths are relative to the config; behind `-r` and `-c`, to the file that holds the line.',
  },
  ({ file, problem, suggestion }) => ({ message: `\`${file}\` ${REQUIREMENTS_PROBLEMS[problem]}`, help: didYouMean(suggestion) }),
)

export const unsupportedRequirement = define<{ problem: string; help: string | undefined }>(
  {
    code: 'MLS4004',
    severity: 'error',
    title: 'unsupported requirement',
    explanation: 'The line means nothing inside of an image that is built from the config: an editable or local install, a file on the network, or no requirement at all.',
  },
  ({ problem, help }) => ({ message: problem, help }),
)

export const missingCode = define<{ path: string }>(
  { code: 'MLS4006', severity: 'error', title: 'missing code', explanation: 'What `code` names is copied into the images, so it must be there. Paths are relative to the config.' },
  ({ path }) => ({ message: `\`${path}\`, named under \`code\`, does not exist` }),
)

export const missingSecretFile = define<{ secret: string; path: string }>(
  {
    code: 'MLS4007',
    severity: 'error',
    title: 'missing secret file',
    explanation: 'Compose mounts the file into the containers, and refuses to start where it is not there. Keep it out of version control.',
  },
  ({ secret, path }) => ({ message: `\`${path}\`, the file of the secret \`${secret}\`, does not exist`, help: `take it from the shell instead: ${secret}: { environment: ${secret} }` }),
)

export const requirementCredential = define<Record<string, never>>(
  {
    code: 'MLS4008',
    severity: 'error',
    title: 'credential in requirements',
    explanation: 'A URL in the requirements holds a credential, which would stay in a layer of the image. It is not shown here. An index takes it as a build secret.',
    concealed: true,
  },
  () => ({ message: 'a URL of the requirements holds a credential', help: 'name the index under `python.index`, with its `secret`' }),
)

export const staleLock = define<{ image: string | undefined; difference: string }>(
  {
    code: 'MLS4020',
    severity: 'warning',
    title: 'lock out of date',
    explanation:
      '`mlstack.lock` was made from something else than the config and the requirements files ask for now. An image of which this is true is ' +
      'built without the lock: its base image by tag, and its packages in the newest versions that are allowed. Run mlstack lock to renew the ' +
      'lock, or take the change back. mlstack compile --check fails for it.',
  },
  ({ image, difference }) => ({ message: difference, help: `run mlstack lock${image === undefined ? '' : `; until then the image ${image} is built without the lock`}` }),
)

export const damagedLock = define<{ problem: string }>(
  {
    code: 'MLS4021',
    severity: 'error',
    title: 'damaged lock',
    explanation:
      '`mlstack.lock` is not as mlstack lock writes it: a merge left its marks in it, somebody edited it, or another version of mlstack made it. ' +
      'Nothing is guessed of what it may have said. Make it anew with mlstack lock, or restore it from version control.',
  },
  ({ problem }) => ({ message: `the lock cannot be read: ${problem}`, help: 'make it anew: mlstack lock, or restore it: git checkout mlstack.lock' }),
)

export const unreadableToml = define<{ file: string; problem: string; help?: string | undefined }>(
  {
    code: 'MLS4009',
    severity: 'error',
    title: 'unreadable project file',
    explanation: 'A pyproject.toml or uv.lock is no TOML, or its dependencies are not written as https://packaging.python.org/en/latest/specifications/pyproject-toml/ has them, so nothing in it can be installed.',
  },
  ({ file, problem, help }) => ({ message: `${file} cannot be read: ${problem}`, help }),
)

export const staleProjectLock = define<{ file: string; requirement: string; locked: string | undefined }>(
  {
    code: 'MLS4010',
    severity: 'warning',
    title: 'stale lock',
    explanation: 'A pyproject.toml asks for what its uv.lock does not hold. The images get what is locked, which is not what the project asks for.',
  },
  ({ file, requirement, locked }) => ({
    message: locked === undefined ? `\`${requirement}\` is not in ${file}, so it is not installed` : `${file} holds ${locked}, which is not \`${requirement}\``,
    help: 'run: uv lock',
  }),
)

export const excludedPython = define<{ python: string | undefined; range: string; supported: string | undefined }>(
  {
    code: 'MLS4011',
    severity: 'error',
    title: 'Python that the project excludes',
    explanation: '`requires-python` of a pyproject.toml or uv.lock says which Pythons the project runs on. It limits what is chosen where the config gives no `python`.',
  },
  ({ python, range, supported }) => ({
    message: python === undefined ? `no Python that is known, and that the frameworks have wheels for, is in \`${range}\`` : `Python ${python} is not in the project's \`${range}\``,
    help: supported === undefined ? 'change requires-python' : `use python: "${supported}", or change requires-python`,
  }),
)

export const otherIndex = define<{ packages: string; index: string; url: string }>(
  {
    code: 'MLS4012',
    severity: 'note',
    title: 'packages of another index',
    explanation: 'A project file takes packages from an index of its own. A build looks for them in the usual index, and in those that PIP_INDEX_URL and PIP_EXTRA_INDEX_URL name in the shell. Frameworks are not meant: they come from the index that fits the GPU.',
  },
  ({ packages, index, url }) => ({ message: `the index \`${index}\`, which ${packages}, has to be named when the image is built`, help: `in the shell that builds: export PIP_EXTRA_INDEX_URL=${url}` }),
)

export const passedOver = define<{ file: string; other: string }>(
  {
    code: 'MLS4013',
    severity: 'note',
    title: 'requirements that are passed over',
    explanation: 'Without `python.requirements`, a uv.lock with its pyproject.toml goes before a pyproject.toml with dependencies, and that before a requirements.txt. Only the first of them is installed.',
  },
  ({ file, other }) => ({ message: `${other} is not installed, since ${file} goes before it`, help: `to choose, write python: { requirements: ${file} } or { requirements: ${other} }` }),
)

export const unusableLock = define<{ file: string; problem: string; help: string }>(
  {
    code: 'MLS4014',
    severity: 'warning',
    title: 'lock that is not used',
    explanation: 'A uv.lock of another version than 1 may mean something else, and one without the project itself does not say what to install. The dependencies of the pyproject.toml beside it are installed instead, in the newest versions that they allow.',
  },
  ({ file, problem, help }) => ({ message: `${file} ${problem}, so pyproject.toml is read instead`, help }),
)

export const missingMount = define<{ source: string }>(
  {
    code: 'MLS4015',
    severity: 'warning',
    title: 'missing folder of a mount',
    explanation: 'Docker makes a missing folder as root. The service, which is an ordinary user, then cannot write into it, and you cannot delete it.',
  },
  ({ source }) => ({ message: `\`${source}\` does not exist, and Docker would make it as root`, help: `make it yourself: mkdir -p ${source}; files in it are yours with MLSTACK_UID and MLSTACK_GID in .env` }),
)

export const missingInclude = define<{ path: string }>(
  { code: 'MLS4055', severity: 'error', title: 'included file missing', explanation: 'A file that `include` names is not there, and Compose refuses the whole stack without it.' },
  ({ path }) => ({ message: `there is no file \`${path}\``, help: 'paths start from the folder of the config' }),
)

export const missingSettings = define<{ path: string; key: string }>(
  {
    code: 'MLS4056',
    severity: 'warning',
    title: 'file of variables or labels missing',
    explanation:
      'Compose starts nothing while a file that `env_file`, `label_file` or `extends` names is missing. A warning only, since such files are often made on each machine and kept out of version control.',
  },
  ({ path, key }) => ({
    message: `there is no file \`${path}\`: docker compose refuses to start without it`,
    help: key === 'env_file' ? `make it, or let it be missing: env_file: [{path: ${path}, required: false}]` : 'paths start from the folder of the config',
  }),
)
