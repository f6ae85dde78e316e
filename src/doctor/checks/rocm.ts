/** Whether containers can use AMD's GPUs: the devices, and the groups that may open them. */
import { failed, ok, skipped, warning, type Check } from '../check.ts'
import { isRemote, type Machine } from '../machine.ts'
import { joinWords } from '../words.ts'

export const ROCM: Check = {
  id: 'rocm',
  title: 'AMD GPU and groups',
  why: 'containers open /dev/kfd and /dev/dri as members of the groups video and render, by numbers that each machine chooses itself',
  look: (machine, needs) => {
    const { rocm } = machine
    const isNeeded = needs?.gpu?.vendor === 'amd'
    if (needs !== undefined && !isNeeded) return skipped('the stack asks for no AMD GPU')
    if (isNeeded && isRemote(machine)) return skipped('the engine is on another machine; run mlstack doctor there')
    const missing = [...(rocm.hasKfd ? [] : ['/dev/kfd']), ...(rocm.hasDri ? [] : ['/dev/dri'])]
    if (missing.length > 0 && !isNeeded) return skipped('there is no AMD GPU with ROCm')
    if (missing.length > 0) return failed(`there is no ${joinWords(missing)}`, 'install the amdgpu driver: https://rocm.docs.amd.com/projects/install-on-linux; containers on Windows and Mac have no such device')
    const groups = groupsOf(machine)
    const other = groups.filter(({ name, id }) => machine.variables[name] !== String(id))
    const saw = `/dev/kfd and /dev/dri; ${joinWords(groups.map(({ group, id }) => `${group} is ${id}`))}`
    if (groups.length < 2) return failed('/dev/kfd and /dev/dri, but a group video or render is not in /etc/group', 'sudo groupadd --system render, then install the amdgpu driver again')
    return isNeeded && other.length > 0 ? warning(`${saw}; .env says otherwise or nothing`, `put into .env beside compose.yaml:\n${other.map(({ name, id }) => `${name}=${id}`).join('\n')}`) : ok(saw)
  },
}

interface Group {
  readonly group: string
  /** The variable that Compose reads. */
  readonly name: string
  readonly id: number
}

function groupsOf({ rocm: { videoGroup, renderGroup } }: Machine): readonly Group[] {
  return [
    ...(videoGroup === undefined ? [] : [{ group: 'video', name: 'MLSTACK_VIDEO_GID', id: videoGroup }]),
    ...(renderGroup === undefined ? [] : [{ group: 'render', name: 'MLSTACK_RENDER_GID', id: renderGroup }]),
  ]
}
