/** What jobs and services differ in, as data. */
import type { RoleKind } from '../config/config.ts'

export interface RoleKindFacts {
  /** A limit against fork bombs, far above what loaders with many workers need. */
  readonly pids: string
  /** Whether the root file system is closed to writing. */
  readonly isReadOnly: boolean
  /** Whether it gets the secrets and datasets that do not say whom they are for. */
  readonly getsByDefault: boolean
  /** The port where none is given; undefined: it listens nowhere. */
  readonly port: number | undefined
  /** The path that tells its health where none is given. */
  readonly healthPath: string
  /** Whether it makes the candidate model, or uses the one in service. */
  readonly makesModel: boolean
}

export const ROLE_KINDS: Readonly<Record<RoleKind, RoleKindFacts>> = {
  job: { pids: '16384', isReadOnly: false, getsByDefault: true, port: undefined, healthPath: '/healthz', makesModel: true },
  service: { pids: '4096', isReadOnly: true, getsByDefault: false, port: 8080, healthPath: '/healthz', makesModel: false },
}
