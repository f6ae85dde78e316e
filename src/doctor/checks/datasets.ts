/** Whether the folders and files that are mounted are there, and readable in the containers. */
import { failed, NO_STACK, ok, skipped, warning, type Check } from '../check.ts'
import { canRead, containerUserOf } from '../container-user.ts'
import { isRemote, isVirtual, type BindAnswer } from '../machine.ts'
import { joinFew, quoteForShell } from '../words.ts'
import { WRITE_IDS } from './users.ts'

export const DATASETS: Check = {
  id: 'datasets',
  title: 'Datasets and mounts',
  why: 'a mount whose source is missing stops `up`, and one that the container\'s user may not read stops the job',
  look: (machine, needs) => {
    if (needs === undefined) return NO_STACK
    if (isRemote(machine)) return skipped('the engine is on another machine, whose folders they are')
    const sources = [...new Map(machine.binds.map((bind) => [bind.path, bind])).values()]
    if (sources.length === 0) return ok('the stack mounts nothing of this machine')
    const missing = sources.filter(({ need, error }) => error !== undefined && !(need.isCreated && error === 'ENOENT'))
    const unmade = missing.filter(({ need }) => need.isMade === true)
    if (missing.length > 0 && unmade.length === missing.length) return failed(joinFew(unmade.map(describeMissing)), 'mlstack compile, which makes it')
    if (missing.length > 0) return failed(joinFew(missing.map(describeMissing)), 'correct the path in the config, or put there what it names')
    const created = sources.filter(({ error }) => error !== undefined).map(({ need }) => need.source)
    if (created.length > 0) return warning(`${joinFew(created)}: not there, so Docker makes a folder that is root's`, `mkdir -p ${created.map(quoteForShell).join(' ')}`)
    const user = containerUserOf(machine, needs.user)
    if (user === undefined || isVirtual(machine)) return ok(`${joinFew(sources.map(({ need }) => need.source))} ${sources.length === 1 ? 'is' : 'are'} there`)
    const closed = sources.flatMap(({ need, files }) => files.filter((file) => need.isOurs && !canRead(file, user)))
    if (closed.length === 0) return ok(`${joinFew(sources.map(({ need }) => need.source))}: there, and readable as ${user.uid}:${user.gid}`)
    const paths = closed.map(({ path }) => path)
    const isYours = machine.host.uid !== 0 && closed.every((file) => canRead(file, { hostUid: machine.host.uid, hostGid: machine.host.gid }))
    const fix = isYours && machine.docker.info?.isRootless !== true ? WRITE_IDS : `chmod -R a+rX ${paths.slice(0, 3).map(quoteForShell).join(' ')}`
    return warning(`${joinFew(paths)}: not readable for the user ${user.uid}:${user.gid} of the containers`, fix)
  },
}

function describeMissing({ need, error }: BindAnswer): string {
  return error === 'ENOENT' ? `${need.source} of ${need.service} is not there` : `${need.source} of ${need.service} cannot be seen (${error ?? ''})`
}
