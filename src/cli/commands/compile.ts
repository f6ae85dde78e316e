/** `mlstack compile`: compiles, and writes the outputs, checks them, or shows what would be written. */
import { basename, join, posix } from 'node:path'
import type { Diagnostic } from '../../diagnostics/diagnostic.ts'
import { Sink } from '../../diagnostics/sink.ts'
import type { OutputFile } from '../../emit/output-file.ts'
import { givenUserOf } from '../../plan/given-user.ts'
import type { Stack } from '../../plan/stack.ts'
import { settleChanges, type Change } from '../../write/change.ts'
import { compareFolder } from '../../write/compare-folder.ts'
import { reportOtherComposeFiles } from '../../write/other-compose-files.ts'
import { reportDifferences, reportRefused, reportStaleLock } from '../../write/report.ts'
import { reportForeignUser, type OutputUse } from '../../write/foreign-user.ts'
import { makeOutputFolders } from '../../write/output-folders.ts'
import { makeTokenFiles, removeUnneededTokens } from '../../write/token-files.ts'
import { writeOutputs } from '../../write/write.ts'
import { readArguments, type Flags, type OptionTable } from '../args.ts'
import type { LoadCompiler } from '../compiler.ts'
import { STATUS, UsageError, type Status } from '../exit.ts'
import { DEFAULT_NAME, readConfig, type ConfigFile } from '../find-config.ts'
import type { Io } from '../io.ts'
import { listPlanned, listWritten } from '../listing.ts'
import { readOwner } from '../../doctor/probe/owner.ts'
import { locateOutput, type OutputFolder } from '../output-folder.ts'
import { SHOW_OPTIONS, showDiagnostics } from '../show.ts'
import { compileWritten, VARIANT_OPTION } from '../variant.ts'

const OPTIONS = {
  output: { type: 'string', short: 'o' },
  ...VARIANT_OPTION,
  target: { type: 'string', choices: ['compose', 'kubernetes'] },
  emit: { type: 'string', choices: ['plan'] },
  check: { type: 'boolean' },
  'dry-run': { type: 'boolean' },
  diff: { type: 'boolean' },
  force: { type: 'boolean' },
  ...SHOW_OPTIONS,
} as const satisfies OptionTable

export const COMPILE = { name: 'compile', options: OPTIONS, operands: 1 } as const

type CompileFlags = Flags<typeof OPTIONS>

/** Options that ask for two things at once. */
const CONFLICTS: readonly (readonly [keyof CompileFlags, keyof CompileFlags])[] = [
  ['check', 'force'],
  ['emit', 'check'],
  ['emit', 'dry-run'],
  ['emit', 'diff'],
  ['emit', 'force'],
]

/** What is known once the compiler has found no error: what would change on disk, and the way to print all diagnostics as one. */
interface Run {
  readonly flags: CompileFlags
  readonly config: ConfigFile
  readonly folder: OutputFolder
  readonly changes: readonly Change[]
  /** Undefined where there is none to write. */
  readonly stack: Stack | undefined
  /** Those of the config and of what it names. */
  readonly diagnostics: readonly Diagnostic[]
  /** Takes the diagnostics of the outputs on disk. */
  readonly sink: Sink
  readonly show: () => Promise<void>
  readonly io: Io
}

export async function runCompile(argv: readonly string[], io: Io, loadCompiler: LoadCompiler): Promise<Status> {
  const { flags, operands } = readArguments(argv, COMPILE)
  checkFlags(flags)
  const config = await readConfig(operands[0], io)
  const folder = locateOutput(flags.output, config, io.cwd)
  const compiler = await loadCompiler()
  const { diagnostics, hasErrors, files, stack } = compileWritten({ config, folder, compiler, variant: flags.variant, isOfWritten: flags.check === true })
  const sink = new Sink()
  const show = () => showDiagnostics([...diagnostics, ...sink.sorted()], flags, io.stderr, io)
  if (hasErrors || flags.emit === 'plan') {
    await show()
    if (stack !== undefined) io.stdout.write((await import('../../plan/print.ts')).formatPlan(stack))
    return hasErrors ? STATUS.wrong : STATUS.done
  }
  protectConfig(config, folder, files)
  if (stack !== undefined) reportOtherComposeFiles({ files, composeFile: stack.composeFile, folder: folder.absolute, shownFolder: folder.shown }, sink)
  const run = { flags, config, folder, diagnostics, changes: compareFolder(files, folder.absolute, stack?.variant), stack, sink, show, io }
  return flags.check || flags['dry-run'] || flags.diff ? preview(run) : write(run)
}

async function preview({ flags, config, folder, diagnostics, changes, sink, show, io }: Run): Promise<Status> {
  if (flags.check) reportDifferences(changes, folder.shown, sink)
  if (flags.check) reportStaleLock(diagnostics, config.name, sink)
  await show()
  if (flags.diff) io.stdout.write((await import('../../write/diff.ts')).formatDiff(changes))
  else if (flags['dry-run']) io.stdout.write(listPlanned(settleChanges(changes, { isForced: flags.force === true }), folder.shown))
  return sink.hasErrors ? STATUS.wrong : STATUS.done
}

async function write({ flags, folder, stack, changes, sink, show, io }: Run): Promise<Status> {
  const { writable, refused } = settleChanges(changes, { isForced: flags.force === true })
  reportRefused(refused, folder.shown, sink)
  const outputs = stack !== undefined && [stack.folders, stack.tokenFiles, stack.editedFolders].some((paths) => paths.length > 0) ? outputsOf(stack, folder, io) : undefined
  if (outputs !== undefined && refused.length === 0) reportForeignUser(outputs, sink)
  await show()
  if (refused.length > 0) return STATUS.wrong
  writeOutputs(folder.absolute, writable)
  removeUnneededTokens(folder.absolute, stack?.tokenFiles ?? [])
  const tokens = outputs === undefined ? [] : makeForContainers(outputs)
  if (!flags.quiet) io.stdout.write(listWritten([...writable, ...tokens.map((path) => ({ kind: 'create', path, after: '' }) as const)], folder.shown))
  return STATUS.done
}

/** What no output holds: folders, and tokens, of which the new ones are given. */
function makeForContainers({ folder, paths, tokenFiles, owner }: ContainerUse): readonly string[] {
  makeOutputFolders(folder, paths, owner)
  return makeTokenFiles(folder, tokenFiles, owner)
}

interface ContainerUse extends OutputUse {
  readonly tokenFiles: readonly string[]
}

/** The folders of the machine that containers write into, and who that will be. */
function outputsOf(stack: Stack, folder: OutputFolder, io: Io): ContainerUse {
  const given = givenUserOf(stack)
  return { folder: folder.absolute, composeFile: posix.join(folder.shown, stack.composeFile), paths: stack.folders, edited: stack.editedFolders, tokenFiles: stack.tokenFiles, owner: readOwner(folder.absolute, io.env, given), isGiven: given !== undefined }
}

function checkFlags(flags: CompileFlags): void {
  if (flags.target === 'kubernetes') throw new UsageError('--target kubernetes is not supported yet', 'leave it out, or use --target compose')
  for (const [one, other] of CONFLICTS) {
    if (flags[one] !== undefined && flags[other] !== undefined) throw new UsageError(`--${one} and --${other} do not go together`, 'leave one of them out')
  }
}

/** A config named `compose.yaml`, say: not even `--force` may write over what is being compiled. */
function protectConfig(config: ConfigFile, folder: OutputFolder, files: readonly OutputFile[]): void {
  if (files.some(({ path }) => join(folder.absolute, path) === config.path)) {
    const help = basename(config.name) === DEFAULT_NAME ? 'give `compose_file` another name' : 'rename it to mlstack.yaml'
    throw new UsageError(`${config.name} is both the config and a file that mlstack writes`, `${help}, or write elsewhere: -o DIR`)
  }
}
