/** What is on disk where the outputs go: the last run's manifest, and the entry at every path that matters. */
import { lstatSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { OutputFile } from '../emit/output-file.ts'
import { codeOf, HostError } from './host-error.ts'
import { MANIFEST_PATH, parseManifest, parseVariant, type Manifest } from './manifest.ts'
import { foldersAbove } from './path.ts'

/** What lies at a path; a link is not followed. `special` is a socket, a pipe or a device. */
export type Entry =
  | { readonly kind: 'missing' | 'folder' | 'link' | 'special' }
  | {
      readonly kind: 'file'
      readonly text: string
      /** The same for two names of one file, as a disk that ignores case has them. */
      readonly identity: string
    }

export interface FolderState {
  readonly manifest: Manifest
  /** By path relative to the folder: the outputs, the manifest's files, and the folders above both. What is not in it is missing. */
  readonly entries: ReadonlyMap<string, Entry>
}

/** Reads the state of an output folder, which need not exist. Throws a HostError where the disk refuses. */
export function readFolderState(folder: string, files: readonly OutputFile[]): FolderState {
  const entries = new Map<string, Entry>()
  const visit = (path: string): Entry | undefined => {
    for (const step of [...foldersAbove(path), path]) {
      const entry = entries.get(step) ?? readEntry(join(folder, step))
      entries.set(step, entry)
      if (entry.kind !== 'folder') return entry
    }
    return undefined
  }
  const recorded = visit(MANIFEST_PATH)
  const manifest = parseManifest(recorded?.kind === 'file' ? recorded.text : '')
  for (const path of [...files.map((file) => file.path), ...manifest.keys()]) visit(path)
  return { manifest, entries }
}

/** The variant that what lies in a folder was made from; undefined for none. */
export function readVariant(folder: string): string | undefined {
  const text = readText(folder, MANIFEST_PATH)
  return text === undefined ? undefined : parseVariant(text)
}

/** Undefined where there is no such file. */
export function readText(folder: string, path: string): string | undefined {
  const entry = readEntry(join(folder, path))
  return entry.kind === 'file' ? entry.text : undefined
}

function readEntry(path: string): Entry {
  try {
    const stats = lstatSync(path, { bigint: true })
    if (stats.isFile()) return { kind: 'file', text: readFileSync(path, 'utf8'), identity: `${stats.dev}:${stats.ino}` }
    if (stats.isDirectory()) return { kind: 'folder' }
    return { kind: stats.isSymbolicLink() ? 'link' : 'special' }
  } catch (error) {
    // ENOTDIR: the output folder itself is a file, which writing into it will tell.
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return { kind: 'missing' }
    throw new HostError('read', path, error)
  }
}
