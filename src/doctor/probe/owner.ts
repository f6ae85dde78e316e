/** Who the containers run as: whom the config names, or what MLSTACK_UID and MLSTACK_GID say in the shell or in the `.env` beside compose.yaml. */
import { DEFAULT_ID } from '../../facts/container.ts'
import type { GivenUser } from '../../plan/given-user.ts'
import { readId } from '../container-user.ts'
import type { Machine } from '../machine.ts'
import { readVariables } from './host.ts'

/** `given` is whom the config names. What is no number counts as not set; the doctor tells of it. */
export function readOwner(folder: string, env: Machine['variables'], given: GivenUser | undefined): GivenUser {
  if (given !== undefined) return given
  const variables = readVariables(folder, env)
  const idOf = (name: string) => readId(variables[name]) ?? DEFAULT_ID
  return { uid: idOf('MLSTACK_UID'), gid: idOf('MLSTACK_GID') }
}
