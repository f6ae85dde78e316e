/** Watches folders through chokidar, with one watch for a folder and none for its files: systems allow only so many. */
import { FSWatcher } from 'chokidar'
import { toWatchPath } from './path.ts'

export interface FolderWatchOptions {
  /** Real folders that exist. */
  readonly folders: readonly string[]
  /** Asked for each folder below them, before it is watched. */
  readonly isWatched: (folder: string) => boolean
  /** Something happened to a file or folder. */
  readonly onPath: (path: string) => void
  /** A folder came or went. What happened in it before it was watched is not told, and chokidar may have lost it for good. */
  readonly onFolder: (folder: string) => void
  readonly onError: (error: unknown) => void
}

export interface FolderWatch {
  close(): Promise<void>
}

/** Resolves once all folders are watched. */
export async function watchFolders({ folders, isWatched, onPath, onFolder, onError }: FolderWatchOptions): Promise<FolderWatch> {
  const watcher = new FSWatcher({
    ignoreInitial: true,
    followSymlinks: false,
    atomic: false,
    // Without stats it asks too early to know: it asks again with them. Files are told of by their folder's raw events.
    ignored: (path, stats) => stats !== undefined && !(stats.isDirectory() && isWatched(toWatchPath(path))),
  })
  watcher.on('error', onError)
  watcher.on('addDir', (folder) => onFolder(toWatchPath(folder)))
  watcher.on('unlinkDir', (folder) => onFolder(toWatchPath(folder)))
  watcher.on('raw', (event, name: string | null, details) => {
    const folder = watchedFolder(details)
    if (folder === undefined) return
    // A folder that names itself was removed or renamed, and its watch is dead even if there is one of this name again.
    if (event === 'rename' && name !== null && folder.endsWith(`/${name}`)) onFolder(folder)
    onPath(name === null ? folder : toWatchPath(`${folder}/${name}`))
  })
  // Without a folder it would never be ready.
  if (folders.length > 0) await new Promise<void>((resolve) => watcher.once('ready', resolve).add([...folders]))
  return watcher
}

function watchedFolder(details: unknown): string | undefined {
  return typeof details === 'object' && details !== null && 'watchedPath' in details ? toWatchPath(String(details.watchedPath)) : undefined
}

/** Whether chokidar polls whatever it is told, as its variable `CHOKIDAR_USEPOLLING` has it do. */
export function isPollingForced(): boolean {
  return new FSWatcher().options.usePolling
}
