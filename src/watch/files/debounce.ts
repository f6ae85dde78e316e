/** Collects paths and hands them over in one go, as soon as it has been quiet for a moment. */

export interface Debounce {
  add(path: string): void
  /** Hands over now what has been collected. */
  flush(): void
  /** Drops what has been collected, and collects nothing any more. */
  close(): void
}

export interface DebounceOptions {
  readonly onQuiet: (paths: readonly string[]) => void
  /** How long nothing must be added, in milliseconds. Short, for comparing contents makes an early look harmless. */
  readonly quiet?: number
  /** How long after the first path it is handed over anyway, so that something that never rests is seen as well. */
  readonly cap?: number
  /** Asked before paths are handed over: while it says so, as during a checkout, they wait. */
  readonly isHeld?: () => boolean
  /** How long they wait at most: a lock may have been left behind. */
  readonly longestHold?: number
}

export function createDebounce({ onQuiet, quiet = 50, cap = 500, isHeld = () => false, longestHold = 10_000 }: DebounceOptions): Debounce {
  const paths = new Set<string>()
  let timer: NodeJS.Timeout | undefined
  let since = 0
  let isClosed = false

  function plan(delay: number): void {
    clearTimeout(timer)
    timer = setTimeout(handOverUnlessHeld, delay)
  }

  function handOverUnlessHeld(): void {
    if (performance.now() - since < longestHold && isHeld()) plan(quiet)
    else flush()
  }

  function flush(): void {
    clearTimeout(timer)
    const collected = [...paths]
    paths.clear()
    if (collected.length > 0) onQuiet(collected)
  }

  function add(path: string): void {
    if (isClosed) return
    const now = performance.now()
    if (paths.size === 0) since = now
    paths.add(path)
    plan(Math.max(0, Math.min(quiet, since + cap - now)))
  }

  function close(): void {
    isClosed = true
    clearTimeout(timer)
    paths.clear()
  }

  return { add, flush, close }
}
