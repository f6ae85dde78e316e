/** Finds the files that an import runs, as Python does: folder by folder, and through every package on the way. */
import { posix } from 'node:path'
import type { CodeIndex } from './code-index.ts'
import type { PythonImport } from './python-imports.ts'

export interface FoundModule {
  readonly files: readonly string[]
  /** Where its submodules lie: more than one folder where none has an `__init__.py`; none of a plain file. */
  readonly places: readonly string[]
  /** How many parts of the name are modules; the others can only be attributes. */
  readonly depth: number
}

const NOTHING: FoundModule = { files: [], places: [], depth: 0 }

/** A name of which the code has nothing is a package from elsewhere, and no files. */
export function findModule(parts: readonly string[], folders: readonly string[], index: CodeIndex): FoundModule {
  let found: FoundModule = { ...NOTHING, places: folders }
  for (const part of parts) {
    const next = findPart(part, found.places, index)
    if (next === undefined) break
    found = { files: [...found.files, ...next.files], places: next.places, depth: found.depth + 1 }
  }
  return found.depth === 0 ? NOTHING : found
}

/** The first folder with a package or a module wins; folders without `__init__.py` count together, and only where there is neither. */
function findPart(part: string, folders: readonly string[], index: CodeIndex): Pick<FoundModule, 'files' | 'places'> | undefined {
  const places: string[] = []
  for (const folder of folders) {
    const path = posix.join(folder, part)
    if (index.files.has(`${path}/__init__.py`)) return { files: [`${path}/__init__.py`], places: [path] }
    if (index.files.has(`${path}.py`)) return { files: [`${path}.py`], places: [] }
    if (index.folders.has(path)) places.push(path)
  }
  return places.length === 0 ? undefined : { files: [], places }
}

/** The files of an import in the file at `path`. `*` is what the package itself names. */
export function findImported(imported: PythonImport, path: string, folders: readonly string[], index: CodeIndex, exportsOf: (file: string) => readonly string[]): readonly string[] {
  const own = posix.join(path, ...Array<string>(imported.level).fill('..'))
  const around = imported.level === 0 ? [] : packagesAround(own, index)
  const found = imported.module.length === 0 ? { ...NOTHING, places: [own] } : findModule(imported.module, imported.level === 0 ? folders : [own], index)
  const names = imported.names.flatMap((name) => (name === '*' ? found.files.slice(-1).flatMap(exportsOf) : name))
  const isFound = imported.module.length === found.depth
  const submodules = isFound ? names.flatMap((name) => findPart(name, found.places, index)?.files ?? []) : []
  return [...around, ...found.files, ...submodules]
}

/** The `__init__.py` of a package and of those that it lies in. */
export function packagesAround(folder: string, index: CodeIndex): readonly string[] {
  const files: string[] = []
  for (let at = folder; index.files.has(posix.join(at, '__init__.py')); at = posix.dirname(at)) {
    files.push(posix.join(at, '__init__.py'))
    if (at === '.') break
  }
  return files
}
