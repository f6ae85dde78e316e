/** Whether the images fit on the engine's disk. */
import { ROOM_FOR_UNKNOWN_IMAGES } from '../../facts/engine.ts'
import { failed, NO_ENGINE, ok, skipped, warning, type Check } from '../check.ts'
import { isRemote, isVirtual } from '../machine.ts'
import { formatBytes, joinWords } from '../words.ts'

/** While an image is exported, its layers are there twice. */
const COPIES = 2

export const DISK: Check = {
  id: 'disk',
  title: 'Disk',
  why: 'a build that fills the disk fails at its end, with "no space left on device"',
  look: (machine, needs) => {
    const { disk, docker } = machine
    if (docker.info === undefined) return NO_ENGINE
    if (disk === undefined) return skipped(`the disk of the engine ${isRemote(machine) ? 'is on another machine' : isVirtual(machine) ? 'is that of a virtual machine' : 'cannot be seen'}`)
    const saw = `${formatBytes(disk.freeBytes)} free for ${disk.folder}`
    const fix = `docker builder prune && docker image prune${docker.reclaimable.length === 0 ? '' : `, of which Docker can free ${joinWords(docker.reclaimable)}`}`
    const { diskBytes } = needs ?? {}
    if (diskBytes === undefined) return disk.freeBytes < ROOM_FOR_UNKNOWN_IMAGES ? warning(`${saw}, and images of frameworks take gigabytes`, fix) : ok(saw)
    const estimate = `the images are estimated at ${formatBytes(diskBytes)}`
    if (disk.freeBytes < diskBytes) return failed(`${saw}, and ${estimate}`, fix)
    if (disk.freeBytes < COPIES * diskBytes) return warning(`${saw}, ${estimate}, and an export needs room for a second copy`, fix)
    return ok(`${saw}; ${estimate}`)
  },
}
