/** Where a project keeps its packages: what its build backend is told, else a `src` folder, else beside the project file. */
import { posix } from 'node:path'
import type { MapTree } from '../syntax/tree.ts'
import { itemsAt, textAt, textsAt, treeAt } from './fields.ts'
import type { Project } from './project.ts'

export interface PackagePlace {
  readonly folder: string
  readonly project: Project
  /** What setup.cfg or setup.py says. */
  readonly setup: string | undefined
}

/** Relative to the project's folder, each once. */
export function findPackageFolders(tree: MapTree | undefined, { folder, project, setup }: PackagePlace): readonly string[] {
  const told = [...(tree === undefined ? [] : toldFolders(tree)), ...(setup === undefined ? [] : [setup])].map((path) => posix.normalize(path).replace(/(?<=.)\/$/, ''))
  const existing = [...new Set(told)].filter((path) => !path.startsWith('..') && project.kindOf(posix.join(folder, path)) === 'folder')
  if (existing.length > 0) return existing
  return [hasSourceFolder(folder, project) ? 'src' : '.']
}

/** A `src` folder that is no package itself. */
export function hasSourceFolder(folder: string, project: Project): boolean {
  return project.kindOf(posix.join(folder, 'src')) === 'folder' && project.kindOf(posix.join(folder, 'src/__init__.py')) === 'missing'
}

/** In the words of setuptools, Poetry, Hatch, PDM and uv. */
function toldFolders(tree: MapTree): readonly string[] {
  const tool = treeAt(tree, 'tool')
  return [
    ...textsAt(tool, 'setuptools', 'package-dir', ''),
    ...textsAt(tool, 'setuptools', 'packages', 'find', 'where'),
    ...itemsAt(tool, 'poetry', 'packages').flatMap((item) => textAt(item, 'from') ?? []),
    ...textsAt(tool, 'hatch', 'build', 'targets', 'wheel', 'packages').map(({ value, span }) => ({ value: posix.dirname(value), span })),
    ...textsAt(tool, 'hatch', 'build', 'targets', 'wheel', 'sources'),
    ...textsAt(tool, 'pdm', 'build', 'package-dir'),
    ...textsAt(tool, 'uv', 'build-backend', 'module-root'),
  ].map(({ value }) => (value === '' ? '.' : value))
}
