/** What can be wrong with Docker itself, by the words in which its command line says so. */

export interface DockerFault {
  readonly message: string
  /** What to do about it. */
  readonly help: string
}

interface KnownFault extends DockerFault {
  readonly words: RegExp
}

const MISSING: DockerFault = { message: 'there is no docker command', help: 'install Docker Engine 23 or newer with Compose 2.26 or newer: https://docs.docker.com/engine/install' }

/** The first that fits counts. */
const FAULTS: readonly KnownFault[] = [
  {
    words: /permission denied while trying to connect to the docker/i,
    message: 'you may not talk to Docker',
    help: 'join its group (sudo usermod -aG docker "$USER", then log in again), or use rootless Docker',
  },
  {
    words: /cannot connect to the docker daemon|error during connect|is the docker daemon running|docker_engine: the system cannot find|connection refused.*docker|docker\.sock: connect|error reading from server: EOF|connection reset by peer.*docker/i,
    message: 'Docker does not answer',
    help: 'start Docker Desktop, or the service: sudo systemctl start docker',
  },
  {
    words: /'compose' is not a docker command|unknown command: docker compose|unknown shorthand flag: 'f' in -f|unknown flag: --progress/i,
    message: 'Docker has no Compose 2',
    help: 'install the plugin, 2.26 or newer: https://docs.docker.com/compose/install',
  },
]

/** Undefined where a command failed for a reason of its own, or did not fail. `code` is the system's name of why it did not start. */
export function findFault({ exitCode, stderr, code }: { readonly exitCode: number | undefined; readonly stderr: string; readonly code: string | undefined }): DockerFault | undefined {
  if (code === 'ENOENT') return MISSING
  if (exitCode === 0) return undefined
  const found = FAULTS.find(({ words }) => words.test(stderr))
  return found && { message: found.message, help: found.help }
}
