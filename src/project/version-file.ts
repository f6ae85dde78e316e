/** The version of a project whose pyproject.toml leaves it to a file, as far as reading that file tells it. */
import { posix } from 'node:path'
import type { MapTree } from '../syntax/tree.ts'
import { textAt, textsAt } from './fields.ts'
import { normalizeName } from './requirements.ts'

export interface VersionPlace {
  readonly name: string
  readonly packageFolders: readonly string[]
  /** Takes a path relative to the project's folder. */
  readonly read: (path: string) => string | undefined
}

const ASSIGNMENT = /^(?:__version__|__VERSION__|VERSION|version)\b[^=\n]*=\s*["']([^"'\n]+)["']/m
const VERSION = /^\s*v?(\d[\w.!+-]*)\s*$/

/** Undefined where it is made of something else, such as a tag of version control. */
export function findDynamicVersion(tree: MapTree, place: VersionPlace): string | undefined {
  const [file] = textsAt(tree, 'tool', 'setuptools', 'dynamic', 'version', 'file')
  if (file !== undefined) return VERSION.exec(place.read(file.value) ?? '')?.[1]
  const attribute = textAt(tree, 'tool', 'setuptools', 'dynamic', 'version', 'attr')?.value
  if (attribute !== undefined) return versionIn(modulesOf(attribute.split('.').slice(0, -1).join('/'), place), place)
  const path = textAt(tree, 'tool', 'hatch', 'version', 'path') ?? textAt(tree, 'tool', 'pdm', 'version', 'path')
  if (path !== undefined) return versionIn([path.value], place)
  const backend = textAt(tree, 'build-system', 'build-backend')?.value ?? ''
  return backend.startsWith('flit') ? versionIn(modulesOf(normalizeName(place.name).replaceAll('-', '_'), place), place) : undefined
}

function modulesOf(path: string, { packageFolders }: VersionPlace): readonly string[] {
  return packageFolders.flatMap((folder) => [posix.join(folder, path, '__init__.py'), posix.join(folder, `${path}.py`)])
}

function versionIn(paths: readonly string[], { read }: VersionPlace): string | undefined {
  return paths.flatMap((path) => ASSIGNMENT.exec(read(path) ?? '')?.[1] ?? [])[0]
}
