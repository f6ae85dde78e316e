/** Brings code into the running containers of servers, and has their commands start anew on it. */
import { copyCode, type CopiedFile } from '../../engine/code-copy.ts'
import type { Container } from '../../engine/containers.ts'
import type { Docker } from '../../engine/docker.ts'
import type { CodeCopy, Service } from '../../plan/stack.ts'
import type { ContainerWatch } from './container-watch.ts'
import { reloadsItself } from './reloading.ts'
import { serversOf } from '../work/stack-parts.ts'
import type { Target } from './target.ts'

export interface CodeDelivery {
  /** Paths in the build context. */
  readonly paths: readonly string[]
  /** Services that start anew on them. */
  readonly restart: ReadonlySet<string>
}

export interface Delivered {
  /** Services whose command has started anew, or does so by itself. */
  readonly restarted: readonly string[]
  /** Services that have ended: they take the code from their image when they are brought up. */
  readonly ended: readonly string[]
}

/** Throws where a container refuses. One that is not there yet is passed over: it will be made of an image with that code. */
export async function deliverCode(docker: Docker, containers: ContainerWatch, { stack, codePath }: Target, { paths, restart }: CodeDelivery): Promise<Delivered> {
  const servers = serversOf(stack).filter(({ vendor }) => vendor === undefined)
  const found = servers.map((server) => ({ server, all: containers.containersOf(server.name), running: containers.containersOf(server.name).filter(({ state }) => state === 'running') }))
  await Promise.all(
    found.map(async ({ server, running }) => {
      const code = stack.images.find(({ name }) => name === server.image)?.code ?? []
      const files = paths.flatMap((path) => placesOf(path, code).map((target): CopiedFile => ({ source: codePath(path), target })))
      for (const container of running) {
        await copyCode(docker, container, { files, codeFolders: code.map(({ target }) => target) })
        if (restart.has(server.name)) await restartCommand(docker, container, server)
      }
    }),
  )
  const wanted = found.filter(({ server }) => restart.has(server.name))
  return {
    restarted: wanted.filter(({ running }) => running.length > 0).map(({ server }) => server.name),
    ended: wanted.filter(({ all, running }) => all.length > 0 && running.length === 0).map(({ server }) => server.name),
  }
}

/** The helper in the container starts the command anew. At a terminal there is no helper, so the container starts anew. */
async function restartCommand(docker: Docker, { id }: Container, service: Service): Promise<void> {
  if (reloadsItself(service)) return
  const isAtTerminal = service.overrides.some(({ key }) => key === 'tty')
  const { exitCode, stderr } = await docker.run(isAtTerminal ? ['restart', id] : ['kill', '--signal', 'USR1', id])
  if (exitCode !== 0) throw new Error(stderr.trim())
}

/** Where a path of the build context lies in an image. */
function placesOf(path: string, code: readonly CodeCopy[]): readonly string[] {
  return code.flatMap(({ source, target, isFolder }) => {
    if (!isFolder) return path === source ? [target] : []
    if (source === '.') return [`${target}/${path}`]
    return path.startsWith(`${source}/`) ? [`${target}/${path.slice(source.length + 1)}`] : []
  })
}
