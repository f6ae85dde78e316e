/** Makes the folders of the machine that jobs write into, before Docker would refuse to start without them. */
import { chownSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { resolve } from 'node:path'
import { makeFolder, missingFolders } from './folders.ts'
import { onHost } from './host-error.ts'

/** Who containers run as. */
export interface Owner {
  readonly uid: number
  readonly gid: number
}

/**
 * Makes those that are missing; `folder` is the one of compose.yaml, from which they are written. They belong to whoever runs this. Root's
 * would be closed to the containers, so `owner` gets what root makes. Throws a HostError.
 */
export function makeOutputFolders(folder: string, paths: readonly string[], owner: Owner): void {
  for (const path of paths) {
    for (const missing of missingFolders(resolve(folder, expandHome(path)))) {
      onHost('make the folder', missing, () => {
        makeFolder(missing)
        // A link to nowhere would pass for a folder of another run.
        statSync(missing)
      })
      if (process.getuid?.() === 0) onHost('give away the folder', missing, () => chownSync(missing, owner.uid, owner.gid))
    }
  }
}

/** As Compose reads a path that begins with `~`. */
export function expandHome(path: string): string {
  return path.replace(/^~(?=\/|$)/, homedir())
}
