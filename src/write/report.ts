/** Tells, as diagnostics at the files themselves, why something is not written or that it differs. */
import { posix } from 'node:path'
import { staleLock } from '../diagnostics/catalogue/files.ts'
import * as outputs from '../diagnostics/catalogue/outputs.ts'
import type { Diagnostic, Place } from '../diagnostics/diagnostic.ts'
import type { Sink } from '../diagnostics/sink.ts'
import { createSource } from '../syntax/source.ts'
import { canBeForced, type Change, type Refused } from './change.ts'

/** Reports what is in the way (MLS5001, MLS5002). `folder` is the output folder as the user would write it, `.` for here. */
export function reportRefused(refused: readonly Refused[], folder: string, sink: Sink): void {
  for (const change of refused) sink.report(describeRefused(change, posix.join(folder, change.path)))
}

/** Reports every file that is not as it would be written (MLS5003), for `--check`. `folder` as in `reportRefused`. */
export function reportDifferences(changes: readonly Change[], folder: string, sink: Sink): void {
  for (const { kind, path: inside } of changes) {
    const path = posix.join(folder, inside)
    if (kind !== 'same') sink.report(outputs.differentFile({ path, kind }, atTopOf(path)))
  }
}

/** Reports every file that is not as it would be written (MLS5007), for `eject`. `folder` as in `reportRefused`. */
export function reportNotEjectable(changes: readonly Change[], folder: string, sink: Sink): void {
  for (const { kind, path: inside } of changes) {
    const path = posix.join(folder, inside)
    if (kind !== 'same') sink.report(outputs.notEjectable({ path, kind }, atTopOf(path)))
  }
}

/** Reports a lock that is out of date (MLS5005), for `--check`; each place has a warning of its own among the config's diagnostics. */
export function reportStaleLock(diagnostics: readonly Diagnostic[], configName: string, sink: Sink): void {
  const places = diagnostics.filter(({ code }) => code === staleLock.entry.code)
  if (places.length > 0) sink.report(outputs.checkedStaleLock({ count: places.length }, atTopOf(posix.join(posix.dirname(configName), 'mlstack.lock'))))
}

function describeRefused(change: Refused, path: string): Diagnostic {
  if (change.kind === 'edited') return outputs.editedFile({ path, isStale: change.after === undefined }, atTopOf(path))
  const { found, needed } = change
  return outputs.foreignFile({ path, found, needed, canBeForced: canBeForced(change) }, atTopOf(path))
}

/** The place `path:1:1`. The text is left out: it may be no text at all, and no line of it is to blame. */
export function atTopOf(path: string): Place {
  return { at: { source: createSource(path, ''), start: 0, end: 0 } }
}
