/** What Compose's watch has to leave out below a path: an image's ignore rules, as seen from there. */
import { escapePattern } from '../../plan/ignore.ts'

/**
 * The rules that may match below a folder of the build context. Those that take others back (`!`) are left out, and so is one for
 * everything: Compose then drops all others. So a file that a rule brings back is not watched, which costs a build and no more.
 */
export function planWatchIgnore(folder: string, patterns: readonly string[]): readonly string[] {
  const parts = folder === '.' ? [] : escapePattern(folder).split('/')
  const rebased = patterns.filter((pattern) => !pattern.startsWith('!')).map((pattern) => rebase(pattern, parts))
  return [...new Set(rebased)].filter((pattern) => !/^[*/]*$/.test(pattern))
}

/** What is left of a pattern below the folder; empty for one that is about another place, or about the folder itself. */
function rebase(pattern: string, folder: readonly string[]): string {
  const parts = pattern.split('/').filter((part) => part !== '' && part !== '.')
  const differs = folder.findIndex((part, index) => part !== parts[index])
  const depth = differs === -1 ? folder.length : differs
  return differs === -1 || parts[depth] === '**' ? parts.slice(depth).join('/') : ''
}
