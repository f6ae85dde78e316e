/** Lists what a run did to the output folder, or would do: one line a file. */
import { posix } from 'node:path'
import type { Refused, Writable } from '../write/change.ts'

type Made = Exclude<Writable['kind'], 'same'>

const DID: Readonly<Record<Made, string>> = { create: 'created', change: 'updated', remove: 'removed' }
const WOULD: Readonly<Record<Made, string>> = { create: 'would create', change: 'would update', remove: 'would remove' }
const REASONS: Readonly<Record<Refused['kind'], string>> = { edited: 'edited by hand', foreign: 'not made by mlstack' }

/** For a run that has written. `folder` is the output folder as the user would write it. */
export function listWritten(changes: readonly Writable[], folder: string): string {
  return listChanges(changes, folder, DID)
}

/** For `--dry-run`. Where something is refused, the run would write nothing at all, and the list says so. */
export function listPlanned({ writable, refused }: { writable: readonly Writable[]; refused: readonly Refused[] }, folder: string): string {
  if (refused.length === 0) return listChanges(writable, folder, WOULD)
  const lines = refused.map(({ kind, path }) => `would not touch ${posix.join(folder, path)} (${REASONS[kind]})\n`)
  return `${lines.join('')}so nothing would be written\n`
}

function listChanges(changes: readonly Writable[], folder: string, verbs: Readonly<Record<Made, string>>): string {
  const lines = changes.flatMap(({ kind, path }) => (kind === 'same' ? [] : [`${verbs[kind]} ${posix.join(folder, path)}\n`]))
  const same = changes.length - lines.length
  return lines.join('') + (same === 0 ? '' : `${same} ${same === 1 ? 'file' : 'files'} unchanged\n`)
}
