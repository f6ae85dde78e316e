/** Which paths a list of patterns leaves out, by Docker's own rules, and which folders need not be looked into at all. */
import { posix } from 'node:path'
import dockerignore from '@balena/dockerignore'

/** What editors and tools leave beside a file for the moment of a save. */
export const EDITOR_FILES: readonly string[] = [
  // vim: its test whether a folder is writable, its swap files and its backups.
  '**/4913',
  '**/.*.sw?',
  '**/.*.un~',
  '**/*~',
  // Emacs: locks and auto-saves.
  '**/.#*',
  '**/#*#',
  // JetBrains' safe write.
  '**/*___jb_tmp___',
  '**/*___jb_old___',
  // Kate, gedit and others of GLib, Sublime Text, VS Code and prettier.
  '**/.*.kate-swp',
  '**/.goutputstream-*',
  '**/.subl*.tmp',
  '**/*.tmp',
  // Go's test of the umask.
  '**/*-go-tmp-umask',
]

export interface IgnoreRules {
  /** `path` is relative to the patterns' root, forward slashes. */
  isIgnored(path: string): boolean
  /** Nothing below this folder can come back by a `!` pattern: it need not be looked into. */
  canPrune(folder: string): boolean
}

interface Pattern {
  /** It begins with `!` and takes back what a pattern before it said. */
  readonly isException: boolean
  /** Without a slash at either end. */
  readonly path: string
}

/** Reads patterns as the lines of a `.dockerignore`. A pattern that Docker would refuse leaves nothing out: rather too much is watched than too little. */
export function createIgnoreRules(lines: readonly string[]): IgnoreRules {
  const patterns = lines.flatMap(readPattern).filter(canBeUsed)
  const exceptions = patterns.filter(({ isException }) => isException).map(({ path }) => path.split('/'))
  const isIgnored = createMatcher(patterns)
  return { isIgnored, canPrune: (folder) => isIgnored(folder) && !exceptions.some((path) => reachesInto(path, folder.split('/'))) }
}

function readPattern(line: string): readonly Pattern[] {
  const text = line.trim()
  const isException = text.startsWith('!')
  const path = posix.normalize(text.slice(isException ? 1 : 0).trim()).replace(/^\/|\/$/g, '')
  const isNone = line.startsWith('#') || path === '' || path === '.' || path.startsWith('..')
  return isNone ? [] : [{ isException, path }]
}

/**
 * All is put below a folder `root`, since the library takes the root for ignored, `#` for a comment, and `constructor` for something that it has been asked
 * before. It also leaves `+` and the like to a regular expression, where they mean something else than themselves.
 */
function createMatcher(patterns: readonly Pattern[]): (path: string) => boolean {
  const escape = (path: string) => path.replace(/\\.|\[[^\]]*\]|[+(){}|]/g, (part) => (part.length === 1 ? `[${part}]` : part))
  const rules = dockerignore.default({ ignorecase: false }).add(patterns.map(({ isException, path }) => `${isException ? '!' : ''}root/${escape(path)}`))
  return (path) => rules.ignores(posix.join('root', path))
}

/** Docker refuses a bracket that is not closed within a name; the library reads on, or fails when the pattern is first tried. */
function canBeUsed(pattern: Pattern): boolean {
  if (/\[[^\]/]*(?:\/|$)/.test(pattern.path.replace(/\\./g, ''))) return false
  try {
    createMatcher([pattern])('any')
    return true
  } catch {
    return false
  }
}

/** Whether something below the folder can match: the pattern goes deeper than the folder, and its beginning fits. From `**` on anything fits. */
function reachesInto(pattern: readonly string[], folder: readonly string[]): boolean {
  const anywhere = pattern.findIndex((name) => name.includes('**'))
  if (anywhere === -1 && pattern.length <= folder.length) return false
  const depth = Math.min(anywhere === -1 ? pattern.length : anywhere, folder.length)
  const beginning = { isException: false, path: pattern.slice(0, depth).join('/') }
  return depth === 0 || createMatcher([beginning])(folder.slice(0, depth).join('/'))
}
