/** A project on disk. */
import { lstatSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import type { PathKind, Project } from './project.ts'

/** Makes a view of a folder, given by any path that the process can use. What cannot be read counts as missing. */
export function createNodeProject(folder: string): Project {
  const root = resolve(folder)
  return {
    folder: root.replaceAll('\\', '/').replace(/(?<=.)\/$/, ''),
    kindOf: (path) => kindOf(resolve(root, path)),
    read: (path) => readText(resolve(root, path)),
    linkOf: (path) => linkOf(root, resolve(root, path)),
  }
}

function kindOf(path: string): PathKind {
  const stats = attempt(() => statSync(path))
  if (stats === undefined) return 'missing'
  return stats.isFile() ? 'file' : stats.isDirectory() ? 'folder' : 'other'
}

/** As seen from the folder around the link, so that a link further up, to the project itself, changes nothing. */
function linkOf(root: string, path: string): string | undefined {
  if (attempt(() => lstatSync(path).isSymbolicLink()) !== true) return undefined
  const target = attempt(() => {
    const real = realpathSync(path)
    const seen = join(dirname(path), relative(realpathSync(dirname(path)), real))
    return attempt(() => realpathSync(seen)) === real ? seen : real
  })
  return target === undefined ? undefined : (relative(root, target) || '.').replaceAll('\\', '/')
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
