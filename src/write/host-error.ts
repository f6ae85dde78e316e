/** The error of a machine that cannot do what was asked: it names the path, the cause, and what to do about it. */

interface Cause {
  readonly reason: string
  readonly remedy: string
}

const CAUSES: Readonly<Record<string, Cause>> = {
  EACCES: { reason: 'permission denied', remedy: 'give yourself access to it, or choose another folder with -o' },
  EPERM: { reason: 'the system does not permit it', remedy: 'check its owner and its attributes, or choose another folder with -o' },
  EROFS: { reason: 'the file system is read-only', remedy: 'mount it writable, or choose another folder with -o' },
  ENOSPC: { reason: 'the disk is full', remedy: 'free some space and run it again' },
  EDQUOT: { reason: 'your disk quota is used up', remedy: 'free some space and run it again' },
  ENOTDIR: { reason: 'a file is where a folder is needed', remedy: 'move that file away, or choose another folder with -o' },
  EEXIST: { reason: 'something else is in its place', remedy: 'move it away, or choose another folder with -o' },
  EISDIR: { reason: 'a folder is where a file is needed', remedy: 'move that folder away' },
  ENAMETOOLONG: { reason: 'the path is too long', remedy: 'choose a shorter name or folder' },
  EMFILE: { reason: 'too many files are open', remedy: 'raise the limit with ulimit -n' },
  ENOENT: { reason: 'it is not there', remedy: 'if it was a moment ago, run it again' },
  EIO: { reason: 'the disk reports an error', remedy: 'check the disk' },
}

export class HostError extends Error {
  override readonly name = 'HostError'
  readonly path: string
  /** The system's name for the cause, such as `ENOSPC`, where it gave one. */
  readonly code: string | undefined

  /** `action` is a verb for the message, such as `write`; `cause` is what node:fs threw. */
  constructor(action: string, path: string, cause: unknown) {
    const code = codeOf(cause)
    super(`cannot ${action} ${path}: ${describeCause(code, cause)}`, { cause })
    this.path = path
    this.code = code
  }
}

/** Runs one step on the disk and turns what node:fs throws into a HostError about `path`. */
export function onHost<T>(action: string, path: string, step: () => T): T {
  try {
    return step()
  } catch (error) {
    throw new HostError(action, path, error)
  }
}

/** The system's name for an error, such as `ENOENT`. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

function describeCause(code: string | undefined, cause: unknown): string {
  const known = code === undefined ? undefined : CAUSES[code]
  if (known !== undefined) return `${known.reason}; ${known.remedy}`
  return cause instanceof Error ? cause.message : String(cause)
}
