/** Advice on how a stack runs, MLS2030 and on: memory, processes, servers, tools, variables, caches and models. */
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
