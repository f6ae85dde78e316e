/** Absolute paths with forward slashes, as watching compares them. */
import { posix, resolve, sep } from 'node:path'

/** The one spelling of a path: absolute, forward slashes, none at the end. */
export function toWatchPath(path: string): string {
  const absolute = resolve(path)
  return sep === '/' ? absolute : absolute.replaceAll(sep, '/')
}

/** Whether a path is the folder or lies in it. */
export function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`)
}

/** The folder around a path; the outermost is its own. */
export function folderOf(path: string): string {
  return posix.dirname(path)
}

/** A path and the folders around it, the innermost first. */
export function pathsUpwards(path: string): readonly string[] {
  const folder = folderOf(path)
  return folder === path ? [path] : [path, ...pathsUpwards(folder)]
}
