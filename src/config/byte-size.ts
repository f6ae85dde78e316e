/** Sizes in bytes as Compose writes them (`512m`, `16gb`), and as people do (`16GB`, `16GiB`, `1.5g`). */

export interface ByteSize {
  readonly bytes: number
  /** A spelling that every Compose understands: a whole number and a lower-case unit. */
  readonly compose: string
}

const SIZE = /^(\d{1,16})?(?:\.(\d{1,16}))? ?(?:([kmgt]?)b?|([kmgt])ib)$/i
const COMPOSE_SIZE = /^\d+(?:[kmg]b?|b)?$/

/** Binary units, as in Compose: `1k`, `1kb`, `1KB` and `1KiB` are all 1024 bytes. Largest first. */
const UNITS = [
  { letter: 't', bytes: 1024n ** 4n },
  { letter: 'g', bytes: 1024n ** 3n },
  { letter: 'm', bytes: 1024n ** 2n },
  { letter: 'k', bytes: 1024n },
  { letter: '', bytes: 1n },
] as const

/** `t` is younger than the other units. */
const WRITTEN_UNITS = UNITS.filter(({ letter }) => letter !== 't')

/** Reads a size over zero. Part of a byte is dropped, as Compose does. Undefined for what is no size, and past 8 PiB. */
export function parseByteSize(text: string): ByteSize | undefined {
  const trimmed = text.trim()
  const [, whole = '', fraction = '', short, long] = SIZE.exec(trimmed) ?? []
  if (whole + fraction === '') return undefined
  const letter = (long ?? short ?? '').toLowerCase()
  const unit = UNITS.find((candidate) => candidate.letter === letter)
  if (unit === undefined) return undefined
  const bytes = (BigInt(whole + fraction) * unit.bytes) / 10n ** BigInt(fraction.length)
  if (bytes <= 0n || bytes > BigInt(Number.MAX_SAFE_INTEGER)) return undefined
  return { bytes: Number(bytes), compose: COMPOSE_SIZE.test(trimmed) ? trimmed : writeSize(bytes) }
}

function writeSize(bytes: bigint): string {
  const unit = WRITTEN_UNITS.find((candidate) => bytes % candidate.bytes === 0n)
  return unit === undefined || unit.letter === '' ? `${bytes}b` : `${bytes / unit.bytes}${unit.letter}`
}
