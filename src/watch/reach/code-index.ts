/** Finds files and folders of the code by their paths, their names and the ends of their paths, without a look at each. */
import { posix } from 'node:path'

export interface CodeIndex {
  readonly paths: readonly string[]
  readonly files: ReadonlySet<string>
  /** `.` and every folder that holds a file, at any depth. */
  readonly folders: ReadonlySet<string>
  /** By what stands behind the last slash. */
  readonly filesByName: ReadonlyMap<string, readonly string[]>
  readonly foldersByName: ReadonlyMap<string, readonly string[]>
  /** By what stands behind the last dot of the name. */
  readonly filesByEnding: ReadonlyMap<string, readonly string[]>
}

export function indexCode(files: readonly string[]): CodeIndex {
  const folders = foldersOf(files)
  return {
    paths: files,
    files: new Set(files),
    folders,
    filesByName: groupBy(files, posix.basename),
    foldersByName: groupBy([...folders], posix.basename),
    filesByEnding: groupBy(files, endingOf),
  }
}

/** Goes up from each file until a folder is known. */
function foldersOf(files: readonly string[]): ReadonlySet<string> {
  const folders = new Set(['.'])
  for (const file of files) {
    for (let folder = posix.dirname(file); !folders.has(folder); folder = posix.dirname(folder)) folders.add(folder)
  }
  return folders
}

function groupBy(paths: readonly string[], keyOf: (path: string) => string): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>()
  for (const path of paths) {
    const key = keyOf(path)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [path])
    else group.push(path)
  }
  return groups
}

/** `json` of `a/b.json`; empty where there is none. */
export function endingOf(path: string): string {
  return posix.extname(path).slice(1)
}

export function isPython(path: string): boolean {
  return path.endsWith('.py')
}

/** The files whose path is this or ends with it. */
export function findFiles(suffix: string, index: CodeIndex): readonly string[] {
  return withSuffix(index.filesByName, suffix)
}

/** The folders whose path is this or ends with it. */
export function findFolders(suffix: string, index: CodeIndex): readonly string[] {
  return withSuffix(index.foldersByName, suffix)
}

function withSuffix(byName: CodeIndex['filesByName'], suffix: string): readonly string[] {
  const named = byName.get(posix.basename(suffix)) ?? []
  return named.filter((path) => path === suffix || path.endsWith(`/${suffix}`))
}

/** All files below a folder, at any depth. */
export function filesBelow(folder: string, index: CodeIndex): readonly string[] {
  return folder === '.' ? index.paths : index.paths.filter((path) => path.startsWith(`${folder}/`))
}
