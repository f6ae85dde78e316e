/** Diagnostics of what users write that does not go together, found by experience, MLS2030 to MLS2069. */
import { define } from '../diagnostic.ts'

export const smallSharedMemory = define<{ size: string; framework: string; usual: string }>(
  {
    code: 'MLS2030',
    severity: 'warning',
    title: 'little shared memory for data loaders',
    explanation:
      "The worker processes of a data loader hand their batches over through /dev/shm. With Docker's 64 MiB, or less, they are killed with a bus error as soon as batches are larger. What is not used of a larger one costs nothing.",
  },
  ({ size, framework, usual }) => ({ message: `${size} of shared memory is too little for the data loaders of ${framework}`, help: `write shm_size: ${usual}` }),
)

export const sharedMemoryOverLimit = define<{ size: string; memory: string }>(
  {
    code: 'MLS2031',
    severity: 'warning',
    title: 'shared memory beyond the memory limit',
    explanation: 'What lies in /dev/shm counts against the memory limit of the container. If it may grow as large as the limit, the kernel kills the process (exit status 137) before /dev/shm is full.',
  },
  ({ size, memory }) => ({ message: `shm_size ${size} leaves nothing of the ${memory} that the container may use`, help: `give \`memory\` more, or \`shm_size\` half of ${memory}` }),
)

export const blindImage = define<{ image: string; instead: string }>(
  {
    code: 'MLS2032',
    severity: 'error',
    title: 'image that sees no GPU',
    explanation: 'The official TensorFlow images with `-gpu` lack libraries that TensorFlow looks for since 2.18, and it goes on without a GPU. The wheels of `tensorflow[and-cuda]` bring these libraries.',
  },
  ({ image, instead }) => ({ message: `TensorFlow in \`${image}\` does not find the GPU`, help: `write from: ${instead}, and let framework: tensorflow install it with its CUDA libraries` }),
)

export const doubledCuda = define<{ image: string; framework: string; instead: string; checksDriver: boolean }>(
  {
    code: 'MLS2033',
    severity: 'warning',
    title: 'CUDA twice',
    explanation:
      "The framework's wheels bring the CUDA libraries that they were built for, and use no others. A base image with CUDA adds gigabytes that nothing reads; those of nvidia/cuda also refuse to start on drivers that the wheels run on (`unsatisfied condition: cuda>=…`).",
  },
  ({ image, framework, instead, checksDriver }) => ({
    message: `\`${image}\` brings CUDA, and the wheels of ${framework} bring their own${checksDriver ? '; the image refuses older drivers too' : ''}`,
    help: `write from: ${instead}, or leave build.from out`,
  }),
)

export const imageWithoutPython = define<{ image: string; instead: string }>(
  {
    code: 'MLS2034',
    severity: 'error',
    title: 'base image without Python',
    explanation: 'The generated Dockerfile runs `pip` and `python`, which this base image does not have.',
  },
  ({ image, instead }) => ({ message: `\`${image}\` has neither python nor pip`, help: `write from: ${instead}, or leave build.from out` }),
)

export const otherSystem = define<{ image: string; system: string; instead: string }>(
  {
    code: 'MLS2035',
    severity: 'error',
    title: 'base image that is no Debian',
    explanation: 'The wheels of frameworks are made for the C library of Debian and its kin. On Alpine, with another C library, there are none; its tools have other names as well.',
  },
  ({ image, system, instead }) => ({ message: `no framework has wheels for \`${image}\`: ${system} has another C library or none of Debian's tools`, help: `write from: ${instead}, or leave build.from out` }),
)

export const unusedCuda = define<{ image: string; instead: string }>(
  {
    code: 'MLS2036',
    severity: 'warning',
    title: 'CUDA image without a GPU',
    explanation: 'The base image brings gigabytes of CUDA libraries, but no container of the stack gets a GPU.',
  },
  ({ image, instead }) => ({ message: `\`${image}\` brings CUDA, but no GPU is asked for`, help: `add gpu: true, or write from: ${instead}` }),
)

export const deletedImage = define<{ image: string; version: string; newer: string | undefined }>(
  {
    code: 'MLS2037',
    severity: 'warning',
    title: 'image tag that is deleted',
    explanation: 'NVIDIA deletes the tags of a CUDA patch some months after the next one, and has no tag `latest`. A build that worked then fails with `manifest unknown`.',
  },
  ({ image, version, newer }) => ({
    message: newer === undefined ? `there is no \`${image}\`: its tags begin with a whole version of CUDA` : `the tags of CUDA ${version} are deleted once ${newer} is out`,
    help: newer === undefined ? 'write, for example: from: nvidia/cuda:12.8.1-devel-ubuntu22.04' : `write CUDA ${newer}: from: ${image.replace(version, newer)}`,
  }),
)

export const otherPython = define<{ image: string; inImage: string; python: string; instead: string; framework: string | undefined }>(
  {
    code: 'MLS2038',
    severity: 'error',
    title: 'base image with another Python',
    explanation: 'The framework and its wheels are chosen for a Python, but the base image has another one, which runs everything.',
  },
  ({ image, inImage, python, instead, framework }) => ({
    message: `\`${image}\` has Python ${inImage}, ${framework === undefined ? `but the config says ${python}` : `for which ${framework} has no wheels`}`,
    help: framework === undefined ? `write python: "${inImage}", or from: ${instead}` : `write from: ${instead}`,
  }),
)

export const frameworkInImage = define<{ image: string; inImage: string; installed: string }>(
  {
    code: 'MLS2039',
    severity: 'warning',
    title: 'framework in the base image too',
    explanation: 'The base image holds another build of the framework than the one that is installed over it: the image carries both, and only one is used.',
  },
  ({ image, inImage, installed }) => ({
    message: `\`${image}\` holds ${inImage}, and ${installed} is installed over it`,
    help: 'leave build.from out, or write framework: {install: none} to keep what the image has',
  }),
)

export const windowedOpencv = define<{ distribution: string; headless: string }>(
  {
    code: 'MLS2040',
    severity: 'note',
    title: 'OpenCV with windows',
    explanation:
      'The usual build of OpenCV can open windows, for which it loads libGL and more; a container has no screen. mlstack adds the Debian packages, and the headless build needs none of them. Its module is the same.',
  },
  ({ distribution, headless }) => ({ message: `\`${distribution}\` needs libraries of a desktop, which are added to the image`, help: `write ${headless}, unless the code opens windows` }),
)

export const sameModule = define<{ module: string; other: string; best: string }>(
  {
    code: 'MLS2041',
    severity: 'warning',
    title: 'two packages of one module',
    explanation: 'Both packages install the same module. The one that pip unpacks last overwrites files of the other, and which that is can differ: with ONNX Runtime, for example, the GPU is gone.',
  },
  ({ module, other, best }) => ({ message: `\`${other}\` and \`${best}\` both install the module \`${module}\``, help: `remove ${other}` }),
)

export const missingDebianPackage = define<{ name: string; release: string; instead: string | undefined; advice: string | undefined }>(
  {
    code: 'MLS2042',
    severity: 'error',
    title: 'Debian package of another release',
    explanation: 'The Debian release of the base image has no package of this name: `apt-get` would end with "Unable to locate package" or "has no installation candidate".',
  },
  ({ name, release, instead, advice }) => ({ message: `Debian ${release} has no package \`${name}\``, help: instead === undefined ? advice : `write ${instead}` }),
)

export const foreignPackage = define<{ name: string; instead: string | undefined; advice: string | undefined }>(
  {
    code: 'MLS2043',
    severity: 'error',
    title: 'no Debian package',
    explanation: "The name is that of another system's package, of a Python package, or of one from a source that the image does not have.",
  },
  ({ name, instead, advice }) => ({ message: `Debian has no package \`${name}\``, help: instead === undefined ? advice : `write ${instead}` }),
)

export const indexOfOtherBuild = define<{ option: string; framework: string; isOnly: boolean; tag: string; build: string }>(
  {
    code: 'MLS2044',
    severity: 'warning',
    title: "framework's index in a requirements file",
    explanation:
      "The framework is installed from its own index, in the build that `gpu` asks for. An index in a requirements file would hold for every other package too: they might come in another build, and with `--index-url` most are not found at all. So the line does not reach pip.",
  },
  ({ option, framework, isOnly, tag, build }) => ({
    message: isOnly ? `\`${option}\` is left out: it looks for every package at the index of ${framework} alone` : `\`${option}\` is left out: it offers builds for ${tag}, and the build for ${build} is installed`,
    help: `remove the line: what \`framework: ${framework}\` installs comes from the right index`,
  }),
)

export const idleModel = define<{ model: string; memory: string | undefined }>(
  {
    code: 'MLS2045',
    severity: 'note',
    title: 'model that wants a GPU',
    explanation: 'Training a model of this type on a CPU takes days where a GPU takes an hour. `gpu: auto` makes a stack that starts everywhere, and uses a GPU where there is one. `gpu: false` says that a CPU is meant.',
  },
  ({ model, memory }) => ({
    message: `a ${model} model is slow to train without a GPU, and none is asked for`,
    help: `add gpu: auto${memory === undefined ? '' : ` (${memory} of its memory is a starting point)`}, or gpu: false`,
  }),
)

export const pinnedBuildInFile = define<{ pin: string; build: string; alternative: string }>(
  {
    code: 'MLS2046',
    severity: 'warning',
    title: 'pinned build is not installed',
    explanation: 'A label such as `+cu118` pins a build. `gpu` decides which build is installed, so a pin of another one in the requirements is left out.',
  },
  ({ pin, build, alternative }) => ({ message: `\`${pin}\` is left out: the build for ${build} is installed`, help: `write ${alternative}` }),
)

export const wrongName = define<{ name: string; right: string | undefined }>(
  {
    code: 'MLS2047',
    severity: 'error',
    title: 'wrong name of a package',
    explanation: 'Under this name the Python Package Index has nothing that can be installed: the package is called otherwise there, or it is a package of conda.',
  },
  ({ name, right }) => ({ message: `pip cannot install \`${name}\``, help: right === undefined ? 'remove it: the wheels of the framework bring what it stands for' : `write ${right}` }),
)

export const otherSystemPackage = define<{ name: string; system: string; marker: string }>(
  {
    code: 'MLS2048',
    severity: 'error',
    title: 'package for another system',
    explanation: 'The package exists for macOS or Windows alone, and containers run Linux. A marker keeps the line for that system and lets Linux pass over it.',
  },
  ({ name, system, marker }) => ({ message: `\`${name}\` is for ${system} alone, and containers run Linux`, help: `write ${name} ; ${marker}, or remove it` }),
)

export const needsGpu = define<{ name: string; twin: string | undefined }>(
  {
    code: 'MLS2049',
    severity: 'warning',
    title: 'package that needs a GPU',
    explanation: 'The package is of no use without an NVIDIA GPU, and brings or expects gigabytes of CUDA libraries, but no GPU is asked for.',
  },
  ({ name, twin }) => ({ message: `\`${name}\` needs a GPU, and none is asked for`, help: twin === undefined ? 'add gpu: true, or remove it' : `add gpu: true, or write ${twin}` }),
)

export const needsCompiler = define<{ name: string; url: string; hasWheels: boolean }>(
  {
    code: 'MLS2050',
    severity: 'error',
    title: 'package that CUDA has to compile',
    explanation:
      'The index has no wheels of it: pip would compile it, which takes the CUDA compiler `nvcc` and PyTorch at hand, and neither is there in a build of this image (`CUDA_HOME environment variable is not set`, `No module named torch`).',
  },
  ({ name, url, hasWheels }) => ({
    message: `\`${name}\` has no wheels on the index, and the image has no \`nvcc\` to compile it`,
    help: hasWheels ? `name a wheel by its address: ${name} @ https://…whl, from ${url}/releases` : 'build a wheel of it once in a devel image, and name it by its address: NAME @ https://…whl',
  }),
)

export const otherVersion = define<{ requirement: string; framework: string; works: string | undefined; isOpen: boolean }>(
  {
    code: 'MLS2051',
    severity: 'error',
    title: 'package that does not fit the framework',
    explanation: 'The version of the package was made for another version of the framework: pip finds no solution, or an import ends with an undefined symbol.',
  },
  ({ requirement, framework, works, isOpen }) => ({
    message: isOpen ? `the newest \`${requirement}\` does not work with ${framework}` : `\`${requirement}\` does not work with ${framework}`,
    help: works === undefined ? 'no release of it does: remove it, or use an older version of the framework' : `write ${works}`,
  }),
)

export const noWheelsForPython = define<{ requirement: string; python: string; oldest: string; older: string | undefined }>(
  {
    code: 'MLS2052',
    severity: 'error',
    title: 'package without wheels for this Python',
    explanation: 'The release is older than this Python, and has no wheels for it. pip would compile it, which takes compilers that the image lacks, and mostly fails.',
  },
  ({ requirement, python, oldest, older }) => ({
    message: `\`${requirement}\` has no wheels for Python ${python}`,
    help: `write ${oldest}${older === undefined ? '' : `, or python: "${older}"`}`,
  }),
)

export const shortStart = define<{ period: string; usual: string; model: string }>(
  {
    code: 'MLS2053',
    severity: 'note',
    title: 'short time to start',
    explanation: 'A server that answers no health check within the start period counts as unhealthy, also while its model still loads. A longer period costs a healthy server nothing: it counts as healthy as soon as it answers.',
  },
  ({ period, usual, model }) => ({ message: `${period} is short for a server that loads a ${model} model`, help: `write start_period: ${usual}, or leave it out` }),
)

export const windowsDrive = define<{ path: string }>(
  {
    code: 'MLS2054',
    severity: 'note',
    title: 'data on a drive of Windows',
    explanation: 'On WSL, folders such as /mnt/c are drives of Windows: every file read from there goes through a network protocol, and training waits for data. Changes of files are not announced either.',
  },
  ({ path }) => ({ message: `\`${path}\` is on a drive of Windows, from where WSL reads slowly`, help: 'copy the data into the home folder of WSL' }),
)

export const endOfLife = define<{ python: string; since: string; newer: string | undefined }>(
  {
    code: 'MLS2055',
    severity: 'warning',
    title: 'Python without fixes',
    explanation: 'This Python gets no security fixes any more, its images are no longer built, and new releases of packages have no wheels for it.',
  },
  ({ python, since, newer }) => ({ message: `Python ${python} has had no fixes since ${since}`, help: newer === undefined ? undefined : `use python: "${newer}"` }),
)

export const moreThreads = define<{ variable: string; threads: string; cpus: string }>(
  {
    code: 'MLS2056',
    severity: 'warning',
    title: 'more threads than processors',
    explanation: 'Threads beyond the limit of processors wait for each other, spinning: work can take many times as long. mlstack sets these variables after `resources.cpus` where you do not.',
  },
  ({ variable, threads, cpus }) => ({ message: `${threads} threads share ${cpus} processors`, help: `remove \`${variable}\`: it follows resources.cpus` }),
)

export const localAddress = define<{ program: string; address: string; isDefault: boolean; option: string }>(
  {
    code: 'MLS2057',
    severity: 'error',
    title: 'server that nobody reaches',
    explanation: 'A server that listens on 127.0.0.1 is reached from inside of its container alone: the health check passes, and the published port answers nothing. `serve` is published on this machine only, whatever it listens on.',
  },
  ({ program, address, isDefault, option }) => ({
    message: isDefault ? `\`${program}\` listens on ${address} where it is not told otherwise, which nobody outside of the container reaches` : `\`${program}\` listens on ${address}, which nobody outside of the container reaches`,
    help: `write ${option} 0.0.0.0`,
  }),
)

export const reloadingServer = define<{ option: string }>(
  {
    code: 'MLS2058',
    severity: 'warning',
    title: 'server in development mode',
    explanation: 'A server that watches its code starts a second process, loads the model twice, and restarts at whim; in debug mode it also runs code that is sent to it. `mlstack watch` brings new code into a running server.',
  },
  ({ option }) => ({ message: `\`${option}\` is for development, and \`mlstack watch\` starts the server anew after a change already`, help: `remove ${option}` }),
)

export const otherPort = define<{ program: string; listens: string; port: number; isDefault: boolean; option: string | undefined }>(
  {
    code: 'MLS2059',
    severity: 'error',
    title: 'server at another port',
    explanation: 'The port of `serve` is the one that is published and asked for health. A server that listens at another one never becomes healthy.',
  },
  ({ program, listens, port, isDefault, option }) => ({
    message: `\`${program}\` listens at port ${listens}${isDefault ? ' where it is not told otherwise' : ''}, but \`serve\` is published and checked at ${port}`,
    help: option === undefined ? `write port: ${listens}` : `write ${option} ${port}, or port: ${listens}`,
  }),
)

export const moreProcesses = define<{ processes: string; gpus: number }>(
  {
    code: 'MLS2060',
    severity: 'error',
    title: 'more processes than GPUs',
    explanation: 'Each process takes a GPU of its own; those beyond the number of GPUs end with `invalid device ordinal`, and the others wait for them.',
  },
  ({ processes, gpus }) => ({ message: `${processes} processes need as many GPUs, and the container gets ${gpus}`, help: `write gpu: ${processes}, or start ${gpus} process${gpus === 1 ? '' : 'es'}` }),
)

export const idleGpus = define<{ gpus: number; framework: string; launcher: string }>(
  {
    code: 'MLS2061',
    severity: 'note',
    title: 'one process for several GPUs',
    explanation: 'The framework uses one GPU a process. Without a launcher only the first of them works, unless the script starts its own processes.',
  },
  ({ gpus, framework, launcher }) => ({ message: `one process of ${framework} uses one GPU, and there are ${gpus}`, help: `write ${launcher} before the script, unless it starts processes itself` }),
)

export const missingTool = define<{ tool: string; advice: string }>(
  {
    code: 'MLS2062',
    severity: 'error',
    title: 'program that is not in the image',
    explanation: 'The command runs inside of a container, as an ordinary user, without Docker, conda or the virtual environment of the machine.',
  },
  ({ tool, advice }) => ({ message: `\`${tool}\` is not there in the container`, help: advice }),
)

export const lateInstall = define<{ tool: string; advice: string }>(
  {
    code: 'MLS2063',
    severity: 'warning',
    title: 'installing when the container starts',
    explanation: 'What a command installs is gone with its container: it is downloaded at every run, in versions of that day, and what is served may run on others than what was trained.',
  },
  ({ tool, advice }) => ({ message: `\`${tool}\` runs at every start of the container`, help: advice }),
)

export const harmfulVariable = define<{ variable: string; why: string; help: string }>(
  { code: 'MLS2064', severity: 'warning', title: 'variable that does no good', explanation: 'The variable is not read any more, or hides what one has to see.' },
  ({ variable, why, help }) => ({ message: `\`${variable}\`: ${why}`, help }),
)

export const gpuByVariable = define<{ variable: string; why: string; help: string }>(
  {
    code: 'MLS2065',
    severity: 'warning',
    title: 'GPUs chosen by a variable',
    explanation: '`gpu` decides which GPUs a container gets; inside of it they are counted from 0. A number of the machine in CUDA_VISIBLE_DEVICES then names another GPU, or none.',
  },
  ({ variable, why, help }) => ({ message: `\`${variable}\` ${why}`, help }),
)

export const unverified = define<{ what: string }>(
  {
    code: 'MLS2066',
    severity: 'warning',
    title: 'certificates are not checked',
    explanation: 'Whoever sits between this machine and the network could hand over other packages or models. A company proxy needs its certificate in the image rather than no check.',
  },
  ({ what }) => ({ message: `\`${what}\` lets downloads pass without a check of their certificates`, help: 'remove it: what a company proxy needs is its certificate in the image' }),
)

export const otherCudaLibraries = define<{ variable: string; framework: string }>(
  {
    code: 'MLS2067',
    severity: 'warning',
    title: 'CUDA libraries from elsewhere',
    explanation: 'The wheels bring their CUDA libraries and find them by themselves. LD_LIBRARY_PATH comes before these, so another version is loaded (`undefined symbol`, `Unable to load cuDNN`), or nothing.',
  },
  ({ variable, framework }) => ({ message: `\`${variable}\` puts other CUDA libraries before those of ${framework}`, help: `remove \`${variable}\`` }),
)

export const lostCache = define<{ what: string; advice: string }>(
  {
    code: 'MLS2068',
    severity: 'warning',
    title: 'downloads that are not kept',
    explanation: 'Models and data that are downloaded outside of a volume are gone with the container, and downloaded again at each start.',
  },
  ({ what, advice }) => ({ message: `${what}, so models are downloaded again at every start`, help: advice }),
)

export const healthTool = define<{ tool: string; debian: string }>(
  {
    code: 'MLS2069',
    severity: 'error',
    title: 'health check without its program',
    explanation: 'The program that the health check calls is not in the slim image, so the check never passes, and whatever waits for the service waits in vain.',
  },
  ({ tool, debian }) => ({ message: `the image has no \`${tool}\`, so this check never passes`, help: `add system: [${debian}], or leave \`test\` out: mlstack checks \`health\` with Python` }),
)
