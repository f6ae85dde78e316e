/** Finds the config that a command is about, and reads it. */
import { closeSync, openSync, readSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { codeOf, HostError } from '../write/host-error.ts'
import { UsageError } from './exit.ts'
import { READ_LIMIT, type Io } from './io.ts'
import { withSlashes } from './paths.ts'

const NAMES = ['mlstack.yaml', 'mlstack.yml'] as const

/** What a config from standard input is called in the files made from it. */
export const DEFAULT_NAME = NAMES[0]

const STANDARD_INPUT = '-'

export interface ConfigFile {
  /** The path as the user would write it, for messages. */
  readonly name: string
  /** The absolute path; none for standard input. */
  readonly path: string | undefined
  /** The folder that paths in the config start from, absolute. */
  readonly folder: string
  readonly bytes: Uint8Array
}

/** Reads the FILE given, `-` for standard input, or the nearest config without one. Throws a UsageError where there is none. */
export async function readConfig(file: string | undefined, io: Pick<Io, 'cwd' | 'stdin'>): Promise<ConfigFile> {
  if (file === STANDARD_INPUT) return { name: '<stdin>', path: undefined, folder: io.cwd, bytes: await io.stdin() }
  if (file === '') throw new UsageError('FILE is empty', 'name a config, or leave it out to have mlstack.yaml found')
  const path = file === undefined ? findConfig(io.cwd) : resolve(io.cwd, file)
  const name = file ?? withSlashes(relative(io.cwd, path))
  return { name, path, folder: dirname(path), bytes: readBytes(path, name) }
}

/** Whether there is a config to be found without a FILE. */
export function isConfigNear(cwd: string): boolean {
  return findNearest(cwd) !== undefined
}

function findConfig(cwd: string): string {
  const found = findNearest(cwd)
  if (found === undefined) throw new UsageError('there is no mlstack.yaml here or in a folder above', 'name the config: mlstack COMMAND FILE')
  return found
}

function findNearest(cwd: string): string | undefined {
  for (let folder = cwd; ; folder = dirname(folder)) {
    for (const name of NAMES) if (isFile(join(folder, name))) return join(folder, name)
    if (dirname(folder) === folder) return undefined
  }
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile()
  } catch {
    return false
  }
}

function readBytes(path: string, name: string): Uint8Array {
  try {
    return readStart(path)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') throw new UsageError(`there is no file ${name}`, 'check the path, or leave it out to have mlstack.yaml found')
    if (codeOf(error) === 'EISDIR') throw new UsageError(`${name} is a folder`, `name the file in it: ${withSlashes(join(name, NAMES[0]))}`)
    throw new UsageError(new HostError('read', name, error).message)
  }
}

/** Reads no more than `READ_LIMIT` bytes. In pieces, since a pipe has no size. */
function readStart(path: string): Uint8Array {
  const file = openSync(path, 'r')
  try {
    const pieces: Uint8Array[] = []
    for (let total = 0; total < READ_LIMIT; ) {
      const piece = Buffer.allocUnsafe(64 * 1024)
      const length = readSync(file, piece)
      if (length === 0) break
      pieces.push(piece.subarray(0, length))
      total += length
    }
    return Buffer.concat(pieces)
  } finally {
    closeSync(file)
  }
}
