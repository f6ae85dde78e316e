/** Guesses what a misspelt word was meant to be, and lists what it could have been, nearest first. */

/** How many choices a list names before "and N more". */
const LISTED = 5

/** Words beyond this length are no typing errors; comparing them would only cost time. */
const LENGTH_LIMIT = 64

/** A shorter word than this is too little of another one to stand for it. */
const SHORTEST_PART = 3

/** What a part of a word counts, in typing errors: `training` rather means `train` than `tracking`, which is two letters off. */
const PART_DISTANCE = 1.5

interface Ranked {
  readonly word: string
  /** Typing errors between the two; infinite where they are not alike. */
  readonly distance: number
}

/** The known word that was most likely meant; undefined where none is near enough. */
export function suggest(word: string, known: readonly string[]): string | undefined {
  const [first] = rank(word, known)
  return first === undefined || first.distance === Infinity ? undefined : first.word
}

/** A suggestion as the help of a message. */
export function didYouMean(suggestion: string | undefined): string | undefined {
  return suggestion === undefined ? undefined : `did you mean \`${suggestion}\`?`
}

/** Up to `count` known words: those that are like the word first, the nearest before all, then the others in their own order. */
export function nearest(word: string, known: readonly string[], count: number): readonly string[] {
  return rank(word, known)
    .slice(0, count)
    .map((candidate) => candidate.word)
}

/** The known words for a message: at most five in back-quotes, nearest first, then "and N more". */
export function listChoices(word: string, known: readonly string[]): string {
  const listed = nearest(word, known, LISTED)
    .map((choice) => `\`${choice}\``)
    .join(', ')
  return known.length > LISTED ? `${listed} and ${known.length - LISTED} more` : listed
}

function rank(word: string, known: readonly string[]): readonly Ranked[] {
  const plain = simplify(word)
  // The sort is stable, so words that are equally near keep the order in which they are known.
  return known.map((candidate) => ({ word: candidate, distance: distanceBetween(plain, simplify(candidate)) })).sort(byDistance)
}

function byDistance(a: Ranked, b: Ranked): number {
  return a.distance === b.distance ? 0 : a.distance - b.distance
}

/** Case and separators are the first things that people mix up, so they do not count. */
function simplify(word: string): string {
  return word.toLowerCase().replace(/[-_ ]/g, '')
}

function distanceBetween(word: string, other: string): number {
  if (word === other) return 0
  const longest = Math.max(word.length, other.length)
  if (word === '' || longest > LENGTH_LIMIT) return Infinity
  const tolerance = Math.max(1, Math.floor(longest / 3))
  const errors = Math.abs(word.length - other.length) > tolerance ? Infinity : countErrors(word, other, tolerance)
  // Nothing is left of a word whose every letter is wrong.
  const distance = Math.min(errors < longest ? errors : Infinity, isPart(word, other) ? PART_DISTANCE : Infinity)
  return distance !== Infinity && hasOtherNumber(word, other) ? Infinity : distance
}

/** A number is not misspelt but meant: `fp16` is no typing error of `fp32`. */
function hasOtherNumber(word: string, other: string): boolean {
  const numbers = word.replace(/\D/g, '')
  const otherNumbers = other.replace(/\D/g, '')
  return numbers !== '' && otherNumbers !== '' && numbers !== otherNumbers
}

/** Whether one begins or ends with the other: `env` of `environment`, `training` of `train`, `torch` of `pytorch`. */
function isPart(word: string, other: string): boolean {
  if (word.length < other.length) return word.length >= SHORTEST_PART && (other.startsWith(word) || other.endsWith(word))
  return other.length >= SHORTEST_PART && 2 * other.length >= word.length && word.startsWith(other)
}

/** Letters to insert, remove, replace or swap with their neighbour (the optimal string alignment distance); infinite where more than the limit. */
function countErrors(word: string, other: string, limit: number): number {
  let beforeLast: readonly number[] = []
  let last: readonly number[] = Array.from({ length: other.length + 1 }, (_, column) => column)
  let lastLeast = 0
  for (let row = 1; row <= word.length; row += 1) {
    const current = [row]
    let least = row
    for (let column = 1; column <= other.length; column += 1) {
      const errors = cheapest(word, other, { row, column, current, last, beforeLast })
      current.push(errors)
      if (errors < least) least = errors
    }
    // A swap reaches back two rows, all else one: where both are beyond the limit, nothing behind them comes back under it.
    if (least > limit && lastLeast > limit) return Infinity
    beforeLast = last
    last = current
    lastLeast = least
  }
  const errors = last[other.length] ?? 0
  return errors <= limit ? errors : Infinity
}

interface Step {
  readonly row: number
  readonly column: number
  readonly current: readonly number[]
  readonly last: readonly number[]
  readonly beforeLast: readonly number[]
}

/** The fewest errors that lead to the beginnings of the two words up to a row and a column. */
function cheapest(word: string, other: string, { row, column, current, last, beforeLast }: Step): number {
  const isSame = word[row - 1] === other[column - 1]
  const isSwapped = row > 1 && column > 1 && word[row - 1] === other[column - 2] && word[row - 2] === other[column - 1]
  const changed = (last[column - 1] ?? 0) + (isSame ? 0 : 1)
  const moved = Math.min((last[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1)
  return Math.min(changed, moved, isSwapped ? (beforeLast[column - 2] ?? 0) + 1 : Infinity)
}
