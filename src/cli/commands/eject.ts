/** `mlstack eject`: turns what mlstack made into plain files of the project, which nobody generates any more. */
import { posix } from 'node:path'
import { Sink } from '../../diagnostics/sink.ts'
import { compareFolder } from '../../write/compare-folder.ts'
import { planEjection } from '../../write/eject.ts'
import { reportNotEjectable } from '../../write/report.ts'
import { writeOutputs } from '../../write/write.ts'
import { readArguments, type OptionTable } from '../args.ts'
import type { LoadCompiler } from '../compiler.ts'
import { STATUS, UsageError, type Status } from '../exit.ts'
import { readConfig } from '../find-config.ts'
import type { Io } from '../io.ts'
import { locateOutput } from '../output-folder.ts'
import { SHOW_OPTIONS, showDiagnostics } from '../show.ts'
import { compileWritten, VARIANT_OPTION } from '../variant.ts'

const OPTIONS = {
  output: { type: 'string', short: 'o' },
  ...VARIANT_OPTION,
  'dry-run': { type: 'boolean' },
  ...SHOW_OPTIONS,
} as const satisfies OptionTable

export const EJECT = { name: 'eject', options: OPTIONS, operands: 1 } as const

export async function runEject(argv: readonly string[], io: Io, loadCompiler: LoadCompiler): Promise<Status> {
  const { flags, operands } = readArguments(argv, EJECT)
  const config = await readConfig(operands[0], io)
  if (config.path === undefined) throw new UsageError('standard input cannot be ejected from', 'name a file, or leave it out to have mlstack.yaml found')
  const folder = locateOutput(flags.output, config, io.cwd)
  const { diagnostics, hasErrors, files, stack } = compileWritten({ config, folder, compiler: await loadCompiler(), variant: flags.variant, isOfWritten: true })
  const sink = new Sink()
  const ejection = planEjection(hasErrors ? [] : compareFolder(files, folder.absolute, stack?.variant), folder.absolute)
  reportNotEjectable(ejection.obstacles, folder.shown, sink)
  await showDiagnostics([...diagnostics, ...sink.sorted()], flags, io.stderr, io)
  if (hasErrors || sink.hasErrors) return STATUS.wrong
  if (!flags['dry-run']) writeOutputs(folder.absolute, ejection.changes)
  const verb = flags['dry-run'] ? 'would be' : 'is'
  const plain = ejection.changes.flatMap(({ kind, path }) => (kind === 'remove' ? [] : [`${posix.join(folder.shown, path)} ${verb} a plain file\n`]))
  if (!flags.quiet) io.stdout.write(`${plain.join('')}${config.name} ${flags['dry-run'] ? 'would no longer be' : 'is no longer'} read by anything\n`)
  return STATUS.done
}
