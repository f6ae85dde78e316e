/** Makes the random tokens that open services of this machine alone: they are in no output, so that the same config gives the same bytes. */
import { randomBytes } from 'node:crypto'
import { chmodSync, chownSync, lstatSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { makeFolder } from './folders.ts'
import { onHost } from './host-error.ts'
import { MANIFEST_PATH } from './manifest.ts'
import type { Owner } from './output-folders.ts'
import { removeQuietly } from './temporary.ts'

const OWN_FOLDER = dirname(MANIFEST_PATH)

const TOKEN_BYTES = 24
const TOKEN = /^[0-9a-f]{48}\n$/

/** What only its owner reads; and where that is not whom the containers run as, they could not either. */
const PRIVATE = 0o600
const READABLE = 0o644

/**
 * Makes those that are missing, and gives the paths of the new ones. `paths` are relative to `folder`, the one of compose.yaml.
 * What is in a file is kept, be it a person's own. Throws a HostError.
 */
export function makeTokenFiles(folder: string, paths: readonly string[], owner: Owner): readonly string[] {
  return paths.filter((path) => {
    const file = join(folder, path)
    const isMissing = !hasToken(file)
    if (isMissing) onHost('write', file, () => writeToken(file))
    onHost('change the mode of', file, () => openTo(owner, file))
    return isMissing
  })
}

/** An empty file would open to everybody, or to nobody. */
function hasToken(file: string): boolean {
  return lstatSync(file, { throwIfNoEntry: false }) !== undefined && onHost('read', file, () => readFileSync(file, 'utf8')).trim() !== ''
}

function writeToken(file: string): void {
  makeFolder(dirname(file))
  writeFileSync(file, `${randomBytes(TOKEN_BYTES).toString('hex')}\n`, { mode: PRIVATE })
}

/** Root gives it away. Of a file that is another's, the mode is that one's affair, and Windows has none. */
function openTo({ uid, gid }: Owner, file: string): void {
  const own = process.geteuid?.()
  if (own === undefined) return
  if (own === 0) chownSync(file, uid, gid)
  const mode = own === 0 || own === uid ? PRIVATE : READABLE
  const status = lstatSync(file)
  if (status.isFile() && (own === 0 || status.uid === own) && (status.mode & 0o777) !== mode) chmodSync(file, mode)
}

/** Removes those of ours that nothing needs any more: without the rule for git that went with it, one would be committed. */
export function removeUnneededTokens(folder: string, needed: readonly string[]): void {
  for (const name of listNames(join(folder, OWN_FOLDER))) {
    const file = join(folder, OWN_FOLDER, name)
    const isOurs = name.endsWith('.token') && !needed.includes(`${OWN_FOLDER}/${name}`) && lstatSync(file).isFile() && TOKEN.test(readFileSync(file, 'utf8'))
    if (isOurs) removeQuietly(file)
  }
}

function listNames(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
