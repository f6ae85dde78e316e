/** Names of files that say what a project depends on. */
import { posix } from 'node:path'
import type { Project } from '../project/project.ts'

export const REQUIREMENTS_FILE = 'requirements.txt'
export const PROJECT_FILE = 'pyproject.toml'
export const LOCK_FILE = 'uv.lock'

/** Files that may say how a folder is installed. */
const INSTALLED_BY = [PROJECT_FILE, 'setup.cfg', 'setup.py']

/** Whether a path is that of a project file, which is no list of requirements. */
export function isProjectFile(path: string): boolean {
  return [PROJECT_FILE, LOCK_FILE].includes(posix.basename(path))
}

/** Whether a folder has a file that may say how it is installed. */
export function isProjectFolder(folder: string, project: Project): boolean {
  return INSTALLED_BY.some((name) => project.kindOf(posix.join(folder, name)) === 'file')
}
