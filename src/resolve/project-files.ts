/** Names of files that say what a project depends on. */
import { posix } from 'node:path'

export const REQUIREMENTS_FILE = 'requirements.txt'
export const PROJECT_FILE = 'pyproject.toml'
export const LOCK_FILE = 'uv.lock'
/** Older files that say how a folder is installed. */
export const SETUP_FILES: readonly string[] = ['setup.cfg', 'setup.py']

/** Whether a path is that of a project file, which is no list of requirements. */
export function isProjectFile(path: string): boolean {
  return [PROJECT_FILE, LOCK_FILE].includes(posix.basename(path))
}
