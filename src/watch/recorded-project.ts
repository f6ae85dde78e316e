/** A project that remembers what compiling asked it for: exactly those answers are what the outputs depend on. */
import type { PathKind, Project } from '../project/project.ts'

export interface RecordedProject extends Project {
  /** Paths as they were asked for, relative to the config's folder or absolute, whose text was read. */
  readonly texts: ReadonlySet<string>
  /** Paths of which only the kind was asked for, with the answer. */
  readonly kinds: ReadonlyMap<string, PathKind>
}

export function recordProject({ folder, kindOf, read, linkOf }: Project): RecordedProject {
  const texts = new Set<string>()
  const kinds = new Map<string, PathKind>()
  return {
    folder,
    texts,
    kinds,
    linkOf,
    read: (path) => {
      texts.add(path)
      return read(path)
    },
    kindOf: (path) => {
      const kind = kindOf(path)
      kinds.set(path, kind)
      return kind
    },
  }
}
