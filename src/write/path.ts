/** Paths of outputs: relative to the output folder, with forward slashes, and never out of it. */

// A colon is a drive letter or a stream on Windows, a backslash a separator there.
const FORBIDDEN = /[\0-\x1f\x7f:\\]/

/** Says whether a path names something inside the output folder on every system: no `..`, no absolute path, no drive letter. */
export function isInsidePath(path: string): boolean {
  return !FORBIDDEN.test(path) && path.split('/').every((part) => part !== '' && part !== '.' && part !== '..')
}

/** The folders on the way to a path, outermost first: `a` and `a/b` for `a/b/c`. */
export function foldersAbove(path: string): readonly string[] {
  const parts = path.split('/')
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'))
}
