/** `mlstack explain`: why the stack is as it is, or more about a key, a service or a code. */
import { formatJson } from '../../diagnostics/json.ts'
import { answerImages, answerStack, answerWord, isAboutImages, needsNoConfig, type Answer } from '../../explain/answer.ts'
import { lookAt, type ConfigAtHand } from '../../explain/at-hand.ts'
import { createNodeProject } from '../../project/node-project.ts'
import { readArguments, type OptionTable } from '../args.ts'
import { STATUS, UsageError, type Status } from '../exit.ts'
import { readConfig } from '../find-config.ts'
import type { Io } from '../io.ts'
import { showDiagnostics } from '../show.ts'
import { COLOR_CHOICES, wantsColor } from '../terminal.ts'
import { requireVariant, VARIANT_OPTION } from '../variant.ts'
import { readSchema } from './schema.ts'

const OPTIONS = {
  ...VARIANT_OPTION,
  format: { type: 'string', choices: ['text', 'json'] },
  color: { type: 'string', choices: COLOR_CHOICES },
} as const satisfies OptionTable

export const EXPLAIN = { name: 'explain', options: OPTIONS, operands: 2 } as const

const LEAST_COLUMNS = 72
const MOST_COLUMNS = 100

export async function runExplain(argv: readonly string[], io: Io): Promise<Status> {
  const { flags, operands } = readArguments(argv, EXPLAIN)
  const { word, file } = splitOperands(operands)
  const isOfStack = word === undefined || isAboutImages(word)
  const config = await findConfig(word, file, { variant: flags.variant, isNeeded: isOfStack || flags.variant !== undefined }, io)
  if (isOfStack && config?.hasErrors) {
    await showDiagnostics(config.diagnostics, flags, io.stderr, io)
    return STATUS.wrong
  }
  if (config?.hasErrors) io.stderr.write('the config has errors, which mlstack validate shows: nothing was decided of it\n')
  const { view, text } = findAnswer(word, config, io)
  const width = Math.min(MOST_COLUMNS, Math.max(LEAST_COLUMNS, io.terminal.columns()))
  io.stdout.write(flags.format === 'json' ? `${formatJson(view)}\n` : text({ width, color: wantsColor(flags.color ?? 'auto', io.stdout, io.env) }))
  return STATUS.done
}

/** The name of a YAML file, or `-`, is no word to explain. */
function splitOperands([first, second]: readonly string[]): { readonly word: string | undefined; readonly file: string | undefined } {
  const isFile = first !== undefined && second === undefined && /^-$|\.ya?ml$/.test(first)
  return isFile ? { word: undefined, file: first } : { word: first, file: second }
}

/** Undefined where there is none, and a word can be explained without it. */
async function findConfig(word: string | undefined, file: string | undefined, { variant, isNeeded }: { readonly variant: string | undefined; readonly isNeeded: boolean }, io: Io): Promise<ConfigAtHand | undefined> {
  if (word !== undefined && needsNoConfig(word)) return undefined
  try {
    const config = await readConfig(file, io)
    const found = lookAt(config, createNodeProject(config.folder), variant)
    requireVariant(found.diagnostics)
    return found
  } catch (error) {
    if (isNeeded || file !== undefined || !(error instanceof UsageError)) throw error
    return undefined
  }
}

function findAnswer(word: string | undefined, config: ConfigAtHand | undefined, io: Io): Answer {
  if (word === undefined && config !== undefined) return answerStack(config)
  if (word !== undefined && isAboutImages(word) && config !== undefined) return answerImages(config)
  const answer = answerWord(word ?? '', config, JSON.parse(readSchema(io)) as Readonly<Record<string, unknown>>)
  if ('view' in answer) return answer
  throw new UsageError(answer.message, answer.help)
}
