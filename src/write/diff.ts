/** Changes as a unified diff, for people and for `git apply`. */
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff'
import { unifyLineEnds } from '../emit/hash.ts'
import type { Change } from './change.ts'

const NOTHING = '/dev/null'

/**
 * The diff from what is on disk to what would be written, in the changes' order; empty where there is none. What is refused
 * is in it too, as `--force` would do it. CR LF counts as LF: else a checkout with `autocrlf` would differ in every line.
 */
export function formatDiff(changes: readonly Change[]): string {
  return changes.map(formatChange).join('')
}

function formatChange(change: Change): string {
  const before = 'before' in change ? change.before : undefined
  const after = 'after' in change ? change.after : undefined
  if (change.kind === 'same' || before === after) return ''
  return createTwoFilesPatch(
    before === undefined ? NOTHING : `a/${change.path}`,
    after === undefined ? NOTHING : `b/${change.path}`,
    unifyLineEnds(before ?? ''),
    unifyLineEnds(after ?? ''),
    undefined,
    undefined,
    { context: 3, headerOptions: FILE_HEADERS_ONLY },
  )
}
