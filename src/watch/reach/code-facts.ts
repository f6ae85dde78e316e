/** Reads what one text of the code says about other files: its imports, and the words that may name files. */
import { endingOf, isPython } from './code-index.ts'
import { splitString, splitWords } from './mentions.ts'
import { hasDynamicImport, readImports, type PythonImport } from './python-imports.ts'
import { partPython } from './python-text.ts'

export interface CodeFacts {
  readonly imports: readonly PythonImport[]
  /** In their order: one may say what the next is. */
  readonly words: readonly string[]
  /** It imports modules whose names only the running program knows. */
  readonly isDynamic: boolean
}

export const NO_FACTS: CodeFacts = { imports: [], words: [], isDynamic: false }

/** Data and prose, which nobody runs: a path in them is no dependency. */
const WITHOUT_MENTIONS = ['csv', 'jsonl', 'log', 'md', 'rst', 'svg', 'tsv']
/** In these, a line that begins with `#` is a comment. */
const WITH_HASH_COMMENTS = ['', 'bash', 'cfg', 'conf', 'env', 'ini', 'mk', 'sh', 'toml', 'yaml', 'yml']

const QUOTED = /"([^"]*)"|'([^']*)'/g
/** Lines of a notebook for its shell: `!python a.py` and `%run a.py`. */
const NOTEBOOK_COMMAND = /^[ \t]*[!%].*$/gm

export function readCode(path: string, text: string): CodeFacts {
  const ending = endingOf(path)
  if (isPython(path)) return readPython(text)
  if (ending === 'ipynb') return readNotebook(text)
  if (WITHOUT_MENTIONS.includes(ending)) return NO_FACTS
  return readWords(WITH_HASH_COMMENTS.includes(ending) ? text.replace(/^[ \t]*#.*$/gm, '') : text)
}

/** A command, a script or a file of settings. Python may stand in it, as a whole (`python - <<END`) or in quotes (`python -c`). */
export function readWords(text: string): CodeFacts {
  const pieces = text.includes('import') ? [text, ...[...text.matchAll(QUOTED)].map(([, double, single]) => double ?? single ?? '')] : []
  return { ...NO_FACTS, imports: pieces.flatMap((piece) => readImports(partPython(piece).code)), words: splitWords(text) }
}

function readPython(text: string): CodeFacts {
  const { code, strings } = partPython(text)
  const isDynamic = hasDynamicImport(code)
  const executed = isDynamic ? strings.flatMap(readImports) : []
  return { imports: [...readImports(code), ...executed], words: strings.flatMap(splitString), isDynamic }
}

function readNotebook(text: string): CodeFacts {
  const source = findSources(text).join('\n')
  const commands = [...source.matchAll(NOTEBOOK_COMMAND)].map(([line]) => line.replace(/^[ \t]*[!%]/, ''))
  const python = readPython(source.replace(NOTEBOOK_COMMAND, ''))
  return { ...python, words: [...python.words, ...commands.flatMap(splitWords)] }
}

/** The source of each cell of code; none where the notebook is broken. */
function findSources(text: string): readonly string[] {
  const sources: string[] = []
  try {
    JSON.parse(text, (_, value) => {
      if (value?.cell_type === 'code') sources.push([value.source].flat().join(''))
      return value
    })
  } catch {
    return []
  }
  return sources
}
