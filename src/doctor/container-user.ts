/** Who the containers run as, and which files that user may read. */
import { DEFAULT_ID } from '../facts/container.ts'
import type { Needs } from '../plan/needs.ts'
import type { FileAnswer, Machine } from './machine.ts'

export interface ContainerUser {
  /** What `build.user`, or MLSTACK_UID and MLSTACK_GID say, or the default. */
  readonly uid: number
  readonly gid: number
  /** The numbers that files on the host see; undefined where a rootless engine makes them somebody else's. */
  readonly hostUid: number | undefined
  readonly hostGid: number | undefined
}

/** `own` is whom the config names. Undefined where a variable is no number. */
export function containerUserOf({ variables, docker, host }: Machine, own: Needs['user']): ContainerUser | undefined {
  const [uid, gid] = own === undefined ? ['MLSTACK_UID', 'MLSTACK_GID'].map((name) => readId(variables[name])) : [own.uid, own.gid]
  if (uid === undefined || gid === undefined) return undefined
  if (docker.info?.isRootless !== true) return { uid, gid, hostUid: uid, hostGid: gid }
  return { uid, gid, hostUid: uid === 0 ? host.uid : undefined, hostGid: gid === 0 ? host.gid : undefined }
}

/** Undefined for what is no number; the default for what is not set. */
export function readId(text: string | undefined): number | undefined {
  if (text === undefined || text === '') return DEFAULT_ID
  return /^\d{1,10}$/.test(text) ? Number(text) : undefined
}

/** As the kernel decides it; root in the containers has no capability to read all the same. */
export function canRead(file: FileAnswer, user: HostUser): boolean {
  return may(file, user, file.isFolder ? 0o5 : 0o4)
}

/** In a folder: whether files can be made in it. */
export function canWrite(file: FileAnswer, user: HostUser): boolean {
  return may(file, user, file.isFolder ? 0o3 : 0o2)
}

type HostUser = Pick<ContainerUser, 'hostUid' | 'hostGid'>

function may({ uid, gid, mode }: FileAnswer, { hostUid, hostGid }: HostUser, wanted: number): boolean {
  const shift = uid === hostUid ? 6 : gid === hostGid ? 3 : 0
  return ((mode >> shift) & wanted) === wanted
}
