/** Tells which paths something happened to: by the system's events, or by looking once a second where there are none. */
import { statfsSync } from 'node:fs'
import { codeOf } from '../../write/host-error.ts'
import { nameSilentFileSystem } from './file-systems.ts'
import { isPollingForced } from './folder-watch.ts'
import type { IsIgnored } from './list-files.ts'
import { watchRoots, type RootWatch } from './root-watch.ts'

/** Something of the machine that the user should know. */
export interface WatchProblem {
  readonly message: string
  readonly help: string
}

export interface Watcher {
  readonly isPolling: boolean
  close(): Promise<void>
}

export interface WatchOptions {
  /** Absolute files or folders. They are watched even where `isIgnored` would leave them out, and need not exist. */
  readonly roots: readonly string[]
  readonly isIgnored: IsIgnored
  /** As a user asks for it, for a disk whose events get lost. */
  readonly isPolling: boolean
  /** Paths that something happened to; files or folders; may be wrong, the snapshot decides. */
  readonly onPaths: (paths: readonly string[]) => void
  /** Said once each. */
  readonly onProblem: (problem: WatchProblem) => void
  /** Look at everything: events may have been lost, since a folder came or went or there were too many; and once a second while polling. */
  readonly onDoubt: () => void
}

/** A sweep of 10,000 files takes a tenth of a second. Once a second that costs little, and one hardly waits for it. */
const INTERVAL = 1000

const POLLING = 'until then, mlstack looks for changes once a second'

/** The limits that watching meets, by the system's code, and what raises them. */
const LIMITS: Readonly<Record<string, WatchProblem>> = {
  ENOSPC: { message: 'the system allows no more watches (fs.inotify.max_user_watches)', help: `raise the limit: sudo sysctl fs.inotify.max_user_watches=524288; ${POLLING}` },
  EMFILE: { message: 'the system allows no more watchers (fs.inotify.max_user_instances)', help: `raise the limit: sudo sysctl fs.inotify.max_user_instances=512; ${POLLING}` },
}

/** Begins to watch; resolves when no later change is missed. */
export async function watchFiles(options: WatchOptions): Promise<Watcher> {
  const tell = tellOnce(options.onProblem)
  let isPolling = options.isPolling || isPollingForced()
  const silent = isPolling ? undefined : findSilentFileSystem(options.roots)
  if (silent !== undefined) tell(silent)
  isPolling ||= silent !== undefined

  let watch: RootWatch | undefined
  const onError = (error: unknown) => {
    const limit = LIMITS[codeOf(error) ?? '']
    tell(limit ?? describe(error))
    if (limit === undefined) return
    isPolling = true
    void watch?.close()
  }
  if (!isPolling) watch = await watchRoots({ ...options, onError })
  if (isPolling) await watch?.close()

  const timer = setInterval(() => (isPolling ? options.onDoubt() : watch?.check()), INTERVAL)
  return {
    get isPolling() {
      return isPolling
    },
    close: async () => {
      clearInterval(timer)
      await watch?.close()
    },
  }
}

function tellOnce(tell: (problem: WatchProblem) => void): (problem: WatchProblem) => void {
  const told = new Set<string>()
  return (problem) => {
    if (told.has(problem.message)) return
    told.add(problem.message)
    tell(problem)
  }
}

/** A folder that cannot be read is no reason to stop watching the others. */
function describe(error: unknown): WatchProblem {
  const message = error instanceof Error ? error.message : String(error)
  return { message: `something cannot be watched: ${message}`, help: 'changes in it are not noticed; give yourself access to it, or leave it out' }
}

function findSilentFileSystem(roots: readonly string[]): WatchProblem | undefined {
  const name = roots.map(fileSystemOf).find((each) => each !== undefined)
  return name === undefined ? undefined : { message: `the project lies on ${name}, which tells of no changes`, help: 'mlstack looks for changes once a second instead' }
}

function fileSystemOf(root: string): string | undefined {
  try {
    return nameSilentFileSystem(statfsSync(root).type)
  } catch {
    return undefined
  }
}
