/** Diagnostics of what is known of frameworks, Pythons, builds and models, MLS2xxx. */
import { define } from '../diagnostic.ts'
import { didYouMean } from '../suggest.ts'

const list = (parts: readonly (string | undefined)[]) => parts.filter((part) => part !== undefined).join(', or ') || undefined

export const unknownFramework = define<{ framework: string; suggestion: string | undefined; choices: string }>(
  {
    code: 'MLS2001',
    severity: 'error',
    title: 'unknown framework',
    explanation: 'The framework decides the Python version, the wheels and the base image, so it must be one that mlstack knows; `python` stands for none of them.',
  },
  ({ framework, suggestion, choices }) => ({
    message: `\`${framework}\` is no framework that mlstack knows`,
    help: didYouMean(suggestion) ?? `known: ${choices}`,
  }),
)

export const badSpecifier = define<{ specifier: string; framework: string; guess: string | undefined }>(
  {
    code: 'MLS2002',
    severity: 'error',
    title: 'bad version specifier',
    explanation:
      'A version is a PEP 440 specifier, as pip reads it: `==2.13.0` for one version, `~=2.16` for compatible ones, `>=1.5,<2` for a range. Carets and bare numbers mean nothing to pip.',
  },
  ({ specifier, framework, guess }) => ({
    message: `\`${specifier}\` is no version specifier`,
    help: guess === undefined ? `write, for example: ${framework}==1.2.3, ${framework}~=1.2 or ${framework}>=1.2,<2` : `write ${framework}${guess}`,
  }),
)

export const versionOfPython = define<{ python: string | undefined }>(
  { code: 'MLS2015', severity: 'error', title: 'version of the plain framework', explanation: 'The framework `python` stands for no framework, so it takes no version; the key `python` says which Python it is.' },
  ({ python }) => ({ message: 'the framework `python` takes no version', help: `write framework: python, and python: "${python ?? '3.11'}"` }),
)

export const noWheels = define<{ framework: string; python: string; parts: readonly string[]; alternative: string | undefined }>(
  {
    code: 'MLS2003',
    severity: 'error',
    title: 'framework without wheels for this Python',
    explanation:
      'A framework is published as wheels for some versions of Python. For another Python pip finds nothing to install, or starts a build from source that takes hours and fails. Use a Python that the version supports, or another version.',
  },
  ({ framework, python, parts, alternative }) => ({
    message: `${framework} has no wheels for Python ${python}`,
    help: list([parts.length === 0 ? undefined : `use ${parts.join(' and ')}`, alternative]),
  }),
)

export const noVersionInRange = define<{ title: string; specifier: string; alternative: string }>(
  {
    code: 'MLS2004',
    severity: 'error',
    title: 'no known version in the range',
    explanation: 'The Dockerfile names one exact version: the newest known one in the range. No version that mlstack knows is in this range. An exact pin is installed as written, known or not.',
  },
  ({ title, specifier, alternative }) => ({ message: `no known version of ${title} is in \`${specifier}\``, help: `the newest known one: ${alternative}` }),
)

export const unknownVersion = define<{ title: string; version: string; nearest: string; alternative: string }>(
  {
    code: 'MLS2005',
    severity: 'warning',
    title: 'version outside of the table',
    explanation: 'mlstack does not know this version. It is installed as written, and everything else follows the nearest version that is known: that may be wrong.',
  },
  ({ title, version, nearest, alternative }) => ({ message: `${title} ${version} is not known; it is taken to be like ${nearest}`, help: `the nearest known one: ${alternative}` }),
)

export const impossibleModel = define<{ model: string; frameworks: string; able: readonly string[]; models: string }>(
  {
    code: 'MLS2006',
    severity: 'error',
    title: 'framework cannot hold the model',
    explanation: 'The framework has no such model. `custom` says nothing about the model, and goes with every framework.',
  },
  ({ model, frameworks, able, models }) => ({
    message: `${frameworks} has no \`${model}\` models`,
    help: list([`use framework: ${able.join(' or framework: ')}`, `one of the models that it has: ${models}`]),
  }),
)

export const noGpuBuild = define<{ frameworks: string; vendor: string | undefined; able: readonly string[]; also: readonly string[] }>(
  {
    code: 'MLS2007',
    severity: 'error',
    title: 'framework without a GPU build',
    explanation: 'A GPU is asked for, but no framework of the config can use one. With `framework: python` nothing is checked.',
  },
  ({ frameworks, vendor, able, also }) => ({
    message: vendor === undefined ? `${frameworks} runs on the CPU alone` : `${frameworks} has no wheels for GPUs of ${vendor}`,
    help: `${['use gpu: false', ...also].join(' and ')}, or framework: ${able.join(' or framework: ')}`,
  }),
)

export const unknownPython = define<{ python: string; nearest: string; known: string }>(
  { code: 'MLS2008', severity: 'error', title: 'unknown Python', explanation: 'There is no base image for this version of Python. It is given as `X.Y` or `X.Y.Z`, best in quotes.' },
  ({ python, nearest, known }) => ({ message: `Python \`${python}\` is not supported`, help: `use python: "${nearest}" (known: ${known})` }),
)

export const disagreement = define<{ title: string; first: string; second: string; help: string | undefined }>(
  {
    code: 'MLS2009',
    severity: 'error',
    title: 'disagreement about the version',
    explanation:
      'The config and the requirements, or two requirements, ask for versions of which none fits both. pip would replace the framework that was just installed, most often by a CUDA build.',
  },
  ({ title, first, second, help }) => ({ message: `no version of ${title} is in both ${first} and ${second}`, help }),
)

export const noCudaBuild = define<{ framework: string; wanted: string; help: string | undefined }>(
  {
    code: 'MLS2010',
    severity: 'error',
    title: 'no such GPU build',
    explanation: 'A framework is built for a few versions of CUDA, each of which needs a driver. No build of the versions asked for fits the `gpu` of the config.',
  },
  ({ framework, wanted, help }) => ({ message: `${framework} has no ${wanted}`, help }),
)

export const implausibleMetric = define<{ metric: string; model: string; choices: string }>(
  {
    code: 'MLS2011',
    severity: 'warning',
    title: 'implausible metric',
    explanation: 'The metric belongs to another kind of model than the config names. A metric of your own, under any name, is never questioned.',
  },
  ({ metric, model, choices }) => ({ message: `\`${metric}\` says little about a ${model} model`, help: `usual: ${choices}` }),
)

export const unpinnedImage = define<{ image: string; isReference: boolean; example: string }>(
  {
    code: 'MLS2012',
    severity: 'error',
    title: 'base image without a tag',
    explanation: 'Without a tag or a digest a base image is `latest`: another one on every machine and every day.',
  },
  ({ image, isReference, example }) => ({
    message: isReference ? `\`${image}\` has neither a tag nor a digest` : `\`${image}\` is no image`,
    help: `write, for example: from: ${example}`,
  }),
)

export const unreadProject = define<{ file: string }>(
  {
    code: 'MLS2013',
    severity: 'warning',
    title: 'project file that is not read',
    explanation: 'The dependencies of a pyproject.toml are made by its build backend, which mlstack does not run, so none of them is installed into the images. Those that setuptools takes from a file are read.',
  },
  ({ file }) => ({ message: `the dependencies in ${file} are dynamic, so they are not known and not installed`, help: 'list them under dependencies of [project], or in requirements.txt' }),
)

export const noCommonPython = define<{ first: string; second: string }>(
  { code: 'MLS2014', severity: 'error', title: 'no Python for all frameworks', explanation: 'All frameworks of a config share one Python, and there is none that all of the versions asked for have wheels for.' },
  ({ first, second }) => ({ message: `there is no Python that both ${first} and ${second} have wheels for`, help: 'give one of them another version, or none' }),
)

export const otherBuild = define<{ pin: string; hasGpu: boolean; alternative: string }>(
  {
    code: 'MLS2016',
    severity: 'error',
    title: 'pinned build and GPU disagree',
    explanation: 'A label such as `+cpu` or `+cu126` pins a build of the framework. A build for CUDA is of no use without a GPU, and the other way round.',
  },
  ({ pin, hasGpu, alternative }) => ({
    message: hasGpu ? `\`${pin}\` is no build for CUDA, but a GPU is asked for` : `\`${pin}\` is a build for a GPU, but none is asked for`,
    help: hasGpu ? `write framework: ${alternative}, or remove \`gpu\`` : `write framework: ${alternative}, or add gpu: true`,
  }),
)

export const largeImage = define<{ image: string; size: string; limit: string; largest: string; cheaper: readonly string[] }>(
  {
    code: 'MLS2024',
    severity: 'warning',
    title: 'image larger than asked for',
    explanation:
      'The image is estimated to be larger than `build.max_image_size`. The estimate adds up the base image, the Debian packages and the Python packages with what they bring, and does not count your code. `mlstack explain image` shows it layer by layer.',
  },
  ({ image, size, limit, largest, cheaper }) => ({
    message: `the image ${image} will take about ${size}, more than ${limit}; the largest part is ${largest}`,
    help: cheaper.length === 0 ? 'see mlstack explain image, or allow more' : `smaller: ${cheaper.join(', or ')}`,
  }),
)

export const newerCompose = define<{ key: string; since: string; isRefused: boolean; oldest: string; instead: string | undefined }>(
  {
    code: 'MLS2105',
    severity: 'warning',
    title: 'key of a newer Compose',
    explanation:
      'The key came with a later Compose than the oldest one that mlstack is run with, which Debian 13 has. An older Compose refuses the file, or takes it and drops the key without a word: ' +
      'that `docker compose config` accepts it does not show that it works.',
  },
  ({ key, since, isRefused, oldest, instead }) => ({
    message: `\`${key}\` needs Compose ${since}; ${oldest} ${isRefused ? 'refuses the file' : 'drops it without a word'}`,
    help: instead === undefined ? `make sure that every machine has Compose ${since}: docker compose version` : `use ${instead}`,
  }),
)
