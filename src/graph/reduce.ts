/** Leaves out of a graph what it tells anyway: an edge whose ends are joined by a longer way. */

export interface Arrow {
  readonly from: string
  readonly to: string
}

/** Those of `arrows` that no way over `others` and the rest of them stands for. What could be reached before still can. */
export function reduceArrows<A extends Arrow>(arrows: readonly A[], others: readonly Arrow[]): readonly A[] {
  let kept = arrows.filter(({ from, to }, index) => from !== to && arrows.findIndex((other) => other.from === from && other.to === to) === index)
  for (const arrow of kept) {
    const rest = kept.filter((other) => other !== arrow)
    if (isReachable(arrow, [...others, ...rest])) kept = rest
  }
  return kept
}

/** Whether a way leads from the one end to the other. */
export function isReachable({ from, to }: Arrow, arrows: readonly Arrow[]): boolean {
  const next = new Map<string, string[]>()
  for (const arrow of arrows) next.set(arrow.from, [...(next.get(arrow.from) ?? []), arrow.to])
  const found = new Set([from])
  // A set is walked in the order of adding, and what is added meanwhile is walked too.
  for (const key of found) for (const target of next.get(key) ?? []) found.add(target)
  return found.has(to)
}
