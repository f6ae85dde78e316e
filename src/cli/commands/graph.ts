/** `mlstack graph`: prints a picture of the stack. */
import { drawStack } from '../../graph/draw.ts'
import { readArguments, type OptionTable } from '../args.ts'
import type { LoadCompiler } from '../compiler.ts'
import { STATUS, type Status } from '../exit.ts'
import { readConfig } from '../find-config.ts'
import type { Io } from '../io.ts'
import { showDiagnostics } from '../show.ts'
import { COLOR_CHOICES } from '../terminal.ts'
import { requireVariant, VARIANT_OPTION } from '../variant.ts'

const OPTIONS = {
  format: { type: 'string', choices: ['svg', 'mermaid'] },
  ...VARIANT_OPTION,
  quiet: { type: 'boolean', short: 'q' },
  color: { type: 'string', choices: COLOR_CHOICES },
} as const satisfies OptionTable

export const GRAPH = { name: 'graph', options: OPTIONS, operands: 1 } as const

export async function runGraph(argv: readonly string[], io: Io, loadCompiler: LoadCompiler): Promise<Status> {
  const { flags: { format = 'svg', variant, ...showing }, operands } = readArguments(argv, GRAPH)
  const config = await readConfig(operands[0], io)
  const compiler = await loadCompiler()
  const { diagnostics, stack } = compiler.compile(config, compiler.createProject(config.folder), { outputFolder: '.', variant })
  requireVariant(diagnostics)
  await showDiagnostics(diagnostics, showing, io.stderr, io)
  if (stack === undefined) return STATUS.wrong
  io.stdout.write(drawStack(stack, format))
  return STATUS.done
}
