/** Finds what a role's command names itself: the files with which its run begins. */
import { posix } from 'node:path'
import { CODE_FOLDER, OTHER_CODE_FOLDER } from '../../facts/container.ts'
import { filesBelow, findFiles, type CodeIndex } from './code-index.ts'
import { MODULE_SWITCH, pathOf } from './mentions.ts'

/** What programs read without being told. With `*` before it, wherever it lies, and only beside what the command names. */
const PROGRAM_FILES: Readonly<Record<string, readonly string[]>> = {
  dvc: ['dvc.yaml', '*/params.yaml'],
  fastapi: ['main.py', 'app.py', 'api.py', 'app/main.py', 'app/app.py', 'app/api.py'],
  flask: ['app.py', 'wsgi.py', '*/.flaskenv'],
  gunicorn: ['*/gunicorn.conf.py'],
  just: ['justfile', 'Justfile'],
  make: ['Makefile', 'makefile', 'GNUmakefile'],
  mlflow: ['MLproject'],
  pytest: ['*/conftest.py', '*/pytest.ini', '*/pyproject.toml', '*/setup.cfg', '*/tox.ini'],
  snakemake: ['Snakefile'],
  streamlit: ['*/.streamlit/config.toml'],
}

/** Behind these stand folders in which the command then runs, or from which it imports. */
const FOLDER_SWITCH = /^(?:cd|pushd|--app-dir|--chdir|--pythonpath|PYTHONPATH)$/

/** Python in the command: what is behind these is a name, and no path. */
const IMPORT = /^(?:from|import)$/

export interface Entries {
  readonly files: readonly string[]
  /** Those of the role, and those that the command goes to. */
  readonly importFolders: readonly string[]
  /** The words that name nothing in these folders, and may mean something elsewhere. */
  readonly otherWords: readonly string[]
}

export function findEntries(words: readonly string[], importFolders: readonly string[], index: CodeIndex): Entries {
  const [workingFolder = '.'] = importFolders
  const folders = findWorkingFolders(words, workingFolder, index)
  const found = words.flatMap((word, at) => {
    const mayBeFolder = ![FOLDER_SWITCH, MODULE_SWITCH, IMPORT].some((isSwitch) => isSwitch.test(words[at - 1] ?? ''))
    return [word, ...filesOfProgram(word)].map((name) => ({ name, mayBeFolder, files: folders.flatMap((folder) => findNamed(name, locate(name, folder, workingFolder), mayBeFolder, index)) }))
  })
  return {
    files: found.flatMap(({ files }) => files),
    importFolders: [...new Set([...importFolders, ...folders])],
    otherWords: found.flatMap(({ name, mayBeFolder, files }) => (mayBeFolder && files.length === 0 ? name : [])),
  }
}

/** From each folder that the command may be in by then: one `cd` may build on another. */
function findWorkingFolders(words: readonly string[], workingFolder: string, index: CodeIndex): readonly string[] {
  const folders = new Set([workingFolder])
  const named = words.filter((_, at) => FOLDER_SWITCH.test(words[at - 1] ?? '')).flatMap((word) => word.split(':'))
  for (const word of named) {
    const paths = [...folders].map((folder) => locate(word, folder, workingFolder))
    for (const path of paths) if (index.folders.has(path)) folders.add(path)
  }
  return [...folders]
}

function filesOfProgram(word: string): readonly string[] {
  return Object.hasOwn(PROGRAM_FILES, word) ? (PROGRAM_FILES[word] ?? []) : []
}

/** A file, or all files of a folder. */
function findNamed(word: string, path: string, mayBeFolder: boolean, index: CodeIndex): readonly string[] {
  if (word.startsWith(`${OTHER_CODE_FOLDER}/`)) return findFiles(pathOf(word), index)
  if (index.files.has(path)) return [path]
  return mayBeFolder && index.folders.has(path) ? filesBelow(path, index) : []
}

function locate(word: string, folder: string, workingFolder: string): string {
  const isInCode = word === CODE_FOLDER || word.startsWith(`${CODE_FOLDER}/`)
  const path = isInCode ? posix.join(workingFolder, word.slice(CODE_FOLDER.length)) : word.startsWith('/') ? word : posix.join(folder, word)
  return path.replace(/(?<=.)\/$/, '')
}
