/** Keeps what has been read of the code from one save to the next: of many files, a save changes few. */
import { NO_FACTS, readCode, type CodeFacts } from './code-facts.ts'
import { indexCode, type CodeIndex } from './code-index.ts'

export interface CodeTree {
  /** Paths of all code files, relative to the build context, with forward slashes. */
  readonly files: readonly string[]
  /** The text of a file; undefined where it is no text or too large to be code. */
  read(path: string): string | undefined
  /** The same for the same text; undefined where that is not known. */
  hashOf(path: string): string | undefined
}

export interface KnownCode {
  readonly index: CodeIndex
  readonly factsOf: (path: string) => CodeFacts
}

interface Remembered {
  readonly hash: string | undefined
  readonly facts: CodeFacts
}

/** Gives a function that looks at the code as it is now: it reads what differs from the last look. What a look does not ask for is forgotten. */
export function createCodeMemory(): (tree: CodeTree) => KnownCode {
  let index = indexCode([])
  let last = new Map<string, Remembered>()
  return (tree) => {
    if (!isSameList(index.paths, tree.files)) index = indexCode(tree.files)
    const [before, now] = [last, new Map<string, Remembered>()]
    last = now
    const factsOf = (path: string) => {
      const known = now.get(path) ?? remember(path, tree, before.get(path))
      now.set(path, known)
      return known.facts
    }
    return { index, factsOf }
  }
}

function remember(path: string, tree: CodeTree, before: Remembered | undefined): Remembered {
  const hash = tree.hashOf(path)
  if (hash !== undefined && hash === before?.hash) return before
  const text = tree.read(path)
  return { hash, facts: text === undefined ? NO_FACTS : readCode(path, text) }
}

function isSameList(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((path, at) => path === other[at])
}
