/** Finds what the words of a text may mean: files and folders of the code, patterns of them, and modules. */
import { posix } from 'node:path'
import { CODE_FOLDER, OTHER_CODE_FOLDER } from '../../facts/container.ts'
import { endingOf, filesBelow, findFiles, findFolders, isPython, type CodeIndex } from './code-index.ts'
import { findModule } from './modules.ts'
import type { PythonImport } from './python-imports.ts'

export interface Mentioned {
  /** Named themselves, or by a pattern. */
  readonly files: readonly string[]
  /** Folders that are named as a whole. */
  readonly folders: readonly string[]
}

/** What a shell, a template or a format puts in: `${A}`, `$A`, `$(a)`, `{{ a }}`, `{a}`, `%s`. */
const PLACEHOLDER = /\$\{[^{}]*\}|\$\([^()]*\)|\$\w+|\{\{[^{}]*\}\}|\{[\w.,!:-]*\}|%(?:\(\w+\))?[ds]/g
const BETWEEN_WORDS = /[\s"'`,;|&<>()[\]{}=@!]+/
const WILDCARDS = /\*+|\?|\[[^\]]*\]/g

/** A string that begins with a program whose arguments name files, or with a path, is no prose. */
const COMMAND = /^(?:accelerate|bash|cd|deepspeed|env|exec|gunicorn|jupyter|papermill|pytest|python[\d.]*|sh|source|streamlit|torchrun|uvicorn|\.{0,2}\/\S+)\s/
/** Nor is a list of paths, of which each has a slash or an ending. */
const PATH = /\/|\.\w/

/** Behind these stands a module, even one of a single word, and no folder. */
export const MODULE_SWITCH = /^(?:-[A-Za-z]*m|--module|-A|--app|FLASK_APP|DJANGO_SETTINGS_MODULE)$/
const WITH_ATTRIBUTE = /^([\p{L}_][\p{L}\p{N}_.]*):[\p{L}_][\p{L}\p{N}_.]*$/u
const DOTTED = /^[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)+$/u

/** The words of a command, a script or a file of settings. What is only known when it runs becomes `*`. */
export function splitWords(text: string): readonly string[] {
  return replacePlaceholders(text).split(BETWEEN_WORDS).filter((word) => word !== '')
}

/** The words of a string in a program: of a command, a list of paths or one word. Prose stays whole, as only the name of a file could be. */
export function splitString(text: string): readonly string[] {
  const whole = replacePlaceholders(text).trim()
  const isProse = !COMMAND.test(whole) && !whole.split(/\s+/).every((word) => PATH.test(word))
  return /\s/.test(whole) && isProse ? [whole] : splitWords(whole)
}

function replacePlaceholders(text: string): string {
  return text.replace(PLACEHOLDER, '*')
}

/** What a word names, wherever in the code that lies: a path may be put together from more than what one word says. */
export function findMentioned(word: string, index: CodeIndex): Mentioned {
  const path = pathOf(word).replace(WILDCARDS, '*')
  if (path === '') return { files: [], folders: [] }
  if (path.includes('*')) return { files: findMatching(path, index), folders: [] }
  return { files: findFiles(path, index), folders: findFolders(path, index) }
}

/** Without what leads to the code's own folder, and without a slash or a dot at its end. */
export function pathOf(word: string): string {
  const inCode = [CODE_FOLDER, OTHER_CODE_FOLDER].reduce((path, folder) => (path.startsWith(`${folder}/`) ? path.slice(folder.length) : path), word)
  return inCode.replace(/^(?:\.{0,2}\/)+/, '').replace(/[/.:]+$/, '')
}

/** By folder and name, such as all `.json` below `configs`; a pattern with neither a folder nor an ending says nothing. */
function findMatching(path: string, index: CodeIndex): readonly string[] {
  const parts = path.split('/')
  const folder = parts.slice(0, parts.findIndex((part) => part.includes('*'))).join('/')
  const name = parts.at(-1) ?? ''
  const candidates = folder === '' ? findByName(name, index) : findFolders(folder, index).flatMap((each) => filesBelow(each, index))
  return candidates.filter((file) => matches(posix.basename(file), name))
}

function findByName(name: string, index: CodeIndex): readonly string[] {
  const ending = endingOf(name)
  if (!name.includes('*')) return index.filesByName.get(name) ?? []
  return ending === '' || ending.includes('*') ? [] : (index.filesByEnding.get(ending) ?? [])
}

/** Step by step, so that no pattern is slow. */
function matches(name: string, pattern: string): boolean {
  const [first = '', ...others] = pattern.split('*')
  const last = others.pop()
  if (last === undefined) return name === first
  if (!name.startsWith(first)) return false
  let at = first.length
  for (const piece of others) {
    const found = name.indexOf(piece, at)
    if (found === -1) return false
    at = found + piece.length
  }
  return name.length - at >= last.length && name.endsWith(last)
}

/** The modules that words name: behind `-m`, as `module:attribute`, or with dots. */
export function findNamedModules(words: readonly string[], folders: readonly string[], index: CodeIndex): readonly PythonImport[] {
  return words.flatMap((word, at) => {
    const [, beforeColon] = WITH_ATTRIBUTE.exec(word) ?? []
    const isSwitched = MODULE_SWITCH.test(words[at - 1] ?? '')
    const name = beforeColon ?? word
    const parts = name.split('.').filter((part) => part !== '')
    const isModule = isSwitched || beforeColon !== undefined || (DOTTED.test(word) && isLikelyModule(parts, folders, index))
    return isModule && parts.length > 0 ? [{ level: 0, module: parts, names: isSwitched ? ['__main__'] : [] }] : []
  })
}

/** `model.Net` and `pkg.model`, but not `model.json`, though there may be a `model.py`. */
function isLikelyModule(parts: readonly string[], folders: readonly string[], index: CodeIndex): boolean {
  const { depth, files } = findModule(parts, folders, index)
  return files.length > 0 && (depth > 1 || /^\p{Lu}/u.test(parts[1] ?? ''))
}

/** What a word may mean to code that imports by names: the Python files that it names, and those below what it names. */
export function findPluggedIn(word: string, index: CodeIndex): readonly string[] {
  const names = word.split('*').map((piece) => pathOf(piece.replace(/^\.+/, '')))
  const paths = names.filter((name) => /^[^\s]+$/.test(name)).flatMap((name) => [name, name.replaceAll('.', '/')])
  return paths.flatMap((path) => [...findFiles(`${path}.py`, index), ...findFolders(path, index).flatMap((folder) => filesBelow(folder, index))]).filter(isPython)
}
