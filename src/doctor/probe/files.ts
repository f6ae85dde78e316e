/** Looks at the files that a stack mounts and that mlstack writes: who owns them, and who may read them. */
import { readdirSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import type { BindNeed } from '../../plan/needs.ts'
import { COMPOSE_FILE, OWN_FOLDER } from '../../plan/own-files.ts'
import type { BindAnswer, FileAnswer } from '../machine.ts'

/** Entries of one source that are looked at: a dataset can have millions. */
const MOST_ENTRIES = 1000

export function probeBinds(binds: readonly BindNeed[], folder: string): readonly BindAnswer[] {
  return binds.map((need) => {
    const path = need.source.startsWith('~') ? join(homedir(), need.source.slice(1)) : resolve(folder, need.source)
    const source = lookAt(path, folder)
    return 'error' in source ? { need, path, error: source.error, files: [] } : { need, path, error: undefined, files: [source, ...(source.isFolder ? filesBelow(path, folder) : [])] }
  })
}

export function probeOutputs(folder: string, composeFile = COMPOSE_FILE): readonly FileAnswer[] {
  const own = join(folder, OWN_FOLDER)
  return [lookAt(join(folder, composeFile), folder), lookAt(own, folder), ...filesBelow(own, folder)].flatMap((file) => ('error' in file ? [] : [file]))
}

/** Breadth first, so that what lies at the top is seen in any case. */
function filesBelow(top: string, folder: string): readonly FileAnswer[] {
  const found: FileAnswer[] = []
  const waiting = [top]
  for (let path = waiting.shift(); path !== undefined && found.length < MOST_ENTRIES; path = waiting.shift()) {
    for (const name of namesIn(path).slice(0, MOST_ENTRIES - found.length)) {
      const file = lookAt(join(path, name), folder)
      if ('error' in file) continue
      found.push(file)
      if (file.isFolder) waiting.push(join(path, name))
    }
  }
  return found
}

function namesIn(path: string): readonly string[] {
  try {
    return readdirSync(path)
  } catch {
    return []
  }
}

function lookAt(path: string, folder: string): FileAnswer | { readonly error: string } {
  try {
    const stats = statSync(path)
    return { path: shown(path, folder), uid: stats.uid, gid: stats.gid, mode: stats.mode & 0o7777, isFolder: stats.isDirectory() }
  } catch (error) {
    return { error: (error as NodeJS.ErrnoException).code ?? String(error) }
  }
}

function shown(path: string, folder: string): string {
  const inside = relative(folder, path)
  return inside.startsWith('..') ? path : inside || '.'
}
