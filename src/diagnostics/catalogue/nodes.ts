/** Diagnostics of jobs that run as several processes or on several nodes. */
import { define } from '../diagnostic.ts'

export const secondLauncher = define<{ launcher: string; role: string; nodes: number }>(
  {
    code: 'MLS1196',
    severity: 'error',
    title: 'processes that two launchers start',
    explanation: 'With `processes_per_node` mlstack starts the command by torchrun. A command that begins a launcher itself would be begun by every process, each of which would start as many again.',
  },
  ({ launcher, role, nodes }) => ({
    message: `\`${role}\` is started by torchrun for \`processes_per_node\`, and \`${launcher}\` would start processes in each of them`,
    help: nodes > 1 ? 'write the script alone; or remove processes_per_node, and give the launcher $NNODES, $NODE_RANK, $MASTER_ADDR and $MASTER_PORT' : 'write the script alone, or remove processes_per_node',
  }),
)

export const noLauncher = define<{ framework: string; key: string; instead: string | undefined; able: string }>(
  {
    code: 'MLS1197',
    severity: 'error',
    title: 'framework that does not run so',
    explanation: 'What starts several processes, or tells several nodes of each other, is part of a framework. Without it the processes would all do the same work, each for itself.',
  },
  ({ framework, key, instead, able }) => ({
    message: key === 'nodes' ? `${framework} runs on a single node` : `nothing of ${framework} starts several processes that work together`,
    help: `remove \`${key}\`${instead === undefined ? '' : `: ${instead}`}; it is for ${able}`,
  }),
)

export const processesWithoutGpu = define<{ role: string; hasGpu: boolean }>(
  {
    code: 'MLS1198',
    severity: 'error',
    title: 'a process for each GPU, without a GPU',
    explanation: '`processes_per_node: gpu` starts as many processes as the container has GPUs, and torchrun fails where there is none. With `gpu: auto` there is one without GPUs.',
  },
  ({ role, hasGpu }) => ({
    message: `\`${role}\` has no GPU, so no number of processes follows from that`,
    help: hasGpu ? `add ${role} to \`for\` of \`gpu\`, or write a number: processes_per_node: 2` : 'ask for GPUs, such as gpu: 2, or gpu: auto; or write a number: processes_per_node: 2',
  }),
)

export const keyOfOneContainer = define<{ key: string; role: string; why: string }>(
  {
    code: 'MLS1199',
    severity: 'error',
    title: 'key that several nodes cannot share',
    explanation: 'With `nodes` over 1 a job is several services, each of one container with a number and an address of its own. What Compose allows to one container alone, or what makes more of one service, does not go with that.',
  },
  ({ key, role, why }) => ({ message: `\`${key}\` does not go with the nodes of \`${role}\`: ${why}`, help: `remove \`${key}\`, or \`nodes\`` }),
)

export const repeatedLine = define<{ role: string; first: string }>(
  {
    code: 'MLS2118',
    severity: 'warning',
    title: 'a line that every process runs',
    explanation: 'torchrun starts the whole command in each process. What stands before the training in the same line is done as often as there are processes, at the same time and in the same places.',
  },
  ({ role, first }) => ({ message: `each process of \`${role}\` runs the whole line, \`${first}\` too`, help: 'do once what is to be done once in a job of its own, which `depends_on` puts before this one' }),
)

export const moreProcessesThanGpus = define<{ processes: number; gpus: number }>(
  {
    code: 'MLS2119',
    severity: 'warning',
    title: 'processes without a GPU of their own',
    explanation: 'NCCL refuses two processes on one GPU (Duplicate GPU detected), and those beyond the number of GPUs end with `invalid device ordinal`.',
  },
  ({ processes, gpus }) => ({ message: `${processes} processes share ${gpus === 1 ? 'one GPU' : `${gpus} GPUs`}`, help: `write processes_per_node: gpu, or gpu: ${processes}` }),
)

export const brokenOnNodes = define<{ what: string; instead: string }>(
  {
    code: 'MLS2120',
    severity: 'warning',
    title: 'known to fail on several nodes',
    explanation: 'Compiling does not look into the code, so this is said to all who train with this version on several nodes. Whoever does not use what fails need do nothing.',
  },
  ({ what, instead }) => ({ message: what, help: instead }),
)

export const sharedGpus = define<{ role: string; nodes: number }>(
  {
    code: 'MLS2121',
    severity: 'warning',
    title: 'nodes that share all GPUs',
    explanation: 'All nodes of a Compose stack are on one machine. With all of its GPUs in each container, two processes meet on each of them, which NCCL refuses. With a number, each node gets as many of its own.',
  },
  ({ role, nodes }) => ({ message: `each of the ${nodes} nodes of \`${role}\` gets all GPUs of the machine`, help: 'write how many each node is to have, such as gpu: 1' }),
)

export const nodeNameTaken = define<{ name: string; job: string; what: string }>(
  {
    code: 'MLS3048',
    severity: 'error',
    title: 'name that a node has',
    explanation: 'The nodes of a job beside the first are services of its name and a number, and they talk on a network of its name and `-nodes`. NAME-0 is what the others call the first one there.',
  },
  ({ name, job, what }) => ({ message: `\`${name}\` is ${what} of \`${job}\``, help: 'rename it' }),
)

export const unequalGpus = define<{ gpus: number; nodes: number; role: string }>(
  {
    code: 'MLS3049',
    severity: 'error',
    title: 'GPUs that nodes cannot share equally',
    explanation: 'GPUs that are named by their ids are those of one machine, and its containers, one for each node, share them: each gets as many as the others, and none that another one has.',
  },
  ({ gpus, nodes, role }) => ({ message: `${gpus === 1 ? 'one GPU cannot' : `${gpus} GPUs cannot`} be shared equally by the ${nodes} nodes of \`${role}\``, help: `name ${nodes} ids, or a multiple of that; or write how many each node is to have, such as gpu: 1` }),
)
