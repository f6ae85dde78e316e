/** Whom a container runs as, by number: names are known to an image alone. */

export interface NumericUser {
  readonly uid: string
  readonly gid: string
}

// https://docs.kernel.org has no larger number for anybody.
const LARGEST_ID = 4_294_967_294

/** `1000`, `1000:100` or `root`; a user alone is of the group with the same number. Undefined for a name. */
export function parseUser(text: string): NumericUser | undefined {
  const [, uid, gid = uid] = /^(\d{1,10})(?::(\d{1,10}))?$/.exec(text.replace(/\broot\b/g, '0')) ?? []
  if (uid === undefined || gid === undefined || Math.max(Number(uid), Number(gid)) > LARGEST_ID) return undefined
  return { uid: String(Number(uid)), gid: String(Number(gid)) }
}
