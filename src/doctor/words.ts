/** Words for amounts and lists, and the order of versions. */

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const

/** Such as `1.5 GiB`. */
export function formatBytes(bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(Math.floor(Math.log2(bytes) / 10), UNITS.length - 1)
  const amount = bytes / 1024 ** power
  return `${amount >= 100 || power === 0 ? Math.round(amount) : Number(amount.toFixed(1))} ${UNITS[power]}`
}

/** `a`, `a and b`, `a, b and c`. */
export function joinWords(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`
}

/** The first of many, and how many more there are. */
export function joinFew(words: readonly string[], most = 3): string {
  return words.length <= most ? joinWords(words) : `${words.slice(0, most).join(', ')} and ${words.length - most} more`
}

/** Whether a version such as `26.1.5+dfsg1` is at least another one; words after the numbers do not count. */
export function isAtLeast(version: string, oldest: string): boolean {
  const [left, right] = [numbersOf(version), numbersOf(oldest)]
  const at = right.findIndex((number, index) => number !== (left[index] ?? 0))
  return at === -1 || (left[at] ?? 0) > (right[at] ?? 0)
}

function numbersOf(version: string): readonly number[] {
  return (/\d+(?:\.\d+)*/.exec(version)?.[0] ?? '').split('.').map(Number)
}

/** A word as a shell reads it. */
export function quoteForShell(word: string): string {
  return /^[\w@%+:,./=-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}
