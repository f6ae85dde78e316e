/** `mlstack doctor`: what on this machine would stop the stack, and what an error in a log means. */
import { renderJson, renderText } from '../../doctor/report.ts'
import { examine } from '../../doctor/examine.ts'
import { readVariables } from '../../doctor/probe/host.ts'
import { probeMachine } from '../../doctor/probe/probe-machine.ts'
import { needsOf } from '../../plan/needs.ts'
import type { Stack } from '../../plan/stack.ts'
import { readArguments, type OptionTable } from '../args.ts'
import type { LoadCompiler } from '../compiler.ts'
import { STATUS, type Status } from '../exit.ts'
import { isConfigNear, readConfig } from '../find-config.ts'
import type { Io } from '../io.ts'
import { COLOR_CHOICES, wantsColor } from '../terminal.ts'
import { requireVariant, VARIANT_OPTION } from '../variant.ts'
import { explainLog } from './explain-log.ts'

const OPTIONS = {
  ...VARIANT_OPTION,
  explain: { type: 'boolean' },
  format: { type: 'string', choices: ['text', 'json'] },
  color: { type: 'string', choices: COLOR_CHOICES },
} as const satisfies OptionTable

export const DOCTOR = { name: 'doctor', options: OPTIONS, operands: 1 } as const

export async function runDoctor(argv: readonly string[], io: Io, loadCompiler: LoadCompiler): Promise<Status> {
  const { flags, operands } = readArguments(argv, DOCTOR)
  const settings = { isJson: flags.format === 'json', color: wantsColor(flags.color ?? 'auto', io.stdout, io.env) }
  if (flags.explain) return explainLog(operands[0], settings, io)
  const { config, folder, stack } = await findStack(operands[0], flags.variant, { io, loadCompiler })
  const variables = readVariables(folder, io.env)
  const needs = stack && needsOf(stack, (name) => variables[name])
  const machine = await probeMachine({ folder, env: io.env, variables, needs, composeFile: stack?.composeFile })
  const examination = examine(machine, needs)
  io.stdout.write(settings.isJson ? renderJson(examination, config) : renderText(examination, settings))
  return examination.summary.failed > 0 ? STATUS.wrong : STATUS.done
}

interface Found {
  /** The config that the stack is of; null where there is none, or a wrong one. */
  readonly config: string | null
  readonly folder: string
  readonly stack: Stack | undefined
}

/** Without a sound config, the machine alone is looked at, and that is said. */
async function findStack(file: string | undefined, variant: string | undefined, { io, loadCompiler }: { readonly io: Io; readonly loadCompiler: LoadCompiler }): Promise<Found> {
  if (file === undefined && !isConfigNear(io.cwd)) {
    io.stderr.write('there is no mlstack.yaml here or in a folder above: only the machine is looked at\n')
    return { config: null, folder: io.cwd, stack: undefined }
  }
  const config = await readConfig(file, io)
  const compiler = await loadCompiler()
  const { stack, diagnostics } = compiler.compile(config, compiler.createProject(config.folder), { outputFolder: '.', variant })
  requireVariant(diagnostics)
  if (stack === undefined) io.stderr.write(`${config.name} has errors, which mlstack validate shows: only the machine is looked at\n`)
  return { config: stack === undefined ? null : config.name, folder: config.folder, stack }
}
