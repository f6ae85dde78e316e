/** What ejecting does to the outputs: headers and the manifest go, and so does what would send a reader to a config that nobody compiles any more. */
import { readHeader } from '../emit/header.ts'
import type { Change, Writable } from './change.ts'
import { readText } from './folder-state.ts'
import { MANIFEST_PATH } from './manifest.ts'

export interface Ejection {
  readonly changes: readonly Writable[]
  /** What lies on disk and is not what the config compiles to. */
  readonly obstacles: readonly Change[]
}

/** Takes what a compile would change. A file that an ejection broken off has done already is done. */
export function planEjection(changes: readonly Change[], folder: string): Ejection {
  const files = changes.filter(({ path }) => path !== MANIFEST_PATH)
  const isDone = (change: Change) => 'before' in change && 'after' in change && change.after !== undefined && change.before === plainText(change.after)
  const obstacles = files.filter((change) => change.kind !== 'same' && !isDone(change))
  const plain = files.flatMap((change): readonly Writable[] => (change.kind === 'same' ? [{ kind: 'change', path: change.path, before: change.before, after: plainText(change.before) }] : []))
  const manifest = readText(folder, MANIFEST_PATH)
  return { changes: [...plain, ...(manifest === undefined ? [] : [{ kind: 'remove', path: MANIFEST_PATH, before: manifest } as const])], obstacles }
}

/** Comments that are about compiling, as they are to read without it. */
const COMMENTS: readonly (readonly [pattern: RegExp, text: string])[] = [
  [/^# Inputs and outputs of mlstack: a change of them alone is no change of the code\.$/m, '# What the stack is described by: a change of it alone is no change of the code.'],
  [/^(# What mlstack\.lock has); `mlstack lock` renews it\.$/gm, '$1.'],
]

/** A text of ours as a person would have written it. */
function plainText(text: string): string {
  const body = (readHeader(text)?.body ?? text).replace(/^\n+/, '').replace(/^#\n(?=# )/, '')
  return COMMENTS.reduce((plain, [pattern, words]) => plain.replace(pattern, words), body)
}
