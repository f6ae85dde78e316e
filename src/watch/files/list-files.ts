/** Finds the files at and below a path. Links are followed, but never round in a circle. */
import type { Dirent, Stats } from 'node:fs'
import { lstat, readdir, realpath, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { isWithin } from './path.ts'

/** `path` is absolute; a folder that is ignored is not looked into. */
export type IsIgnored = (path: string, isFolder: boolean) => boolean

export interface FoundFile {
  readonly path: string
  /** The outermost link that led here: what lies behind it can change without an event at this path. */
  readonly link: string | undefined
}

/** Where the walk is, and the real folders where it has gone through links. */
interface Place extends FoundFile {
  readonly trail: readonly string[]
}

/** Nothing there, a socket, a folder that cannot be read or what is ignored: no files. */
export async function listFiles(path: string, isIgnored: IsIgnored): Promise<readonly FoundFile[]> {
  const entry = await lstat(path).catch(() => undefined)
  return entry === undefined ? [] : visit(entry, { path, link: undefined, trail: [] }, isIgnored)
}

/** All folders at once: the system reads no more than a few at a time anyway. */
async function walk(folder: Place, isIgnored: IsIgnored): Promise<readonly FoundFile[]> {
  const entries = await readdir(folder.path, { withFileTypes: true }).catch(() => [])
  const found = await Promise.all(entries.map((entry) => visit(entry, { ...folder, path: `${folder.path}/${entry.name}` }, isIgnored)))
  return found.flat()
}

async function visit(entry: Dirent | Stats, place: Place, isIgnored: IsIgnored): Promise<readonly FoundFile[]> {
  const { path } = place
  const isLink = entry.isSymbolicLink()
  const kind = isLink ? await kindOf(path) : kindOfEntry(entry)
  if (kind === 'other' || isIgnored(path, kind === 'folder')) return []
  const link = place.link ?? (isLink ? path : undefined)
  if (kind === 'file') return [{ path, link }]
  const trail = isLink ? await extendTrail(place) : place.trail
  return trail === undefined ? [] : walk({ path, link, trail }, isIgnored)
}

type Kind = 'file' | 'folder' | 'other'

function kindOfEntry(entry: Dirent | Stats): Kind {
  return entry.isFile() ? 'file' : entry.isDirectory() ? 'folder' : 'other'
}

/** What a path leads to, through links. A pipe or a device is never opened: reading it could wait for ever. */
async function kindOf(path: string): Promise<Kind> {
  const stats = await stat(path).catch(() => undefined)
  return stats === undefined ? 'other' : kindOfEntry(stats)
}

/** The trail behind a link to a folder; undefined where it leads back to where the walk has been. */
async function extendTrail({ path, trail }: Place): Promise<readonly string[] | undefined> {
  const [target, home] = await Promise.all([path, dirname(path)].map((each) => realpath(each).catch(() => '')))
  if (!target || !home || [home, ...trail].some((place) => isWithin(place, target))) return undefined
  return [...trail, home, target]
}
