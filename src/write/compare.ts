/** Compares what would be written with what is on disk: what is new, the same, out of date, stale, or a person's. Pure. */
import { hashText, unifyLineEnds } from '../emit/hash.ts'
import { hashBody, isHeaderless, readHeader } from '../emit/header.ts'
import type { OutputFile } from '../emit/output-file.ts'
import type { Change, Refused } from './change.ts'
import type { Entry, FolderState } from './folder-state.ts'
import { MANIFEST_PATH } from './manifest.ts'
import { foldersAbove, isInsidePath } from './path.ts'

const MISSING: Entry = { kind: 'missing' }

/**
 * Gives one change a file in the files' order, then the stale files by path. `files` holds the manifest as well (`addManifest`).
 * Something in the way of several files at once, such as a link named `.mlstack`, is told once.
 */
export function compareOutputs(files: readonly OutputFile[], state: FolderState): readonly Change[] {
  const changes = new Map<string, Change>()
  for (const file of files) {
    if (!isInsidePath(file.path)) throw new Error(`an output lies outside its folder: ${file.path}`)
    const change = findObstacleAbove(file.path, state) ?? compareFile(file, state)
    if (!changes.has(change.path)) changes.set(change.path, change)
  }
  return [...changes.values(), ...findStale(files, state)]
}

function compareFile(file: OutputFile, state: FolderState): Change {
  const { path, text: after } = file
  const entry = entryAt(path, state)
  if (entry.kind === 'missing') return { kind: 'create', path, after }
  if (entry.kind !== 'file') return { kind: 'foreign', path, found: entry.kind, needed: 'file', before: undefined, after }
  const before = entry.text
  if (unifyLineEnds(before) === unifyLineEnds(after)) return { kind: 'same', path, before, after }
  if (path === MANIFEST_PATH || isUnedited(path, before, state, after)) return { kind: 'change', path, before, after }
  const wasOurs = readHeader(before) !== undefined || state.manifest.has(path)
  return wasOurs ? { kind: 'edited', path, before, after } : { kind: 'foreign', path, found: 'file', needed: 'file', before, after }
}

/** True where the text has our header, and the manifest, the header's own hash or this run vouches for the body. */
function isUnedited(path: string, text: string, state: FolderState, after?: string): boolean {
  const isRecorded = state.manifest.get(path) === hashText(text)
  if (isHeaderless(path)) return isRecorded
  const header = readHeader(text)
  if (header === undefined) return false
  return isRecorded || hashBody(header.body) === header.hash || (after !== undefined && readHeader(after)?.body === header.body)
}

/** A folder above a path that is none. A link counts: through it, files outside the output folder would be written. */
function findObstacleAbove(path: string, state: FolderState): Refused | undefined {
  for (const folder of foldersAbove(path)) {
    const { kind } = entryAt(folder, state)
    if (kind !== 'missing' && kind !== 'folder') {
      return { kind: 'foreign', path: folder, found: kind, needed: 'folder', before: undefined, after: undefined }
    }
  }
  return undefined
}

/** Files of the manifest that this run does not produce. One without our header is a person's by now, and stays. */
function findStale(files: readonly OutputFile[], state: FolderState): readonly Change[] {
  const produced = new Set(files.map(({ path }) => path))
  const identities = new Set(files.map(({ path }) => identityOf(entryAt(path, state))))
  const stale: Change[] = []
  for (const path of [...state.manifest.keys()].sort()) {
    const entry = entryAt(path, state)
    if (produced.has(path) || entry.kind !== 'file' || findObstacleAbove(path, state) !== undefined) continue
    // On a disk that ignores case, `Test` and `test` are one file: removing the old name would remove what was just written.
    if (identities.has(entry.identity) || (readHeader(entry.text) === undefined && !isHeaderless(path))) continue
    const before = entry.text
    stale.push(isUnedited(path, before, state) ? { kind: 'remove', path, before } : { kind: 'edited', path, before, after: undefined })
  }
  return stale
}

function entryAt(path: string, state: FolderState): Entry {
  return state.entries.get(path) ?? MISSING
}

function identityOf(entry: Entry): string | undefined {
  return entry.kind === 'file' ? entry.identity : undefined
}
