/** Which paths a list of patterns leaves out, by Docker's own rules, and which folders need not be looked into at all. */
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

/** Reads patterns as the lines of a `.dockerignore`. A pattern that Docker would refuse leaves nothing out: rather too much is watched than too little. */
export function createIgnoreRules(patterns: readonly string[]): IgnoreRules {
  const sound = patterns.map(escapePattern).filter(canBeUsed)
  const returning = sound.map((pattern) => pattern.trim()).filter((pattern) => pattern.startsWith('!')).map(segmentsOfException)
  const ignores = createMatcher(sound)
  return {
    isIgnored: ignores,
    canPrune: (folder) => ignores(folder) && !returning.some((pattern) => reachesInto(pattern, folder.split('/'))),
  }
}

/** The library takes the root itself for ignored, which it never is. */
function createMatcher(patterns: readonly string[]): (path: string) => boolean {
  const rules = dockerignore.default({ ignorecase: false }).add([...patterns])
  return (path) => path !== '' && rules.ignores(path)
}

/** The library leaves `+` and the like to a regular expression, where they mean something else than themselves. */
function escapePattern(pattern: string): string {
  return pattern.replace(/\\.|\[[^\]]*\]|[+(){}|]/g, (part) => (part.length === 1 ? `[${part}]` : part))
}

/** A bracket that is never closed is only found when the pattern is first tried. */
function canBeUsed(pattern: string): boolean {
  try {
    createMatcher([pattern])('any')
    return true
  } catch {
    return false
  }
}

function segmentsOfException(pattern: string): readonly string[] {
  return pattern.slice(1).trim().split('/').filter((segment) => segment !== '' && segment !== '.')
}

/** Whether something below the folder can match: the pattern goes deeper than the folder, and its beginning fits. From `**` on anything fits. */
function reachesInto(pattern: readonly string[], folder: readonly string[]): boolean {
  const anywhere = pattern.findIndex((segment) => segment.includes('**'))
  if (anywhere === -1 && pattern.length <= folder.length) return false
  const depth = Math.min(anywhere === -1 ? pattern.length : anywhere, folder.length)
  // The slash keeps a name that begins with `#` from being a comment.
  return depth === 0 || createMatcher([`/${pattern.slice(0, depth).join('/')}`])(folder.slice(0, depth).join('/'))
}
