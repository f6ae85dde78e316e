/** Diagnostics of GPUs and processors: what a framework's builds run on, MLS2017 and on. */
import { define } from '../diagnostic.ts'
import { didYouMean } from '../suggest.ts'

export const noArmWheels = define<{ framework: string; help: string | undefined }>(
  {
    code: 'MLS2017',
    severity: 'error',
    title: 'framework without wheels for ARM',
    explanation: '`build.platforms` asks for images for 64-bit ARM, and this version of the framework is not published for it: pip would find nothing to install, or start a build from source.',
  },
  ({ framework, help }) => ({ message: `${framework} has no wheels for 64-bit ARM`, help }),
)

export const noKernels = define<{ framework: string; gpu: string; help: string | undefined }>(
  {
    code: 'MLS2018',
    severity: 'error',
    title: 'no kernels for the GPU',
    explanation:
      'A build of a framework has machine code for some generations of GPUs. On another one it installs, starts, and fails at the first operation: "no kernel image is available for execution on the device". Newer GPUs need newer versions, and very old ones need older builds.',
  },
  ({ framework, gpu, help }) => ({ message: `no build of ${framework} has kernels for the ${gpu}`, help }),
)

export const driverTooOld = define<{ framework: string; driver: string; oldest: string | undefined; help: string | undefined }>(
  {
    code: 'MLS2019',
    severity: 'error',
    title: 'driver too old',
    explanation:
      'The libraries of a CUDA generation need a driver that knows them: 450 for CUDA 11, 525 for CUDA 12, 580 for CUDA 13. An older driver refuses them when the program starts: "CUDA driver version is insufficient". A newer driver runs all older ones.',
  },
  ({ framework, driver, oldest, help }) => ({
    message: `the driver ${driver} is too old for every build of ${framework}${oldest === undefined ? '' : `, which needs ${oldest} or newer`}`,
    help,
  }),
)

export const unknownGpu = define<{ gpu: string; suggestion: string | undefined }>(
  {
    code: 'MLS2020',
    severity: 'error',
    title: 'unknown GPU',
    explanation: '`gpu.arch` is a compute capability such as "9.0", or the name of a GPU whose capability is known. NVIDIA lists them at https://developer.nvidia.com/cuda-gpus.',
  },
  ({ gpu, suggestion }) => ({
    message: `\`${gpu}\` is no GPU that mlstack knows`,
    help: didYouMean(suggestion) ?? 'write its compute capability, such as arch: "9.0", or a name such as H100, L4 or RTX 5090',
  }),
)

export const appleGpu = define<{ gpu: string }>(
  {
    code: 'MLS2021',
    severity: 'error',
    title: "Apple's GPU in a container",
    explanation:
      'Containers on a Mac run in a Linux machine that has no way to its GPU: Metal is not there. Images for 64-bit ARM run at full speed on its processor. For a GPU, use a machine with one: `docker context create` leads there.',
  },
  ({ gpu }) => ({ message: `no container can use the GPU of an ${gpu}`, help: 'use gpu: false, and train on the GPU outside of containers or on another machine' }),
)

export const vendorMismatch = define<{ gpu: string; vendor: string | undefined; other: string }>(
  { code: 'MLS2022', severity: 'error', title: 'GPUs of two vendors', explanation: 'One build of a framework is for the GPUs of one vendor, so all of `gpu.arch` must be of `gpu.vendor`.' },
  ({ gpu, vendor, other }) => ({ message: `the ${gpu} is made by ${vendor ?? 'another vendor'}, not by ${other}`, help: `name GPUs of ${other} only, or write vendor: ${vendor?.toLowerCase() ?? 'nvidia'}` }),
)

export const nvidiaKey = define<{ key: string }>(
  { code: 'MLS2023', severity: 'error', title: "key of NVIDIA's for AMD", explanation: "`cuda`, `driver` and `capabilities` speak of NVIDIA's software. AMD's GPUs use ROCm, whose libraries are in the wheels." },
  ({ key }) => ({ message: `\`gpu.${key}\` is NVIDIA's, but the GPU is AMD's`, help: `remove \`${key}\`` }),
)

export const tooLittleMemory = define<{ gpu: string; asked: string; has: string }>(
  { code: 'MLS2025', severity: 'error', title: 'GPU with too little memory', explanation: '`gpu.memory` is what the project needs on each GPU, and the GPU that `gpu.arch` names was never made with that much.' },
  ({ gpu, asked, has }) => ({ message: `the ${gpu} has ${has} at most, but ${asked} are asked for`, help: `use memory: ${has}, or another GPU` }),
)

export const driverFloor = define<{ framework: string; cuda: string; driver: string; older: string | undefined }>(
  {
    code: 'MLS2026',
    severity: 'note',
    title: 'what driver the build needs',
    explanation:
      'The newest CUDA build that fits is taken, and it needs a driver of some age on the machine that runs it. Say `gpu: {driver: "…"}` with the oldest driver of your machines, or `cuda`, and the choice is made for those, without this note. `nvidia-smi` shows the driver.',
  },
  ({ framework, cuda, driver, older }) => ({
    message: `${framework} for CUDA ${cuda} needs the NVIDIA driver ${driver} or newer on the machine that runs it`,
    help: older === undefined ? `if yours is as new, say so: gpu: {driver: "${driver}"}` : `for an older one say which: gpu: {driver: "${older}"}`,
  }),
)

export const unknownPlatform = define<{ platform: string }>(
  { code: 'MLS2027', severity: 'error', title: 'unknown platform', explanation: 'Wheels of the frameworks, and the base image that has Python, are there for Linux on x86-64 and on 64-bit ARM.' },
  ({ platform }) => ({ message: `images cannot be built for \`${platform}\``, help: 'use linux/amd64, linux/arm64 or both' }),
)

export const twoGenerations = define<{ first: string; second: string }>(
  {
    code: 'MLS2028',
    severity: 'warning',
    title: 'two generations of CUDA',
    explanation: 'The frameworks of this config have no build for the same generation of CUDA, so the image carries the libraries of both: gigabytes more, and which one a program loads depends on the order of its imports.',
  },
  ({ first, second }) => ({ message: `${first} and ${second} bring two generations of CUDA into one image`, help: 'give one of them another version' }),
)

export const backendMismatch = define<{ framework: string; backend: string; range: string; help: string | undefined }>(
  { code: 'MLS2029', severity: 'error', title: 'backend of another version', explanation: 'A framework that runs on another one names the versions that it works with; with others its import fails, or it hides the models.' },
  ({ framework, backend, range, help }) => ({ message: `${framework} needs ${backend} ${range}`, help }),
)

export const armGpu = define<object>(
  {
    code: 'MLS2070',
    severity: 'note',
    title: 'GPU with images for ARM',
    explanation: 'On ARM there are GPUs in servers such as GH200 and in Jetson boards. Containers on a Mac have none, whatever the image: there a stack that asks for a GPU does not start.',
  },
  () => ({ message: 'images for ARM with a GPU are for servers such as GH200: containers on a Mac have no GPU', help: 'use gpu: auto for a stack that also starts on a Mac' }),
)

export const driverOfGpu = define<{ driver: string; gpu: string; needed: string }>(
  {
    code: 'MLS2072',
    severity: 'error',
    title: 'GPU newer than the driver',
    explanation: 'A driver knows the GPUs that were there when its branch began. On an older one a newer GPU is not even listed by `nvidia-smi`, whatever CUDA the driver could run on other GPUs.',
  },
  ({ driver, gpu, needed }) => ({ message: `the driver ${driver} does not know the ${gpu}, which needs ${needed} or newer`, help: `use driver: "${needed}"` }),
)

export const noBuildTogether = define<{ framework: string; first: string; second: string; help: string | undefined }>(
  { code: 'MLS2071', severity: 'error', title: 'no build for both', explanation: 'Each demand on the GPU build could be met by itself, but no build of the versions asked for meets all of them.' },
  ({ framework, first, second, help }) => ({ message: `no build of ${framework} is both ${first} and ${second}`, help }),
)
