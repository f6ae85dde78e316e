/** A temporary folder of files to watch, and a wait for what comes of a change. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

export interface ProjectFolder {
  readonly root: string
  /** The absolute path of something in it. */
  at(path: string): string
  write(path: string, text?: string): void
}

const folders: string[] = []
process.on('exit', () => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })))

export function makeProjectFolder(...files: readonly string[]): ProjectFolder {
  const outer = realpathSync(mkdtempSync(join(tmpdir(), 'mlstack-watch-')))
  folders.push(outer)
  const root = join(outer, 'project').replaceAll('\\', '/')
  const at = (path: string) => (path === '' ? root : `${root}/${path}`)
  const write = (path: string, text = `text of ${path}\n`) => {
    mkdirSync(dirname(at(path)), { recursive: true })
    writeFileSync(at(path), text)
  }
  mkdirSync(root)
  files.forEach((path) => write(path))
  return { root, at, write }
}

/** Waits until something is so, and fails after two seconds. */
export async function until(isSo: () => boolean, what: string): Promise<void> {
  const end = performance.now() + 2000
  while (!isSo()) {
    if (performance.now() > end) throw new Error(`never happened: ${what}`)
    await wait(5)
  }
}
