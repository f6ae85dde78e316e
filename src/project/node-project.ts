/** A project on disk. */
import { readFileSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import type { PathKind, Project } from './project.ts'

/** Makes a view of a folder, given by any path that the process can use. What cannot be read counts as missing. */
export function createNodeProject(folder: string): Project {
  const root = resolve(folder)
  return {
    folder: root.replaceAll('\\', '/').replace(/(?<=.)\/$/, ''),
    kindOf: (path) => kindOf(resolve(root, path)),
    read: (path) => readText(resolve(root, path)),
  }
}

function kindOf(path: string): PathKind {
  const stats = attempt(() => statSync(path))
  if (stats === undefined) return 'missing'
  return stats.isFile() ? 'file' : stats.isDirectory() ? 'folder' : 'other'
}

/** UTF-8 alone; the decoder drops a byte order mark. A pipe or a device is never opened: reading it could wait for ever. */
function readText(path: string): string | undefined {
  if (kindOf(path) !== 'file') return undefined
  return attempt(() => new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path)))
}

function attempt<T>(action: () => T): T | undefined {
  try {
    return action()
  } catch {
    return undefined
  }
}
