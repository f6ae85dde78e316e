/** Machines and needs for tests: a good one of each, and what is changed in it. */
import type { EngineInfo } from '../../../src/engine/engine-answers.ts'
import type { FileAnswer, Host, Machine, NvidiaAnswer } from '../../../src/doctor/machine.ts'
import type { BindNeed, Needs } from '../../../src/plan/needs.ts'

export const GIB = 1024 ** 3

const INFO: EngineInfo = {
  version: '27.3.1', system: 'Debian GNU/Linux 12 (bookworm)', memory: 32 * GIB, rootFolder: '/var/lib/docker', isRootless: false, hasMemoryLimit: true, cgroupDriver: 'systemd', runtimes: ['runc'], cdiDevices: [],
}

const HOST: Host = { platform: 'linux', architecture: 'x64', uid: 1000, gid: 1000, kernel: 'Linux version 6.1.0', processorFlags: ['sse4_2', 'avx', 'avx2'], folder: '/home/ana/digits' }

type Changes = Partial<Omit<Machine, 'host' | 'docker'>> & { readonly host?: Partial<Host>; readonly docker?: Partial<Machine['docker']>; readonly info?: Partial<EngineInfo> }

export function machineWith({ host, docker, info, ...others }: Changes = {}): Machine {
  return {
    host: { ...HOST, ...host },
    docker: { fault: undefined, info: { ...INFO, ...info }, endpoint: 'unix:///var/run/docker.sock', composeVersion: '2.30.0', buildxVersion: '0.17.1', reclaimable: [], containers: [], ...docker },
    disk: { folder: '/var/lib/docker', freeBytes: 100 * GIB },
    nvidia: { kind: 'missing' },
    toolkit: { hasHook: false, cdiFiles: [] },
    rocm: { hasKfd: false, hasDri: false, videoGroup: undefined, renderGroup: undefined },
    portsInUse: [],
    binds: [],
    hosts: [],
    outputs: [],
    variables: {},
    ...others,
  }
}

export function needsWith(changes: Partial<Needs> = {}): Needs {
  return { project: 'digits', services: [], hostPorts: [], gpu: undefined, binds: [], hosts: [], secrets: [], ...changes }
}

/** A machine with one GPU. */
export function gpusWith(changes: { readonly driver?: string; readonly memory?: number; readonly name?: string; readonly computeCapability?: string | undefined } = {}, count = 1): NvidiaAnswer {
  const gpu = { name: 'NVIDIA GeForce RTX 4090', driver: '580.82.07', computeCapability: '8.9', memory: 24 * GIB, ...changes }
  return { kind: 'gpus', gpus: Array.from({ length: count }, () => gpu) }
}

export function fileWith(changes: Partial<FileAnswer> = {}): FileAnswer {
  return { path: 'data/digits.csv', uid: 1000, gid: 1000, mode: 0o644, isFolder: false, ...changes }
}

export function bindOf(need: Partial<BindNeed>, ...files: readonly FileAnswer[]): Machine['binds'][number] {
  const full = { service: 'train', source: './data/digits.csv', isReadOnly: true, isCreated: false, isOurs: true, ...need }
  return { need: full, path: `/home/ana/digits/${full.source}`, error: undefined, files }
}
