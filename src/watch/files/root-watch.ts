/** Keeps the watches on the roots alive: whenever some may be missing, all are made anew. */
import { createDebounce } from './debounce.ts'
import { watchFolders, type FolderWatch } from './folder-watch.ts'
import type { IsIgnored } from './list-files.ts'
import { locateRoots } from './locate-roots.ts'

export interface RootWatchOptions {
  readonly roots: readonly string[]
  readonly isIgnored: IsIgnored
  readonly onPaths: (paths: readonly string[]) => void
  readonly onDoubt: () => void
  readonly onError: (error: unknown) => void
}

export interface RootWatch {
  /** Looks whether the roots are still the same; no event tells of a root that comes back. */
  check(): void
  close(): Promise<void>
}

/** After so many events all is looked at again: Linux drops what does not fit into a queue of 16,384, and Node does not tell. */
const EVENTS_BEFORE_DOUBT = 4096

/** A checkout moves many folders: watches are made anew when it is through, or every other second. */
const RENEWAL = { quiet: 200, cap: 2000 }

export async function watchRoots({ roots, isIgnored, onPaths, onDoubt, onError }: RootWatchOptions): Promise<RootWatch> {
  let located = locateRoots(roots, isIgnored)
  let watch: FolderWatch | undefined
  let isClosed = false
  let events = 0
  let work: Promise<void> = Promise.resolve()
  const renewal = createDebounce({ ...RENEWAL, onQuiet: renew })

  function onPath(path: string): void {
    const names = located.namesOf(path)
    if (names.length > 0) onPaths(names)
    events += 1
    if (events % EVENTS_BEFORE_DOUBT === 0) renewal.add(path)
  }

  function onFolder(folder: string): void {
    onPath(folder)
    renewal.add(folder)
  }

  async function begin(): Promise<void> {
    await watch?.close()
    if (isClosed) return
    located = locateRoots(roots, isIgnored)
    watch = await watchFolders({ folders: located.folders, isWatched: located.isWatched, onPath, onFolder, onError })
  }

  function renew(): void {
    work = work.then(begin).then(() => (isClosed ? undefined : onDoubt()))
  }

  async function close(): Promise<void> {
    isClosed = true
    renewal.close()
    await work
    await watch?.close()
  }

  await begin()
  return {
    check: () => {
      if (locateRoots(roots, isIgnored).identity !== located.identity) renew()
    },
    close,
  }
}
