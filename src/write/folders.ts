/** Folders on the way to the outputs: which are missing, making one, which can go, and making the disk keep what was renamed in them. */
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readdirSync, rmdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { codeOf } from './host-error.ts'

// Windows cannot open a folder, some network file systems cannot sync one, and a folder may be writable but not readable.
const CANNOT_SYNC = new Set(['EACCES', 'EBADF', 'EINVAL', 'EISDIR', 'ENOENT', 'ENOTSUP', 'EPERM'])

/** The folders that have to be made for `folder` to exist, outermost first. */
export function missingFolders(folder: string): readonly string[] {
  const parent = dirname(folder)
  return existsSync(folder) || parent === folder ? [] : [...missingFolders(parent), folder]
}

/** One that is there already will do. Where the parent is there and takes no folder, as in /proc, Node's recursive way would try for ever. */
export function makeFolder(folder: string): void {
  try {
    mkdirSync(folder)
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return
    if (codeOf(error) !== 'ENOENT' || existsSync(dirname(folder))) throw error
    mkdirSync(folder, { recursive: true })
  }
}

/** A folder and all folders below it, links not followed; none where it cannot be read. */
export function foldersWithin(folder: string): readonly string[] {
  try {
    const inner = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory())
    return [folder, ...inner.flatMap(({ name }) => foldersWithin(join(folder, name)))]
  } catch {
    return []
  }
}

/** Removes a folder if it is empty and that can be done. */
export function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder)
  } catch {
    // Not empty, or gone already: then it is not ours to remove.
  }
}

/** Makes renames and removals in a folder outlast a loss of power, where the system has a way to ask for it. */
export function syncFolder(folder: string): void {
  let handle: number | undefined
  try {
    handle = openSync(folder, 'r')
    fsyncSync(handle)
  } catch (error) {
    if (!CANNOT_SYNC.has(codeOf(error) ?? '')) throw error
  } finally {
    if (handle !== undefined) closeSync(handle)
  }
}
