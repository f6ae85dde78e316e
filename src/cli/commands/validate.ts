/** `mlstack validate`: compiles, and prints what is wrong. */
import { readArguments, type OptionTable } from '../args.ts'
import type { LoadCompiler } from '../compiler.ts'
import { STATUS, type Status } from '../exit.ts'
import { readConfig } from '../find-config.ts'
import type { Io } from '../io.ts'
import { SHOW_OPTIONS, showDiagnostics } from '../show.ts'
import { requireVariant, VARIANT_OPTION } from '../variant.ts'

const OPTIONS = { ...VARIANT_OPTION, ...SHOW_OPTIONS } as const satisfies OptionTable

export const VALIDATE = { name: 'validate', options: OPTIONS, operands: 1 } as const

export async function runValidate(argv: readonly string[], io: Io, loadCompiler: LoadCompiler): Promise<Status> {
  const { flags, operands } = readArguments(argv, VALIDATE)
  const config = await readConfig(operands[0], io)
  const compiler = await loadCompiler()
  const { diagnostics, hasErrors } = compiler.compile(config, compiler.createProject(config.folder), { outputFolder: '.', variant: flags.variant, everyVariant: flags.variant === undefined })
  requireVariant(diagnostics)
  await showDiagnostics(diagnostics, flags, io.stdout, io)
  if (diagnostics.length === 0 && !flags.quiet) io.stderr.write(`${config.name}: no problems found\n`)
  return hasErrors ? STATUS.wrong : STATUS.done
}
