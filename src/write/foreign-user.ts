/** Notes that containers will write into folders of a person as somebody else, while there is nothing to repair yet. */
import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import * as notebook from '../diagnostics/catalogue/notebook.ts'
import * as outputs from '../diagnostics/catalogue/outputs.ts'
import type { Sink } from '../diagnostics/sink.ts'
import { onHost } from './host-error.ts'
import { expandHome, type Owner } from './output-folders.ts'
import { atTopOf } from './report.ts'

export interface OutputUse {
  /** The folder of the Compose file, absolute. */
  readonly folder: string
  /** The Compose file as the user would write it: the note is about what it says. */
  readonly composeFile: string
  /** Folders that jobs write into, as that file has them. */
  readonly paths: readonly string[]
  /** Folders of the project that the notebook edits. */
  readonly edited: readonly string[]
  readonly owner: Owner
  /** Whether the config names the owner. */
  readonly isGiven: boolean
}

/**
 * Reports the first folder that is, or will be, closed to the containers (MLS5008, MLS5010). Root gives away what it makes, though not
 * the project, and Windows has no such owners. Throws a HostError.
 */
export function reportForeignUser({ folder, composeFile, paths, edited, owner, isGiven }: OutputUse, sink: Sink): void {
  const own = process.geteuid?.()
  if (own === undefined || own === owner.uid) return
  const findClosed = (all: readonly string[]) => all.find((path) => !isOpenTo(owner, resolve(folder, expandHome(path)), own))
  const closed = own === 0 ? undefined : findClosed(paths)
  // What mends the one mends the other.
  const project = closed === undefined ? findClosed(edited) : undefined
  if (closed !== undefined) sink.report(outputs.foreignUser({ folder: closed, ...owner, own, isGiven }, atTopOf(composeFile)))
  if (project !== undefined) sink.report(notebook.foreignProject({ folder: project, ...owner, own, isGiven }, atTopOf(composeFile)))
}

/** As the kernel decides it; one that is missing will be made by, and for, whoever runs this. */
function isOpenTo({ uid, gid }: Owner, path: string, own: number): boolean {
  const status = onHost('look at', path, () => statSync(path, { throwIfNoEntry: false }))
  if (status === undefined) return uid === own
  const shift = status.uid === uid ? 6 : status.gid === gid ? 3 : 0
  return ((status.mode >> shift) & WRITE_AND_ENTER) === WRITE_AND_ENTER
}

const WRITE_AND_ENTER = 0o3
