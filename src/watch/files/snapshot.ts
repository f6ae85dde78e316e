/** What the watched files hold, and what really differs since one last looked: contents decide, never times or events. */
import { takeFingerprint, type Fingerprint } from './fingerprint.ts'
import { listFiles, type FoundFile, type IsIgnored } from './list-files.ts'
import { isWithin, pathsUpwards, toWatchPath } from './path.ts'

export interface FileChange {
  /** Absolute, forward slashes. */
  readonly path: string
  readonly kind: 'added' | 'changed' | 'removed'
}

export interface Snapshot {
  /**
   * Looks at these paths (a folder: at all that it holds) and tells what really differs from what was known; then that is known.
   * A touch, a save of the same content and a new mode give nothing. A link counts by what it leads to; a loop or a broken one as missing.
   */
  update(paths: Iterable<string>): Promise<readonly FileChange[]>
  /** Looks at everything again, and reads only where size, times or inode differ: heals events that were lost. */
  sweep(): Promise<readonly FileChange[]>
  /** Forgets what these paths hold, so that the next update reports them if they exist: they changed while something was reading them. */
  doubt(paths: Iterable<string>): void
  /** Sorted. */
  readonly files: readonly string[]
  hashOf(path: string): string | undefined
}

export interface SnapshotOptions {
  /** Absolute files or folders. They are looked at even where `isIgnored` would leave them out, and need not exist. */
  readonly roots: readonly string[]
  readonly isIgnored: IsIgnored
}

/** So many files are open at once, far below any system's limit. */
const OPEN_FILES = 64

export async function takeSnapshot(options: SnapshotOptions): Promise<Snapshot> {
  const roots = options.roots.map(toWatchPath)
  const isIgnored: IsIgnored = (path, isFolder) => !roots.includes(path) && options.isIgnored(path, isFolder)
  const known = new Map<string, Fingerprint>()
  const doubted = new Set<string>()
  let links: ReadonlySet<string> = new Set()
  let last: Promise<unknown> = Promise.resolve()

  /** One look after the other: two at once would each tell of the same change. */
  function look(paths: readonly string[]): Promise<readonly FileChange[]> {
    const next = last.then(() => lookNow(paths))
    last = next.catch(() => undefined)
    return next
  }

  async function lookNow(paths: readonly string[]): Promise<readonly FileChange[]> {
    const doubts = new Set(doubted)
    doubted.clear()
    const asked = new Set([...paths, ...doubts, ...links])
    const files = await listAll(findStarts(asked, roots, isIgnored), isIgnored)
    links = new Set(files.flatMap(({ link }) => (link === undefined || roots.includes(link) ? [] : [link])))
    const found = await fingerprintAll(new Set(files.map(({ path }) => path)), (path) => (doubts.has(path) ? undefined : known.get(path)))
    const gone = [...known.keys()].filter((path) => !found.has(path) && pathsUpwards(path).some((each) => asked.has(each)))
    const changes = [...found].flatMap(([path, { hash }]) => compareHashes(path, known.get(path)?.hash, hash, doubts.has(path)))
    for (const [path, fingerprint] of found) known.set(path, fingerprint)
    for (const path of gone) known.delete(path)
    return sortByPath([...changes, ...gone.map((path): FileChange => ({ path, kind: 'removed' }))])
  }

  await look(roots)
  return {
    update: (paths) => look([...paths].map(toWatchPath)),
    sweep: () => look(roots),
    doubt: (paths) => [...paths].forEach((path) => doubted.add(toWatchPath(path))),
    get files() {
      return [...known.keys()].sort()
    },
    hashOf: (path) => (doubted.has(toWatchPath(path)) ? undefined : known.get(toWatchPath(path))?.hash),
  }
}

/** Where to look for what was asked: the path itself if no folder around it is left out, and the roots that lie in it. */
function findStarts(asked: ReadonlySet<string>, roots: readonly string[], isIgnored: IsIgnored): ReadonlySet<string> {
  const isReached = (path: string) => roots.some((root) => isWithin(path, root) && foldersBetween(path, root).every((folder) => !isIgnored(folder, true)))
  return new Set([...asked].flatMap((path) => [...roots.filter((root) => isWithin(root, path)), ...(isReached(path) ? [path] : [])]))
}

function foldersBetween(path: string, root: string): readonly string[] {
  return pathsUpwards(path).slice(1).filter((folder) => folder !== root && isWithin(folder, root))
}

async function listAll(starts: ReadonlySet<string>, isIgnored: IsIgnored): Promise<readonly FoundFile[]> {
  return (await Promise.all([...starts].map((start) => listFiles(start, isIgnored)))).flat()
}

async function fingerprintAll(paths: ReadonlySet<string>, knownOf: (path: string) => Fingerprint | undefined): Promise<ReadonlyMap<string, Fingerprint>> {
  const found = new Map<string, Fingerprint>()
  const waiting = paths.values()
  const work = async () => {
    for (const path of waiting) {
      const fingerprint = await takeFingerprint(path, knownOf(path))
      if (fingerprint !== undefined) found.set(path, fingerprint)
    }
  }
  await Promise.all(Array.from({ length: OPEN_FILES }, work))
  return found
}

function compareHashes(path: string, before: string | undefined, after: string, isDoubted: boolean): readonly FileChange[] {
  if (before === undefined) return [{ path, kind: 'added' }]
  return before !== after || isDoubted ? [{ path, kind: 'changed' }] : []
}

function sortByPath(changes: readonly FileChange[]): readonly FileChange[] {
  return changes.toSorted((a, b) => (a.path < b.path ? -1 : 1))
}
