/** From the disk to real changes: watcher, debounce and snapshot as one, over whatever files matter at the time. */
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createDebounce } from './debounce.ts'
import type { Inputs } from '../inputs.ts'
import { takeSnapshot, type FileChange, type Snapshot } from './snapshot.ts'
import { watchFiles, type Watcher, type WatchProblem } from './watcher.ts'

export interface ChangeSourceSettings {
  readonly inputs: Inputs
  readonly isPolling: boolean
  /** Whether something reads the files just now: what changes meanwhile counts as changed even if it is as before in the end. */
  readonly isReading: () => boolean
  /** Changes of content, one call at a time. */
  readonly onChanges: (changes: readonly FileChange[]) => Promise<void>
  readonly onProblem: (problem: WatchProblem) => void
  /** What `onChanges` threw, or the disk. */
  readonly onError: (error: unknown) => void
}

export interface ChangeSource {
  /** Goes on with other files; gives what differs by that. */
  replaceInputs(inputs: Inputs): Promise<readonly FileChange[]>
  /** Takes files as they are now for known. */
  accept(paths: readonly string[]): Promise<void>
  files(): readonly string[]
  /** The same for the same content; undefined where that is not known. */
  hashOf(path: string): string | undefined
  isPolling(): boolean
  close(): Promise<void>
}

export async function openChangeSource({ inputs, isPolling, isReading, onChanges, onProblem, onError }: ChangeSourceSettings): Promise<ChangeSource> {
  let watcher: Watcher
  let snapshot: Snapshot
  let gitFolder = findGitFolder(inputs.roots[0] ?? '.')
  const doubted = new Set<string>()
  let isSweepDue = false
  let isBusy = false
  let isClosed = false
  const debounce = createDebounce({ onQuiet: (paths) => void take(paths).catch(onError), isHeld: () => gitFolder !== undefined && existsSync(join(gitFolder, 'index.lock')) })

  async function take(paths: readonly string[]): Promise<void> {
    // What comes while changes are answered waits for the next turn.
    if (isBusy) return paths.forEach((path) => debounce.add(path))
    isBusy = true
    try {
      snapshot.doubt(paths.filter((path) => doubted.delete(path)))
      const changes = isSweepDue ? await sweep() : await snapshot.update(paths)
      if (changes.length > 0 && !isClosed) await onChanges(changes)
    } finally {
      isBusy = false
    }
  }

  async function sweep(): Promise<readonly FileChange[]> {
    isSweepDue = false
    return snapshot.sweep()
  }

  function add(paths: readonly string[]): void {
    const isInDoubt = isReading()
    for (const path of paths) {
      if (isInDoubt) doubted.add(path)
      debounce.add(path)
    }
  }

  async function open(next: Inputs): Promise<void> {
    const { roots, isIgnored } = next
    gitFolder = findGitFolder(roots[0] ?? '.')
    watcher = await watchFiles({
      roots,
      isIgnored,
      isPolling,
      onPaths: add,
      onProblem,
      onDoubt: () => {
        isSweepDue = true
        add(roots.slice(0, 1))
      },
    })
    snapshot = await takeSnapshot({ roots, isIgnored })
  }

  await open(inputs)
  return {
    replaceInputs: async (next) => {
      const [old, before] = [watcher, snapshot]
      await open(next)
      await old.close()
      // It came too late to be closed with the rest.
      if (isClosed) await watcher.close()
      return compareSnapshots(before, snapshot)
    },
    accept: async (paths) => void (await snapshot.update(paths)),
    files: () => snapshot.files,
    hashOf: (path) => snapshot.hashOf(path),
    isPolling: () => watcher.isPolling,
    close: async () => {
      isClosed = true
      debounce.close()
      await watcher.close()
    },
  }
}

function compareSnapshots(before: Snapshot, after: Snapshot): readonly FileChange[] {
  const paths = [...new Set([...before.files, ...after.files])].sort()
  return paths.flatMap((path): readonly FileChange[] => {
    const [one, other] = [before.hashOf(path), after.hashOf(path)]
    if (one === other) return []
    return [{ path, kind: one === undefined ? 'added' : other === undefined ? 'removed' : 'changed' }]
  })
}

/** The nearest `.git` at or above a path: while it has an `index.lock`, a checkout is under way. */
function findGitFolder(path: string): string | undefined {
  for (let folder = path; ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return join(folder, '.git')
    if (dirname(folder) === folder) return undefined
  }
}
