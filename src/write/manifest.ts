/** The manifest: which files the last run wrote, with a hash of each, so that stale ones can go and edits be seen. */
import { hashText } from '../emit/hash.ts'
import type { OutputFile } from '../emit/output-file.ts'
import { isInsidePath } from './path.ts'

/** Where the manifest lies, relative to the output folder. */
export const MANIFEST_PATH = '.mlstack/manifest.json'

/** Hashes (see `hashText`) of whole files by their paths relative to the output folder. */
export type Manifest = ReadonlyMap<string, string>

const FORMAT_VERSION = 1
const HASH = /^[0-9a-f]{64}$/

/**
 * Adds the manifest, as the last file, to the files that it lists. No version of mlstack is in it, as in no header: an update
 * that changes nothing else must not make `--check` fail. The variant that the files were made from is, since `--check` has to use it.
 */
export function addManifest(files: readonly OutputFile[], variant?: string): readonly OutputFile[] {
  const entries = files.map(({ path, text }) => [path, hashText(text)] as const)
  const sorted = entries.toSorted(([a], [b]) => (a < b ? -1 : 1))
  const manifest = { version: FORMAT_VERSION, ...(variant === undefined ? {} : { variant }), files: Object.fromEntries(sorted) }
  return [...files, { path: MANIFEST_PATH, text: `${JSON.stringify(manifest, null, 2)}\n` }]
}

/**
 * Reads a manifest's text. What is broken or not ours counts as absent, and so does an entry that leads out of the folder:
 * a manifest comes with a checkout, so it must not be able to have a stranger's files removed.
 */
export function parseManifest(text: string): Manifest {
  const manifest = parseJson(text)
  if (!isRecord(manifest) || manifest['version'] !== FORMAT_VERSION || !isRecord(manifest['files'])) return new Map()
  return new Map(Object.entries(manifest['files']).filter(isEntry))
}

/** The variant of the config that the files were made from; undefined for none. */
export function parseVariant(text: string): string | undefined {
  const manifest = parseJson(text)
  const variant = isRecord(manifest) && manifest['version'] === FORMAT_VERSION ? manifest['variant'] : undefined
  return typeof variant === 'string' ? variant : undefined
}

function isEntry(entry: [string, unknown]): entry is [string, string] {
  const [path, hash] = entry
  return isInsidePath(path) && path !== MANIFEST_PATH && typeof hash === 'string' && HASH.test(hash)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
