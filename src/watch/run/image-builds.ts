/** Builds images, tells of their progress, and clears away what the builds of a session leave behind. */
import { createBuildLog, type BuildFailure } from '../../engine/build-log.ts'
import { findImage, reasonOf, type Compose } from '../../engine/compose.ts'
import type { Docker } from '../../engine/docker.ts'
import type { Stack } from '../../plan/stack.ts'
import type { WatchEvent } from '../event.ts'

export type BuildEnd = { readonly kind: 'built' | 'aborted' } | { readonly kind: 'failed'; readonly failure: BuildFailure }

export interface ImageBuilds {
  build(compose: Compose, stack: Stack, services: readonly string[]): Promise<BuildEnd>
  /** Ends a build under way. */
  abort(): void
}

export function createImageBuilds(docker: Docker, show: (event: WatchEvent) => void): ImageBuilds {
  let running: AbortController | undefined
  /** The images that this session has built last, by name, and those that they replaced. */
  const built = new Map<string, string>()
  const replaced = new Set<string>()

  /** Each build leaves an image without a name behind, which goes as soon as no container uses it. */
  async function forgetReplaced({ images, project }: Stack): Promise<void> {
    for (const name of images.map((image) => `${project}-${image.name}`)) {
      const [before, now] = [built.get(name), await findImage(docker, name)]
      if (before !== undefined && before !== now) replaced.add(before)
      if (now === undefined) continue
      built.set(name, now)
      // What a file held before, it may hold again: then its old image is the one in use.
      replaced.delete(now)
    }
    for (const id of replaced) if ((await docker.run(['image', 'rm', id])).exitCode === 0) replaced.delete(id)
  }

  return {
    build: async (compose, stack, services) => {
      const log = createBuildLog()
      running = new AbortController()
      const onLine = (line: string) => log.read(line).forEach((shown) => show({ kind: 'build', image: services.join(', '), line: shown }))
      const result = await compose.build(services, { signal: running.signal, onLine })
      running = undefined
      if (result.isAborted) return { kind: 'aborted' }
      if (result.exitCode !== 0) return { kind: 'failed', failure: log.failure() ?? { service: undefined, instruction: undefined, lines: [], message: reasonOf(result) } }
      await forgetReplaced(stack)
      return { kind: 'built' }
    },
    abort: () => running?.abort(),
  }
}
