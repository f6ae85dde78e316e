/** Decides where the user's code lies in the images, and from which folders it is imported. */
import { posix } from 'node:path'
import type { Config } from '../config/config.ts'
import { CODE_FOLDER, OTHER_CODE_FOLDER } from '../facts/container.ts'
import type { Project } from '../project/project.ts'

export interface CodePath {
  /** As the config has it, without `./` and without a slash at the end; `.` is the config's folder. */
  readonly path: string
  readonly isFolder: boolean
  /** Absolute in the image. */
  readonly target: string
  /** Folders in the image from which Python imports. */
  readonly importFolders: readonly string[]
}

/** Code below the config's folder keeps its place below /app; other code gets a folder of its own. */
export function resolveCode(config: Config, project: Project): readonly CodePath[] {
  return config.code.paths.map(({ value }) => resolvePath(posix.normalize(value).replace(/(?<=.)\/$/, ''), project))
}

function resolvePath(path: string, project: Project): CodePath {
  const isFolder = project.kindOf(path) !== 'file'
  const relative = posix.relative(project.folder, posix.resolve(project.folder, path))
  const isOutside = relative.startsWith('..')
  const target = isOutside ? posix.join(OTHER_CODE_FOLDER, posix.basename(relative)) : posix.join(CODE_FOLDER, relative)
  return { path: relative === '' ? '.' : relative, isFolder, target, importFolders: findImportFolders({ path, isFolder, isOutside, target }, project) }
}

/** /app for all that lies in it; for other code the folder itself, or the one around it where it is a package; and `src`. */
function findImportFolders(code: { path: string; isFolder: boolean; isOutside: boolean; target: string }, project: Project): readonly string[] {
  const isPackage = project.kindOf(`${code.path}/__init__.py`) === 'file'
  const base = !code.isOutside ? CODE_FOLDER : isPackage || !code.isFolder ? OTHER_CODE_FOLDER : code.target
  const hasSource = code.isFolder && project.kindOf(`${code.path}/src`) === 'folder' && project.kindOf(`${code.path}/src/__init__.py`) === 'missing'
  return hasSource ? [base, `${code.target}/src`] : [base]
}
