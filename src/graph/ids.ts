/** Names for nodes that every notation takes: letters, digits and `_`. */

const LONGEST = 40

/** A name for each key that says what it is, with a number where two would be the same. */
export function assignIds(keys: readonly string[]): ReadonlyMap<string, string> {
  const taken = new Set<string>()
  return new Map(keys.map((key) => {
    const id = findFree(slugOf(key), taken)
    taken.add(id)
    return [key, id]
  }))
}

function slugOf(key: string): string {
  return key.slice(0, LONGEST).toLowerCase().replace(/[^a-z0-9]+/g, '_').replace(/^_+|_+$/g, '')
}

function findFree(slug: string, taken: ReadonlySet<string>): string {
  for (let number = 2, id = slug; ; number += 1) {
    if (!taken.has(id)) return id
    id = `${slug}_${number}`
  }
}
