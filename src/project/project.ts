/** What compiling may see of the user's folder: a read-only view, so that the compiler itself never touches a disk. */

/** What is at a path: nothing, or a kind of entry (a link is followed). */
export type PathKind = 'missing' | 'file' | 'folder' | 'other'

export interface Project {
  /** The config's folder, absolute, with forward slashes and no slash at its end. */
  readonly folder: string
  /** Takes a path relative to the config's folder, or an absolute one. */
  kindOf(path: string): PathKind
  /** The file's text without a byte order mark, or undefined where there is none or it is no UTF-8 text. */
  read(path: string): string | undefined
  /** Where a link leads, relative to the config's folder; undefined for what is no link itself. */
  linkOf(path: string): string | undefined
}
