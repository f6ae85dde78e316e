/** Temporary files beside their targets: their names, their writing, and what a killed run left of them. */
import { randomBytes } from 'node:crypto'
import { closeSync, fchmodSync, fsyncSync, lstatSync, openSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { codeOf } from './host-error.ts'

const TEMPORARY = /^\.mlstack-(\d+)-[0-9a-f]{12}\.tmp$/

const CANNOT_CHANGE_MODE = new Set(['EPERM', 'ENOSYS', 'ENOTSUP'])

/** Longer than any run takes: an older file is a leftover even where another process has its number by now. */
const LONGEST_RUN_MS = 60 * 60 * 1000

/** A new name in the target's folder, since a rename is atomic only within one file system. It holds the process's number. */
export function nameTemporary(target: string): string {
  return join(dirname(target), `.mlstack-${process.pid}-${randomBytes(6).toString('hex')}.tmp`)
}

/** Writes a new file, readable by all whatever the umask (an image's user is another one), and returns once the disk has it. */
export function writeDurably(path: string, text: string): void {
  const file = openSync(path, 'wx', 0o644)
  try {
    allowReading(file)
    writeFileSync(file, text)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

function allowReading(file: number): void {
  try {
    fchmodSync(file, 0o644)
  } catch (error) {
    // Disks without modes, such as FAT or a network share, refuse; there all files are as they were mounted.
    if (!CANNOT_CHANGE_MODE.has(codeOf(error) ?? '')) throw error
  }
}

/** Removes a file if that can be done: nothing that was asked for depends on it. */
export function removeQuietly(path: string): void {
  try {
    rmSync(path, { force: true })
  } catch {
    // The error that led here, if any, is the one worth telling.
  }
}

/** Removes the temporary files that killed runs left in a folder, and none that another run is about to rename. */
export function removeLeftovers(folder: string): void {
  for (const name of listQuietly(folder)) {
    const owner = TEMPORARY.exec(name)?.[1]
    const path = join(folder, name)
    if (owner !== undefined && (!isAlive(Number(owner)) || isOld(path))) removeQuietly(path)
  }
}

function listQuietly(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

/** True where another process with this number runs. Writing never yields, so a file of our own number is from an earlier run. */
function isAlive(pid: number): boolean {
  if (pid === process.pid) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return codeOf(error) === 'EPERM'
  }
}

function isOld(path: string): boolean {
  const stats = lstatSync(path, { throwIfNoEntry: false })
  return stats !== undefined && Date.now() - stats.mtimeMs > LONGEST_RUN_MS
}
