/** Names of files that say what a project depends on. */
import { posix } from 'node:path'

export const REQUIREMENTS_FILE = 'requirements.txt'
export const PROJECT_FILE = 'pyproject.toml'
export const LOCK_FILE = 'uv.lock'

/** Whether a path is that of a project file, which is no list of requirements. */
export function isProjectFile(path: string): boolean {
  return [PROJECT_FILE, LOCK_FILE].includes(posix.basename(path))
}
