/** Carries out changes so that a kill at any moment leaves whole files only, each the old one or the new one. */
import { renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Writable } from './change.ts'
import { foldersWithin, makeFolder, missingFolders, removeIfEmpty, syncFolder } from './folders.ts'
import { codeOf, onHost } from './host-error.ts'
import { MANIFEST_PATH } from './manifest.ts'
import { foldersAbove } from './path.ts'
import { nameTemporary, removeLeftovers, removeQuietly, writeDurably } from './temporary.ts'

/** The folder that is mlstack's alone, relative to the output folder. */
const OWN_FOLDER = dirname(MANIFEST_PATH)

interface Staged {
  readonly path: string
  readonly target: string
  readonly temporary: string
}

type Undo = (() => void)[]

/**
 * Writes all new texts beside their targets, renames them, removes stale files, and renames the manifest last. A folder that
 * is missing is made. Files that are the same are not touched. Throws a HostError; before the first rename nothing has changed
 * then, and after it the run can simply be repeated. No temporary file stays behind.
 */
export function writeOutputs(folder: string, changes: readonly Writable[]): void {
  const places = changes.map(({ path }) => dirname(join(folder, path)))
  for (const each of new Set([...places, ...foldersWithin(join(folder, OWN_FOLDER))])) removeLeftovers(each)
  const undo: Undo = []
  try {
    const staged = changes.flatMap((change) =>
      change.kind === 'create' || change.kind === 'change' ? [stageFile(folder, change.path, change.after, undo)] : [],
    )
    commitFiles(staged.filter(({ path }) => path !== MANIFEST_PATH))
    removeStale(folder, changes)
    commitFiles(staged.filter(({ path }) => path === MANIFEST_PATH))
  } catch (error) {
    for (const step of undo.reverse()) step()
    throw error
  }
}

function stageFile(folder: string, path: string, text: string, undo: Undo): Staged {
  const target = join(folder, path)
  const temporary = nameTemporary(target)
  makeFolders(dirname(target), undo)
  undo.push(() => removeQuietly(temporary))
  onHost('write', target, () => writeIntoFolder(temporary, text, undo))
  return { path, target, temporary }
}

/** A run at the same time removes folders that are empty to it: one that has gone since it was made is made again. */
function writeIntoFolder(path: string, text: string, undo: Undo, tries = 3): void {
  try {
    writeDurably(path, text)
  } catch (error) {
    if (codeOf(error) !== 'ENOENT' || tries === 0) throw error
    makeFolders(dirname(path), undo)
    writeIntoFolder(path, text, undo, tries - 1)
  }
}

function makeFolders(folder: string, undo: Undo): void {
  for (const missing of missingFolders(folder)) {
    onHost('make the folder', missing, () => makeFolder(missing))
    undo.push(() => removeIfEmpty(missing))
    syncOnHost(dirname(missing))
  }
}

function commitFiles(staged: readonly Staged[]): void {
  for (const { temporary, target } of staged) onHost('write', target, () => renameSync(temporary, target))
  for (const each of new Set(staged.map(({ target }) => dirname(target)))) syncOnHost(each)
}

function removeStale(folder: string, changes: readonly Writable[]): void {
  const stale = changes.filter(({ kind }) => kind === 'remove').map(({ path }) => path)
  for (const path of stale) {
    const target = join(folder, path)
    onHost('remove', target, () => rmSync(target, { force: true }))
    for (const each of ownFoldersAbove(path)) removeIfEmpty(join(folder, each))
  }
  for (const each of new Set(stale.map((path) => dirname(join(folder, path))))) syncOnHost(each)
}

/** The folders below our own that a path lies in, innermost first: those that mlstack made. */
function ownFoldersAbove(path: string): readonly string[] {
  const [outermost, ...inner] = foldersAbove(path)
  return outermost === OWN_FOLDER ? inner.reverse() : []
}

function syncOnHost(folder: string): void {
  onHost('write', folder, () => syncFolder(folder))
}
