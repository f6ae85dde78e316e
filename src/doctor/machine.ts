/** What the probes found out about a machine: plain values, so that tests can forge any machine. */
import type { EngineAnswers } from '../engine/engine-answers.ts'
import type { BindNeed, HostNeed, PortNeed } from '../plan/needs.ts'

export interface Machine {
  readonly host: Host
  readonly docker: EngineAnswers
  /** The disk of the engine's data; undefined where it is not of this machine, or cannot be seen. */
  readonly disk: { readonly folder: string; readonly freeBytes: number } | undefined
  readonly nvidia: NvidiaAnswer
  readonly toolkit: ToolkitAnswer
  readonly rocm: RocmAnswer
  /** Ports that something listens on, of those that the stack publishes. */
  readonly portsInUse: readonly PortNeed[]
  readonly binds: readonly BindAnswer[]
  readonly hosts: readonly HostAnswer[]
  /** What mlstack writes, as far as it is there. */
  readonly outputs: readonly FileAnswer[]
  /** The shell's variables, over those of `.env`. */
  readonly variables: Readonly<Record<string, string | undefined>>
}

export interface Host {
  /** As Node calls it: `linux`, `darwin`, `win32`. */
  readonly platform: string
  /** As Node calls it: `x64`, `arm64`. */
  readonly architecture: string
  /** Undefined where the system has no such numbers. */
  readonly uid: number | undefined
  readonly gid: number | undefined
  /** The text of /proc/version. */
  readonly kernel: string
  /** What /proc/cpuinfo says of the first processor; empty where there is none. */
  readonly processorFlags: readonly string[]
  /** The folder of the config, or the working folder, absolute. */
  readonly folder: string
}

/** `missing`: no nvidia-smi; `failed`: it says why it sees no GPU. */
export type NvidiaAnswer = { readonly kind: 'missing' } | { readonly kind: 'failed'; readonly reason: string } | { readonly kind: 'gpus'; readonly gpus: readonly NvidiaGpu[] }

export interface NvidiaGpu {
  readonly name: string
  readonly driver: string
  /** Such as `8.9`; undefined where the driver is too old to tell. */
  readonly computeCapability: string | undefined
  readonly memory: number
}

export interface ToolkitAnswer {
  /** Whether the engine finds `nvidia-container-runtime-hook`. */
  readonly hasHook: boolean
  /** CDI specifications that tell of NVIDIA GPUs. */
  readonly cdiFiles: readonly string[]
}

export interface RocmAnswer {
  readonly hasKfd: boolean
  readonly hasDri: boolean
  /** Numeric ids of the groups in this machine's /etc/group. */
  readonly videoGroup: number | undefined
  readonly renderGroup: number | undefined
}

export interface FileAnswer {
  /** As messages show it. */
  readonly path: string
  readonly uid: number
  readonly gid: number
  readonly mode: number
  readonly isFolder: boolean
}

export interface HostAnswer {
  readonly need: HostNeed
  /** Why it does not take a connection, in the system's words; undefined where it does. */
  readonly error: string | undefined
}

export interface BindAnswer {
  readonly need: BindNeed
  /** Absolute. */
  readonly path: string
  /** The system's name for why it cannot be seen, such as `ENOENT`. */
  readonly error: string | undefined
  /** The source itself, then some of what is in it. */
  readonly files: readonly FileAnswer[]
}

/** Whether the engine runs on another machine, which sees none of this one's files, ports and GPUs. */
export function isRemote({ docker: { endpoint = '' } }: Machine): boolean {
  return /^(?:ssh|tcp|https?):\/\/(?!(?:[^@/]*@)?(?:localhost|127\.|\[::1\]))/.test(endpoint)
}

/** Whether the engine runs in a virtual machine of this one, with memory, a disk and users of its own. */
export function isVirtual({ host, docker }: Machine): boolean {
  return host.platform !== 'linux' || docker.info?.system === 'Docker Desktop'
}
