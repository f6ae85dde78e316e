/** Whether files that containers write belong to the person who runs them. */
import { quoteForShell, joinFew } from '../words.ts'
import { failed, NO_STACK, ok, skipped, warning, type Check } from '../check.ts'
import { canWrite, containerUserOf } from '../container-user.ts'
import { isRemote, isVirtual } from '../machine.ts'

/** The shell fills in the numbers. */
export const WRITE_IDS = `printf 'MLSTACK_UID=%s\\nMLSTACK_GID=%s\\n' "$(id -u)" "$(id -g)" >> .env`

const OWN_NUMBER = 'write your own number under build.user: "$(id -u):$(id -g)"'

export const USER: Check = {
  id: 'user',
  title: 'User of the containers',
  why: 'files that a container writes into a folder of yours belong to MLSTACK_UID',
  look: (machine, needs) => {
    const { host } = machine
    if (isRemote(machine) || isVirtual(machine) || host.uid === undefined) return skipped('the engine gives files to their users by itself, or is on another machine')
    const user = containerUserOf(machine, needs?.user)
    if (user === undefined) return failed('MLSTACK_UID or MLSTACK_GID is no number; .env is not run by a shell', `remove it, then ${WRITE_IDS}`)
    if (needs === undefined) return NO_STACK
    const written = [...new Set(needs.binds.filter(({ isReadOnly, isOurs }) => isOurs && !isReadOnly).map(({ source }) => source))]
    if (written.length === 0) return ok(`containers run as ${user.uid}:${user.gid}, and write into no folder of this machine`)
    const closed = [...new Set(machine.binds.flatMap(({ need, files: [source] }) => (need.isOurs && !need.isReadOnly && source !== undefined && !canWrite(source, user) ? [source.path] : [])))]
    const isRootless = machine.docker.info?.isRootless === true
    if (closed.length > 0 && !isRootless) {
      const fix = user.hostUid === host.uid || host.uid === 0 ? `sudo chown -R ${user.uid}:${user.gid} ${closed.map(quoteForShell).join(' ')}` : needs.user === undefined ? WRITE_IDS : OWN_NUMBER
      return failed(`${joinFew(closed)}: not writable for the user ${user.uid}:${user.gid} of the containers, so what writes there fails`, fix)
    }
    // Root can do as it likes with files that are another's.
    if (host.uid === 0 && !isRootless && machine.binds.some(({ need, files }) => !need.isReadOnly && files.length > 0)) return ok(`containers run as ${user.uid}:${user.gid}, and may write into ${joinFew(written)}`)
    if (user.hostUid === host.uid) return ok(`containers run as ${user.uid}, which is you, and write into ${joinFew(written)}`)
    const saw = `containers run as ${user.uid}, you are ${host.uid}, and they write into ${joinFew(written)}`
    if (isRootless) return warning(`${saw}; with a rootless engine you are 0 in a container`, 'keep what they write in a volume, or let the folder be written by all: chmod a+rwX')
    return warning(saw, host.uid === 0 ? `chown -R ${user.uid}:${user.gid} ${written.map(quoteForShell).join(' ')}` : needs.user === undefined ? WRITE_IDS : OWN_NUMBER)
  },
}

export const OWNERSHIP: Check = {
  id: 'ownership',
  title: 'Owner of the outputs',
  why: 'files of root in your folders can neither be replaced by mlstack nor be removed without sudo',
  look: (machine) => {
    const { host, outputs, binds } = machine
    if (host.uid === undefined) return skipped('files have no such owners here')
    if (host.uid === 0) return skipped('you are root yourself')
    const written = binds.filter(({ need }) => !need.isReadOnly).flatMap(({ files }) => files)
    const ofRoot = [...outputs, ...written].filter(({ uid }) => uid === 0).map(({ path }) => path)
    if (ofRoot.length === 0) return ok(`none of ${outputs.length + written.length} files looked at is root's`)
    return warning(`root has ${joinFew(ofRoot)}`, `sudo chown -R "$(id -u):$(id -g)" ${topmost(ofRoot).map(quoteForShell).join(' ')}`)
  },
}

/** Without what lies in a folder that is among them. */
function topmost(paths: readonly string[]): readonly string[] {
  return paths.filter((path) => !paths.some((other) => path.startsWith(`${other}/`)))
}
