/** Whether containers can use AMD's GPUs: the devices, and the groups that may open them. */
import { AMD_GROUPS, type DeviceGroup } from '../../facts/container.ts'
import { failed, ok, skipped, warning, type Check } from '../check.ts'
import { isRemote, type Machine } from '../machine.ts'
import { joinWords } from '../words.ts'

export const ROCM: Check = {
  id: 'rocm',
  title: 'AMD GPU and groups',
  why: 'containers open /dev/kfd and /dev/dri as members of the groups video and render, by numbers that each machine chooses itself',
  look: (machine, needs) => {
    const { rocm } = machine
    const isUsed = needs?.gpu?.vendor === 'amd'
    const isNeeded = isUsed && !needs.gpu.isOptional
    if (needs !== undefined && !isUsed) return skipped('the stack asks for no AMD GPU')
    if (isUsed && isRemote(machine)) return skipped('the engine is on another machine; run mlstack doctor there')
    const missing = [...(rocm.hasKfd ? [] : ['/dev/kfd']), ...(rocm.hasDri ? [] : ['/dev/dri'])]
    if (missing.length > 0 && !isNeeded) return skipped('there is no AMD GPU with ROCm')
    if (missing.length > 0) return failed(`there is no ${joinWords(missing)}`, 'install the amdgpu driver: https://rocm.docs.amd.com/projects/install-on-linux; containers on Windows and Mac have no such device')
    const groups = groupsOf(machine)
    const other = groups.filter(({ variable, usual, id }) => (machine.variables[variable] ?? String(usual)) !== String(id))
    const saw = `/dev/kfd and /dev/dri; ${joinWords(groups.map(({ group, id }) => `${group} is ${id}`))}`
    if (groups.length < 2) return failed('/dev/kfd and /dev/dri, but a group video or render is not in /etc/group', 'sudo groupadd --system render, then install the amdgpu driver again')
    return isUsed && other.length > 0 ? warning(`${saw}; the containers get other numbers`, `put into .env beside compose.yaml:\n${other.map(({ variable, id }) => `${variable}=${id}`).join('\n')}`) : ok(saw)
  },
}

type Group = DeviceGroup & { readonly id: number }

function groupsOf({ rocm: { videoGroup, renderGroup } }: Machine): readonly Group[] {
  const numbers = { video: videoGroup, render: renderGroup }
  return AMD_GROUPS.flatMap((group) => {
    const id = numbers[group.group]
    return id === undefined ? [] : [{ ...group, id }]
  })
}
