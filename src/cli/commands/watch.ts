/** `mlstack watch`: a session from the first compile to Ctrl-C. */
import { join } from 'node:path'
import { COMPOSE_FILE } from '../../plan/own-files.ts'
import { readKeys, type Command } from '../../watch/screen/keys.ts'
import { createLineScreen } from '../../watch/screen/line-screen.ts'
import type { Screen } from '../../watch/screen/screen.ts'
import { createTerminalScreen, type TerminalScreen } from '../../watch/screen/terminal-screen.ts'
import { startSession, type Session } from '../../watch/session.ts'
import { readArguments, type Flags, type OptionTable } from '../args.ts'
import type { LoadCompiler } from '../compiler.ts'
import { STATUS, UsageError, type Status } from '../exit.ts'
import { readConfig } from '../find-config.ts'
import type { Io, Terminal } from '../io.ts'
import { readOwner } from '../../doctor/probe/owner.ts'
import { locateOutput } from '../output-folder.ts'
import { COLOR_CHOICES, wantsColor } from '../terminal.ts'
import { requireVariant, VARIANT_OPTION } from '../variant.ts'

const OPTIONS = {
  ...VARIANT_OPTION,
  output: { type: 'string', short: 'o' },
  'no-up': { type: 'boolean' },
  down: { type: 'boolean' },
  poll: { type: 'boolean' },
  format: { type: 'string', choices: ['text', 'json'] },
  color: { type: 'string', choices: COLOR_CHOICES },
} as const satisfies OptionTable

export const WATCH = { name: 'watch', options: OPTIONS, operands: 1 } as const

type WatchFlags = Flags<typeof OPTIONS>

export async function runWatch(argv: readonly string[], io: Io, loadCompiler: LoadCompiler): Promise<Status> {
  const { flags, operands } = readArguments(argv, WATCH)
  if (flags['no-up'] && flags.down) throw new UsageError('--no-up and --down do not go together', 'leave one of them out')
  const config = await readConfig(operands[0], io)
  if (config.path === undefined) throw new UsageError('standard input cannot be watched', 'name a file, or leave it out to have mlstack.yaml found')
  const output = locateOutput(flags.output, config, io.cwd)
  const compiler = await loadCompiler()
  // A word of the command line is told as such, and not as something to mend in the config.
  if (flags.variant !== undefined) requireVariant(compiler.compile(config, compiler.createProject(config.folder), { outputFolder: output.fromConfig, variant: flags.variant }).diagnostics)
  const screen = openScreen(flags, io)
  let session: Session | undefined
  const stopped = listen(io.terminal, screen, () => session)
  try {
    session = await startSession({
      ...compiler,
      config: { name: config.name, path: config.path, folder: config.folder },
      output,
      variant: flags.variant,
      isUpWanted: flags['no-up'] !== true,
      isPolling: flags.poll === true,
      env: io.env,
      owner: (given) => readOwner(output.absolute, io.env, given),
      show: screen.show,
    })
    await Promise.race([stopped, session.failure])
    // From here on Ctrl-C ends the program as it ends any other.
    io.terminal.close()
    await session.stop({ isDown: flags.down === true })
    screen.show({ kind: 'stopped', isStackUp: flags['no-up'] !== true && flags.down !== true, howToStop: howToStop(output.shown, session.composeFile()) })
  } finally {
    io.terminal.close()
    screen.close()
  }
  return STATUS.done
}

/** Answers keys, and resolves when the person wants to stop; both may come before the session has begun. */
function listen(terminal: Terminal, screen: Screen | TerminalScreen, session: () => Session | undefined): Promise<void> {
  const answers: Readonly<Record<Exclude<Command, 'quit'>, () => void>> = {
    rebuild: () => session()?.rebuild(),
    retrain: () => session()?.retrain(),
    logs: () => 'toggleLogs' in screen && screen.toggleLogs(),
  }
  return new Promise((stop) => {
    terminal.onStop(stop)
    terminal.onResize(() => 'resize' in screen && screen.resize())
    terminal.onKeys((bytes) => {
      for (const command of readKeys(bytes)) command === 'quit' ? stop() : answers[command]()
    })
  })
}

function openScreen(flags: WatchFlags, { stdout, env, terminal }: Io): Screen | TerminalScreen {
  const color = wantsColor(flags.color ?? 'auto', stdout, env)
  const format = flags.format ?? 'text'
  if (format === 'json' || stdout.isTTY !== true || env['TERM'] === 'dumb') return createLineScreen({ output: stdout, format, color, now: Date.now })
  return createTerminalScreen({ output: stdout, color, isUnicode: isUnicode(env), now: Date.now, schedule, columns: terminal.columns, rows: terminal.rows })
}

/** The first of these that is set decides, as everywhere. */
function isUnicode(env: Io['env']): boolean {
  return /utf-?8/i.test(env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || '')
}

function schedule(callback: () => void, milliseconds: number): () => void {
  const timer = setTimeout(callback, milliseconds).unref()
  return () => clearTimeout(timer)
}

function howToStop(folder: string, composeFile: string): string {
  return folder === '.' && composeFile === COMPOSE_FILE ? 'docker compose down' : `docker compose -f ${join(folder, composeFile)} down`
}
