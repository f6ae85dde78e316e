/** Where the roots of a watch really are: which folders have to be watched for them, and what a real path is called below them. */
import { realpathSync, statSync } from 'node:fs'
import type { IsIgnored } from './list-files.ts'
import { folderOf, isWithin, toWatchPath } from './path.ts'

export interface LocatedRoots {
  /** Real folders that exist. */
  readonly folders: readonly string[]
  /** Another text as soon as a root comes, goes or is replaced, so that watches of it see nothing any more. */
  readonly identity: string
  /** Whether a real folder can hold something that is looked for. */
  isWatched(folder: string): boolean
  /** What a real path is called below each root that it belongs to; nothing where nobody looks for it. */
  namesOf(path: string): readonly string[]
}

/** A real path that matters, and its name for whoever watches. `folder`: all below it matters as well. */
interface Place {
  readonly kind: 'file' | 'folder'
  readonly real: string
  readonly name: string
}

/** A root that is missing counts as a file: if it comes as a folder, that is another identity. */
export function locateRoots(roots: readonly string[], isIgnored: IsIgnored): LocatedRoots {
  const places = roots.map(toWatchPath).flatMap(locateRoot)
  const watched = places.map(({ kind, real }) => (kind === 'folder' ? real : folderOf(real)))
  const folders = [...new Set(watched)].filter((folder) => statOf(folder)?.isDirectory())
  const namesOf = (path: string, isFolder: boolean) => [...new Set(places.flatMap((place) => nameWithin(place, path, isFolder, isIgnored)))]
  return {
    folders,
    identity: [...places.map(({ kind, real }) => `${kind} ${real}`), ...folders.map(identityOf)].join('\n'),
    isWatched: (folder) => folders.includes(folder) || namesOf(folder, true).length > 0,
    namesOf: (path) => namesOf(path, false),
  }
}

/** A file is watched for in its folder, since a save by rename ends a watch of the file; a link to it where it leads as well. */
function locateRoot(name: string): readonly Place[] {
  const real = realPathOf(name)
  if (real !== undefined && statOf(real)?.isDirectory()) return [{ kind: 'folder', real, name }]
  const home = realPathOf(folderOf(name))
  const reals = new Set([home && toWatchPath(`${home}/${name.slice(name.lastIndexOf('/'))}`), real])
  return [...reals].flatMap((each) => (each === undefined ? [] : [{ kind: 'file', real: each, name }]))
}

function nameWithin({ kind, real, name }: Place, path: string, isFolder: boolean, isIgnored: IsIgnored): readonly string[] {
  if (path === real) return [name]
  if (kind === 'file' || !isWithin(path, real)) return []
  const inner = `${name}${path.slice(real.length)}`
  return isIgnored(inner, isFolder) ? [] : [inner]
}

/** A folder that was made anew often has the inode of the old one, but not its birth. */
function identityOf(folder: string): string {
  const stats = statOf(folder)
  return `${stats?.dev}:${stats?.ino}:${stats?.birthtimeMs}`
}

function realPathOf(path: string): string | undefined {
  try {
    return toWatchPath(realpathSync(path))
  } catch {
    return undefined
  }
}

function statOf(path: string) {
  return statSync(path, { throwIfNoEntry: false })
}
