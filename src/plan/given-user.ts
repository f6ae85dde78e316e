/** Whom the containers run as where the config says it, and not the shell. */
import type { Stack } from './stack.ts'

export interface GivenUser {
  readonly uid: number
  readonly gid: number
}

/** The user and group of `build.user`; undefined: MLSTACK_UID and MLSTACK_GID decide. */
export function givenUserOf({ images }: Pick<Stack, 'images'>): GivenUser | undefined {
  const [user] = images.flatMap(({ extras }) => extras.user ?? [])
  return user && { uid: Number(user.uid), gid: Number(user.gid) }
}
