/** What jobs and services differ in, and what one role differs in from others of its kind, as data. */
import type { Role, RoleKind } from '../config/config.ts'
import { NOTEBOOK, TRACKING } from '../config/roles.ts'
import { trackingFacts, type TrackingKind } from '../facts/tracking.ts'

export interface RoleFacts {
  /** A limit against fork bombs, far above what loaders with many workers need. */
  readonly pids: string
  /** Whether the root file system is closed to writing. */
  readonly isReadOnly: boolean
  /** Whether it gets the secrets, and the datasets, that do not say whom they are for. */
  readonly getsSecrets: boolean
  readonly getsDatasets: boolean
  /** The port where none is given; undefined: it listens nowhere. */
  readonly port: number | undefined
  /** The path that tells its health where none is given. */
  readonly healthPath: string
  /** Whether it makes the candidate model, or uses the one in service. */
  readonly makesModel: boolean
  /** Whether it starts once the jobs have made a model, and anew on each one that comes into service. */
  readonly followsModel: boolean
  /** Whether it works on the project's own files rather than on the copy in its image. */
  readonly editsProject: boolean
  /** Whether what it does is recorded by a tracking server. */
  readonly isTracked: boolean
  /** What has to be asked for by name, so that nothing starts it by itself. */
  readonly profiles: readonly string[]
}

export const ROLE_KINDS: Readonly<Record<RoleKind, RoleFacts>> = {
  job: { pids: '16384', isReadOnly: false, getsSecrets: true, getsDatasets: true, port: undefined, healthPath: '/healthz', makesModel: true, followsModel: false, editsProject: false, isTracked: true, profiles: [] },
  service: { pids: '4096', isReadOnly: true, getsSecrets: false, getsDatasets: false, port: 8080, healthPath: '/healthz', makesModel: false, followsModel: true, editsProject: false, isTracked: false, profiles: [] },
}

/** A person works there as in a job, and keeps what was begun whatever is promoted meanwhile. */
const OWN: Readonly<Record<string, Partial<RoleFacts>>> = {
  [NOTEBOOK]: { pids: ROLE_KINDS.job.pids, isReadOnly: false, getsDatasets: true, port: 8888, healthPath: '/api', followsModel: false, editsProject: true, isTracked: true, profiles: ['dev'] },
  [TRACKING]: { followsModel: false },
}

export function factsOf({ name, kind, trackingKind }: Pick<Role, 'name' | 'kind' | 'trackingKind'>): RoleFacts {
  return { ...ROLE_KINDS[kind], ...OWN[name.value], ...(trackingKind === undefined ? {} : listeningOf(trackingKind)) }
}

function listeningOf(kind: TrackingKind): Pick<RoleFacts, 'port' | 'healthPath'> {
  const { port, healthPath } = trackingFacts(kind)
  return { port, healthPath }
}
