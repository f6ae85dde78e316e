/** Where the engine runs, and as whom. */
import { failed, NO_ENGINE, ok, skipped, warning, type Check } from '../check.ts'
import { isRemote } from '../machine.ts'
import { joinFew } from '../words.ts'

export const CONTEXT: Check = {
  id: 'context',
  title: 'Docker context',
  why: 'a bind mount names a folder of the machine that the engine runs on: on another machine it is empty or not there',
  look: (machine, needs) => {
    const { endpoint } = machine.docker
    if (endpoint === undefined) return skipped('Docker does not tell which engine it talks to')
    if (!isRemote(machine)) return ok(`this machine, ${endpoint}`)
    const sources = [...new Set((needs?.binds ?? []).map(({ source }) => source))]
    const saw = `another machine, ${endpoint}`
    if (sources.length === 0) return warning(saw, 'to work here: docker context use default, and unset DOCKER_HOST')
    return failed(`${saw}, which has to have ${joinFew(sources)} at the same paths`, 'copy them there with rsync, or work here: docker context use default, and unset DOCKER_HOST')
  },
}

export const ROOTLESS: Check = {
  id: 'rootless',
  title: 'Rootless Docker',
  why: 'without root the engine may lack limits of memory, ports below 1024, and the GPU until its toolkit is told',
  look: ({ docker: { info } }, needs) => {
    if (info === undefined) return NO_ENGINE
    if (!info.isRootless) return ok('the engine runs as root, as usual')
    if (!info.hasMemoryLimit) return warning('the engine is rootless, and limits of memory have no effect', 'delegate the controllers to your user: https://docs.docker.com/engine/security/rootless/tips/#limiting-resources')
    if (needs?.gpu?.vendor === 'nvidia') return warning('the engine is rootless, and the stack needs a GPU', 'sudo nvidia-ctk config --set nvidia-container-cli.no-cgroups --in-place')
    return ok('the engine is rootless; limits of memory have an effect')
  },
}
