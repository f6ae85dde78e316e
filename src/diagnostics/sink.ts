/** Collects the diagnostics of a run: drops repeats and gives them back in the order of the file. */
import type { Diagnostic } from './diagnostic.ts'

export class Sink {
  readonly #diagnostics = new Map<string, Diagnostic>()

  /** Adds a diagnostic; one with the same code, place and words as an earlier one is dropped. */
  report(diagnostic: Diagnostic): void {
    if (!this.has(diagnostic)) this.#diagnostics.set(keyOf(diagnostic), diagnostic)
  }

  has(diagnostic: Diagnostic): boolean {
    return this.#diagnostics.has(keyOf(diagnostic))
  }

  get hasErrors(): boolean {
    for (const diagnostic of this.#diagnostics.values()) if (diagnostic.severity === 'error') return true
    return false
  }

  /** All diagnostics by file, offset and code. The file seen first comes first, which is the config. */
  sorted(): readonly Diagnostic[] {
    const all = [...this.#diagnostics.values()]
    const fileOrder = new Map<string, number>()
    for (const { primary } of all) {
      const { name } = primary.span.source
      if (!fileOrder.has(name)) fileOrder.set(name, fileOrder.size)
    }
    const rank = (diagnostic: Diagnostic) => fileOrder.get(diagnostic.primary.span.source.name) ?? 0
    return all.sort(
      (a, b) =>
        rank(a) - rank(b) ||
        a.primary.span.start - b.primary.span.start ||
        a.primary.span.end - b.primary.span.end ||
        (a.code < b.code ? -1 : a.code > b.code ? 1 : 0),
    )
  }
}

function keyOf({ code, primary: { span }, message }: Diagnostic): string {
  return `${code}\0${span.source.name}\0${span.start}\0${span.end}\0${message}`
}
