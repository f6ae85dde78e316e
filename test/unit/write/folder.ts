/** A temporary output folder, and the whole way from files to disk as the command line goes it. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { OutputFile } from '../../../src/emit/output-file.ts'
import { withHeader } from '../../../src/emit/header.ts'
import { settleChanges, type Change } from '../../../src/write/change.ts'
import { compareOutputs } from '../../../src/write/compare.ts'
import { readFolderState } from '../../../src/write/folder-state.ts'
import { addManifest } from '../../../src/write/manifest.ts'
import { writeOutputs } from '../../../src/write/write.ts'

/** Runs a body in a new folder, and removes it. */
export function inFolder(body: (folder: string) => void): () => void {
  return () => {
    const folder = mkdtempSync(join(tmpdir(), 'mlstack-write-'))
    try {
      body(folder)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }
}

/** An output with our header. */
export const made = (path: string, body: string): OutputFile => ({ path, text: withHeader(body, { from: 'mlstack.yaml', comment: '#' }) })

export function compare(folder: string, files: readonly OutputFile[]): readonly Change[] {
  const all = addManifest(files)
  return compareOutputs(all, readFolderState(folder, all))
}

/** Compiles onto disk unless something is refused; gives what is, as `kind path`. */
export function compile(folder: string, files: readonly OutputFile[], { isForced = false } = {}): readonly string[] {
  const { writable, refused } = settleChanges(compare(folder, files), { isForced })
  if (refused.length === 0) writeOutputs(folder, writable)
  return refused.map(({ kind, path }) => `${kind} ${path}`)
}

/** The changes as `kind path`, without the manifest. */
export function kinds(folder: string, files: readonly OutputFile[]): readonly string[] {
  return compare(folder, files)
    .filter(({ path }) => path !== '.mlstack/manifest.json')
    .map(({ kind, path }) => `${kind} ${path}`)
}

/** Every path below the folder, sorted; folders end in a slash, and links are not followed. */
export function list(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => (entry.isDirectory() ? ['', ...list(join(folder, entry.name))].map((path) => `${entry.name}/${path}`) : [entry.name]))
    .sort()
}

export const read = (folder: string, path: string): string => readFileSync(join(folder, path), 'utf8')
