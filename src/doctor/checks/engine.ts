/** Whether Docker answers, and whether its parts are new enough. */
import { OLDEST_BUILDX, OLDEST_COMPOSE, OLDEST_ENGINE } from '../../facts/engine.ts'
import { failed, NO_ENGINE, ok, type Check } from '../check.ts'
import { isVirtual, type Machine } from '../machine.ts'
import { isAtLeast } from '../words.ts'

export const DOCKER: Check = {
  id: 'docker',
  title: 'Docker',
  why: 'everything that mlstack writes is built and run by Docker',
  look: ({ docker: { fault, endpoint }, variables }) => {
    const where = endpoint === undefined ? '' : ` on ${endpoint}`
    if (fault === undefined) return ok(`the engine answers${where}`)
    const hasOwnHost = (variables['DOCKER_HOST'] ?? '') !== ''
    return failed(`${fault.message}${where}`, hasOwnHost ? `unset DOCKER_HOST, or correct it; else ${fault.help}` : fault.help)
  },
}

export const ENGINE: Check = {
  id: 'engine',
  title: 'Docker Engine',
  why: `the Dockerfiles use BuildKit, which is the usual builder from Engine ${OLDEST_ENGINE} on`,
  look: (machine) => {
    const version = machine.docker.info?.version
    if (version === undefined) return NO_ENGINE
    return isAtLeast(version, OLDEST_ENGINE) ? ok(version) : failed(`${version}, older than ${OLDEST_ENGINE}`, update(machine, 'docker-ce'))
  },
}

export const COMPOSE: Check = {
  id: 'compose',
  title: 'Docker Compose',
  why: `compose.yaml is run with Compose ${OLDEST_COMPOSE} and newer; older ones know less of it`,
  look: (machine) => {
    const version = machine.docker.composeVersion
    if (version === undefined) return failed('docker has no command compose', update(machine, 'docker-compose-plugin'))
    return isAtLeast(version, OLDEST_COMPOSE) ? ok(version) : failed(`${version}, older than ${OLDEST_COMPOSE}`, update(machine, 'docker-compose-plugin'))
  },
}

export const BUILDX: Check = {
  id: 'buildx',
  title: 'Docker Buildx',
  why: 'Compose builds images with Buildx, and newer Compose refuses an older one',
  look: (machine) => {
    const { buildxVersion: version, composeVersion = '0' } = machine.docker
    const oldest = OLDEST_BUILDX.findLast(({ compose }) => isAtLeast(composeVersion, compose))?.buildx ?? '0'
    if (version === undefined) return failed('docker has no command buildx', update(machine, 'docker-buildx-plugin'))
    return isAtLeast(version, oldest) ? ok(version) : failed(`${version}, and Compose ${composeVersion} needs ${oldest}`, update(machine, 'docker-buildx-plugin'))
  },
}

function update(machine: Machine, part: string): string {
  return isVirtual(machine) ? 'update Docker Desktop' : `sudo apt-get update && sudo apt-get install ${part}, with Docker's own packages: https://docs.docker.com/engine/install`
}
