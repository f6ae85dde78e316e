/** Runs a command line in this process: in a temporary folder, with streams that remember, and with a compiler that only pretends. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Compiler } from '../../../src/cli/compiler.ts'
import type { Io, Terminal } from '../../../src/cli/io.ts'
import { main } from '../../../src/cli/main.ts'
import { define, type Diagnostic, type Severity } from '../../../src/diagnostics/diagnostic.ts'
import { withHeader } from '../../../src/emit/header.ts'
import type { OutputFile } from '../../../src/emit/output-file.ts'
import { createMemoryProject } from '../../../src/project/memory-project.ts'
import { createSource } from '../../../src/syntax/source.ts'

export interface Outcome {
  readonly status: number
  readonly stdout: string
  readonly stderr: string
}

/** What the compiler was called with. */
export interface Call {
  readonly name: string
  readonly text: string
  readonly folder: string
  readonly outputFolder: string
}

export interface Sandbox {
  /** The folder with its links resolved, as the working folder of a process is. */
  readonly folder: string
  readonly calls: readonly Call[]
  put(path: string, text: string): void
  run(...argv: readonly string[]): Promise<Outcome>
  runWith(changes: Partial<Io>, ...argv: readonly string[]): Promise<Outcome>
}

/** A standard input that is empty. */
export async function* noPieces(): AsyncGenerator<Uint8Array> {}

/** Runs a test's body in a new folder, and removes it. */
export function inSandbox(body: (sandbox: Sandbox) => Promise<void>): () => Promise<void> {
  return async () => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'mlstack-cli-')))
    try {
      await body(createSandbox(folder))
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }
}

/** Runs a command with streams that remember, and with nothing of this machine but a folder. */
export async function outcomeOf(folder: string, changes: Partial<Io>, run: (io: Io) => Promise<number>): Promise<Outcome> {
  const texts = { stdout: '', stderr: '' }
  const streamFor = (name: keyof typeof texts) => ({ write: (text: string) => (texts[name] += text) })
  const io: Io = {
    stdin: () => new Uint8Array(),
    stdinPieces: noPieces,
    stdout: streamFor('stdout'),
    stderr: streamFor('stderr'),
    cwd: folder,
    env: {},
    version: '1.2.3',
    schemaPath: join(folder, 'mlstack.schema.json'),
    terminal: createTestTerminal().terminal,
    ...changes,
  }
  const status = await run(io)
  return { status, ...texts }
}

function createSandbox(folder: string): Sandbox {
  const calls: Call[] = []
  const runWith = (changes: Partial<Io>, ...argv: readonly string[]) => outcomeOf(folder, changes, (io) => main(argv, io, async () => pretendCompiler(calls)))
  const put = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return { folder, calls, put, runWith, run: (...argv) => runWith({}, ...argv) }
}

export interface TestTerminal {
  readonly terminal: Terminal
  press(keys: string): void
  stop(): void
}

/** A terminal whose keys and signals a test gives. */
export function createTestTerminal(): TestTerminal {
  const stops: (() => void)[] = []
  const keys: ((bytes: Uint8Array) => void)[] = []
  const terminal = { columns: () => 80, rows: () => 24, onResize: () => {}, onKeys: (listener: (bytes: Uint8Array) => void) => void keys.push(listener), onStop: (listener: () => void) => void stops.push(listener), close: () => {} }
  return { terminal, press: (text) => keys.forEach((listener) => listener(Buffer.from(text))), stop: () => stops.forEach((listener) => listener()) }
}

const pretended = (severity: Severity, code: 'MLS9001' | 'MLS9002') =>
  define<{ word: string }>({ code, severity, title: severity, explanation: severity }, ({ word }) => ({ message: `${word} is ${severity}` }))
const MAKERS = { bad: pretended('error', 'MLS9001'), odd: pretended('warning', 'MLS9002') } as const

/**
 * The config of the pretended language: `NAME: BODY` lines become outputs, the words `bad` and `odd` an error and a warning, and
 * `crash` a bug of the compiler.
 */
function pretendCompiler(calls: Call[]): Compiler {
  return {
    createProject: (folder) => createMemoryProject({}, folder),
    compile: ({ name, bytes }, project, { outputFolder }) => {
      const text = new TextDecoder().decode(bytes)
      calls.push({ name, text, folder: project.folder, outputFolder })
      if (text.includes('crash')) throw new TypeError('no such thing')
      const source = createSource(name, text)
      const diagnostics = [...text.matchAll(/\b(bad|odd)\b/g)].map((match): Diagnostic => {
        const word = match[0] as keyof typeof MAKERS
        return MAKERS[word]({ word }, { at: { source, start: match.index, end: match.index + word.length } })
      })
      const files = [...text.matchAll(/^(\S+): (.*)$/gm)].map(([, path = '', body = '']) => outputOf(path, `${body}\n`))
      const hasErrors = diagnostics.some(({ severity }) => severity === 'error')
      const stack = { project: 'pretended', folders: [] as readonly string[], tokenFiles: [] as readonly string[], editedFolders: [] as readonly string[] } as ReturnType<Compiler['compile']>['stack']
      return { diagnostics, hasErrors, files: hasErrors ? [] : files, stack: hasErrors ? undefined : stack }
    },
  }
}

/** An output as the pretended compiler makes it. */
export function outputOf(path: string, body: string): OutputFile {
  return { path, text: withHeader(body, { from: 'mlstack.yaml', comment: '#' }) }
}
