/** Runs one command line: finds the command, loads it, and gives the exit status. */
import { suggest } from '../diagnostics/suggest.ts'
import { quote } from './args.ts'
import { loadCompiler, type LoadCompiler } from './compiler.ts'
import { reportFailure, STATUS, UsageError, type Status } from './exit.ts'
import { HELP, helpFor } from './help.ts'
import type { Io } from './io.ts'

type Run = (argv: readonly string[], io: Io, load: LoadCompiler) => Promise<Status>

/** Each command is loaded only when it is run. */
const COMMANDS: Readonly<Record<string, Run>> = {
  compile: async (...args) => (await import('./commands/compile.ts')).runCompile(...args),
  validate: async (...args) => (await import('./commands/validate.ts')).runValidate(...args),
  lock: async (...args) => (await import('./commands/lock.ts')).runLock(...args),
  watch: async (...args) => (await import('./commands/watch.ts')).runWatch(...args),
  explain: async (argv, io) => (await import('./commands/explain.ts')).runExplain(argv, io),
  graph: async (...args) => (await import('./commands/graph.ts')).runGraph(...args),
  doctor: async (...args) => (await import('./commands/doctor.ts')).runDoctor(...args),
  eject: async (...args) => (await import('./commands/eject.ts')).runEject(...args),
  schema: async (argv, io) => (await import('./commands/schema.ts')).runSchema(argv, io),
}

/** Runs `argv`, the words after the program's name, and gives the exit status. Never throws. `load` serves tests. */
export async function main(argv: readonly string[], io: Io, load: LoadCompiler = loadCompiler): Promise<Status> {
  try {
    return await dispatch(argv, io, load)
  } catch (error) {
    return reportFailure(error, io)
  }
}

async function dispatch([word, ...rest]: readonly string[], io: Io, load: LoadCompiler): Promise<Status> {
  if (word === undefined) {
    io.stderr.write(HELP)
    return STATUS.usage
  }
  if (word === '--version') return print(`${io.version}\n`, io)
  if (word === '--help' || word === '-h') return print(HELP, io)
  if (word === 'help') return print(rest[0] === undefined ? HELP : helpFor(findCommand(rest[0]).name), io)
  const { name, run } = findCommand(word)
  return asksForHelp(rest) ? print(helpFor(name), io) : run(rest, io, load)
}

function print(text: string, { stdout }: Io): Status {
  stdout.write(text)
  return STATUS.done
}

function asksForHelp(argv: readonly string[]): boolean {
  const end = argv.indexOf('--')
  return argv.slice(0, end === -1 ? undefined : end).some((word) => word === '--help' || word === '-h')
}

function findCommand(word: string): { readonly name: string; readonly run: Run } {
  const run = Object.hasOwn(COMMANDS, word) ? COMMANDS[word] : undefined
  if (run !== undefined) return { name: word, run }
  if (word.startsWith('-')) throw new UsageError(`unknown option ${word}`, helpWithOption(word))
  throw new UsageError(`unknown command ${quote(word)}`, helpWithCommand(word))
}

function helpWithOption(word: string): string {
  const nearest = suggest(word, ['--help', '--version'])
  return nearest === undefined ? 'options come after a command: mlstack compile [FILE] [OPTIONS]' : `did you mean ${nearest}?`
}

function helpWithCommand(word: string): string {
  if (/\.ya?ml$/.test(word)) return `say what to do with it: mlstack compile ${word}`
  const nearest = suggest(word, [...Object.keys(COMMANDS), 'help'])
  return nearest === undefined ? 'see mlstack --help' : `did you mean mlstack ${nearest}?`
}
