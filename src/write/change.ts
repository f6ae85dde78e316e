/** What a run would do to one path, and which of it is refused because a person's work is there. */
import type { Entry } from './folder-state.ts'

/** A change that overwrites nothing but our own files. Paths are relative to the output folder; texts are whole files. */
export type Writable =
  | { readonly kind: 'create'; readonly path: string; readonly after: string }
  | { readonly kind: 'same' | 'change'; readonly path: string; readonly before: string; readonly after: string }
  | { readonly kind: 'remove'; readonly path: string; readonly before: string }

/** `edited`: ours once, changed by hand since; without `after` it is stale. `foreign`: something of a person's is in the way. */
export type Refused =
  | { readonly kind: 'edited'; readonly path: string; readonly before: string; readonly after: string | undefined }
  | {
      readonly kind: 'foreign'
      readonly path: string
      readonly found: Exclude<Entry['kind'], 'missing'>
      /** What must be at the path: a file of ours, or the folder that holds one. */
      readonly needed: 'file' | 'folder'
      readonly before: string | undefined
      readonly after: string | undefined
    }

export type Change = Writable | Refused

/** Splits changes by whether they may be made. `isForced` allows all but what only a person should move away, such as a folder. */
export function settleChanges(
  changes: readonly Change[],
  { isForced }: { readonly isForced: boolean },
): { readonly writable: readonly Writable[]; readonly refused: readonly Refused[] } {
  const writable: Writable[] = []
  const refused: Refused[] = []
  for (const change of changes) {
    if (change.kind !== 'edited' && change.kind !== 'foreign') writable.push(change)
    else if (isForced && canBeForced(change)) writable.push(forceChange(change))
    else refused.push(change)
  }
  return { writable, refused }
}

/** A file gives way to `--force`, and so does a link, which is replaced and not followed; a folder or a socket never does. */
export function canBeForced(change: Refused): boolean {
  return change.kind === 'edited' || (change.needed === 'file' && (change.found === 'file' || change.found === 'link'))
}

function forceChange({ path, before, after }: Refused): Writable {
  if (after === undefined) return { kind: 'remove', path, before: before ?? '' }
  return before === undefined ? { kind: 'create', path, after } : { kind: 'change', path, before, after }
}
