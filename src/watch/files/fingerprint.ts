/** What a file holds, as a hash: the same content is the same, however often it is saved. */
import { createHash, hash } from 'node:crypto'
import { createReadStream, type Stats } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'

export interface Fingerprint {
  readonly hash: string
  /** Size, times and inode: while they are the same, so is the content. Undefined where the file is too young to tell. */
  readonly stamp: string | undefined
}

/** Above this a file is read in pieces. */
const STREAMED = 1024 * 1024
/** Above this a file counts by its size and time alone: reading it would take longer than a blink. */
const UNREAD = 64 * 1024 * 1024
/** The coarsest clock of a file system, FAT's: within one tick of it, two contents can have the same time. */
const COARSEST_TICK = 2000
/** A log may grow whenever one looks; then the last look counts, and its next line brings the next one. */
const ATTEMPTS = 3

/** Looks at a file, or what a link leads to; undefined where there is none. Reads it only if it may differ from what is known. */
export async function takeFingerprint(path: string, known: Fingerprint | undefined): Promise<Fingerprint | undefined> {
  let found: Fingerprint | undefined
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const stats = await stat(path).catch(() => undefined)
    if (stats === undefined || !stats.isFile()) return undefined
    const stamp = stampOf(stats)
    if (known?.stamp === stamp) return known
    const { digest, size } = await readDigest(path, stats)
    if (digest === undefined) continue
    found = { hash: digest, stamp: Date.now() - stats.mtimeMs > COARSEST_TICK ? stamp : undefined }
    if (size === stats.size) break
  }
  return found
}

function stampOf({ size, mtimeMs, ctimeMs, ino }: Stats): string {
  return [size, mtimeMs, ctimeMs, ino].join(':')
}

interface Digest {
  /** Undefined where the file has gone meanwhile. */
  readonly digest: string | undefined
  /** How much was read, which differs from the size if the file is being written. */
  readonly size: number
}

/** What cannot be read counts by its size and time, as what is too large does. */
async function readDigest(path: string, { size, mtimeMs }: Stats): Promise<Digest> {
  const unread = { digest: `unread:${size}:${mtimeMs}`, size }
  if (size > UNREAD) return unread
  try {
    return await (size > STREAMED ? digestInPieces(path) : digestAtOnce(path))
  } catch (error) {
    const isGone = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    return isGone ? { digest: undefined, size } : unread
  }
}

async function digestAtOnce(path: string): Promise<Digest> {
  const bytes = await readFile(path)
  return { digest: hash('sha256', bytes), size: bytes.length }
}

async function digestInPieces(path: string): Promise<Digest> {
  const sum = createHash('sha256')
  const stream = createReadStream(path)
  await pipeline(stream, sum)
  return { digest: sum.digest('hex'), size: stream.bytesRead }
}
