/** Says once that Docker is away, and tries again until it is back. */
import { pingDocker, type Docker, type DockerError } from '../../engine/docker.ts'
import type { WatchEvent } from '../event.ts'

export interface DockerComeback {
  /** Docker has been found away. */
  await(error: DockerError): void
  /** Docker tells no more of what happens: either it is away, or it has been and is back. */
  check(): void
  stop(): void
}

export interface ComebackSettings {
  readonly docker: Docker
  readonly show: (event: WatchEvent) => void
  readonly onBack: () => void
}

/** Milliseconds between two tries. */
const PAUSE = 2000

export function createDockerComeback({ docker, show, onBack }: ComebackSettings): DockerComeback {
  let timer: NodeJS.Timeout | undefined
  let isSaid = false
  let isStopped = false

  async function tryAgain(): Promise<void> {
    const error = await ask()
    if (isStopped) return
    if (error !== undefined) return tellAway(error)
    if (isSaid) show({ kind: 'note', message: 'Docker answers' })
    isSaid = false
    onBack()
  }

  /** What keeps Docker from answering. */
  async function ask(): Promise<DockerError | undefined> {
    return pingDocker(docker).then(
      () => undefined,
      (error: DockerError) => error,
    )
  }

  function tellAway({ fault }: DockerError): void {
    if (!isSaid) show({ kind: 'problem', message: fault.message, help: fault.help })
    isSaid = true
    tryLater()
  }

  function tryLater(): void {
    clearTimeout(timer)
    timer = setTimeout(() => void tryAgain(), PAUSE)
  }

  return {
    await: (error) => {
      if (!isStopped) tellAway(error)
    },
    check: () => {
      if (!isStopped) tryLater()
    },
    stop: () => {
      isStopped = true
      clearTimeout(timer)
    },
  }
}
