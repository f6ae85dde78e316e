/** Finds the code files on which the command of a role depends, as far as reading tells: too many rather than too few. */
import { posix } from 'node:path'
import { NO_FACTS, readWords, type CodeFacts } from './code-facts.ts'
import { filesBelow, isPython } from './code-index.ts'
import type { KnownCode } from './code-memory.ts'
import { findEntries } from './entries.ts'
import { findMentioned, findNamedModules, findPluggedIn } from './mentions.ts'
import { findImported, packagesAround } from './modules.ts'

export interface RoleCode {
  /** The words of its command; the one word of a shell command; values of its environment. References are left out. */
  readonly words: readonly string[]
  /** Folders (relative to the context, '.' is the context) from which Python imports and in which the command runs: the first one is the working folder. */
  readonly importFolders: readonly string[]
}

/** 'everything' where nothing in the words names a file of the code, so nothing can be excluded. */
export type Reach = ReadonlySet<string> | 'everything'

/** A file as one run comes to it: Python imports from the folder of the script that was started, too. */
interface Visit {
  readonly path: string
  readonly scriptFolder: string | undefined
}

interface Search extends KnownCode {
  readonly importFolders: readonly string[]
}

export function findReach(role: RoleCode, code: KnownCode): Reach {
  const command = readCommand(role.words)
  const entries = findEntries(command.words, role.importFolders, code.index)
  const search: Search = { ...code, importFolders: entries.importFolders }
  const start: Visit = { path: posix.join(entries.importFolders[0] ?? '.', 'command'), scriptFolder: undefined }
  const begun = [...entries.files.map(startScript), ...followImports(command, start, search)]
  if (begun.length === 0) return 'everything'
  return visitAll([...begun, ...followMentions({ ...command, words: entries.otherWords }, start, search)], search)
}

function readCommand(words: readonly string[]): CodeFacts {
  const read = words.map(readWords)
  return { ...NO_FACTS, imports: read.flatMap(({ imports }) => imports), words: read.flatMap((each) => each.words) }
}

/** A list of what is left to visit instead of recursion, so that no chain of imports is too long. */
function visitAll(begun: readonly Visit[], search: Search): ReadonlySet<string> {
  const reached = new Set<string>()
  const visited = new Set<string>()
  const left = [...begun]
  for (let visit = left.pop(); visit !== undefined; visit = left.pop()) {
    const key = `${visit.path}\0${visit.scriptFolder}`
    if (visited.has(key)) continue
    visited.add(key)
    reached.add(visit.path)
    for (const next of follow(visit, search)) left.push(next)
  }
  return reached
}

function follow(visit: Visit, search: Search): readonly Visit[] {
  const facts = search.factsOf(visit.path)
  const plugins = facts.isDynamic ? followPlugins(facts, visit, search) : []
  return [...followImports(facts, visit, search), ...followMentions(facts, visit, search), ...plugins]
}

function followImports(facts: CodeFacts, visit: Visit, { index, importFolders, factsOf }: Search): readonly Visit[] {
  const folders = visit.scriptFolder === undefined ? importFolders : [visit.scriptFolder, ...importFolders]
  const imports = [...facts.imports, ...findNamedModules(facts.words, folders, index)]
  const exportsOf = (file: string) => factsOf(file).words
  return imports.flatMap((each) => findImported(each, visit.path, folders, index, exportsOf)).map((path) => ({ ...visit, path }))
}

/** A Python file that is mentioned may be started as a script. Of a folder, no Python is read but by imports. */
function followMentions({ words }: CodeFacts, visit: Visit, { index }: Search): readonly Visit[] {
  return [...new Set(words)].flatMap((word) => {
    const { files, folders } = findMentioned(word, index)
    const below = folders.flatMap((folder) => filesBelow(folder, index)).filter((path) => !isPython(path))
    return [...files, ...below].map((path) => (isPython(path) ? startScript(path) : { ...visit, path }))
  })
}

/** What is imported by a name that code puts together: what it mentions, or else any Python file. */
function followPlugins({ words }: CodeFacts, visit: Visit, { index }: Search): readonly Visit[] {
  const mentioned = [...new Set(words)].flatMap((word) => findPluggedIn(word, index))
  const paths = mentioned.length > 0 ? mentioned : index.paths.filter(isPython)
  return [...new Set(paths)].flatMap((path) => [path, ...packagesAround(posix.dirname(path), index)]).map((each) => ({ ...visit, path: each }))
}

function startScript(path: string): Visit {
  return { path, scriptFolder: posix.dirname(path) }
}
