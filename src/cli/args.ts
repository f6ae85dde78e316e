/** Reads the words after a command by the command's table of options, and refuses what the table does not have. */
import { parseArgs } from 'node:util'
import { suggest } from '../diagnostics/suggest.ts'
import { UsageError } from './exit.ts'

export interface Option {
  readonly type: 'boolean' | 'string'
  readonly short?: string
  /** The words that it takes; without them, any text but an empty one. */
  readonly choices?: readonly string[]
}

export type OptionTable = Readonly<Record<string, Option>>

type Value<O extends Option> = O extends { readonly type: 'boolean' } ? true : O extends { readonly choices: readonly (infer Choice)[] } ? Choice : string

/** The options that were given; the last one wins where one is given twice. */
export type Flags<Options extends OptionTable> = { readonly [Name in keyof Options]?: Value<Options[Name]> }

export interface Command<Options extends OptionTable> {
  readonly name: string
  readonly options: Options
  /** How many words besides options it takes at most. */
  readonly operands: number
}

interface OptionToken {
  readonly name: string
  readonly rawName: string
  readonly value?: string | undefined
  readonly inlineValue?: boolean | undefined
}

/** Reads `argv`, the words after the command's name. Throws a UsageError at the first word that does not fit. */
export function readArguments<Options extends OptionTable>(
  argv: readonly string[],
  command: Command<Options>,
): { readonly flags: Flags<Options>; readonly operands: readonly string[] } {
  // Not strict, since the errors of parseArgs suggest nothing and name no command.
  const { tokens } = parseArgs({ args: [...argv], options: command.options, strict: false, allowPositionals: true, tokens: true })
  const flags: Record<string, string | true> = {}
  const operands: string[] = []
  for (const token of tokens) {
    if (token.kind === 'option') flags[token.name] = readOption(token, command)
    if (token.kind === 'positional') operands.push(token.value)
  }
  const extra = operands[command.operands]
  if (extra !== undefined) throw new UsageError(`${quote(extra)} is one word too many for mlstack ${command.name}`, seeHelp(command.name))
  return { flags: flags as Flags<Options>, operands }
}

/** Where to read more about a command. */
export function seeHelp(command: string): string {
  return `see mlstack ${command} --help`
}

/** A word of the user's for a message: in quotes that show where it ends and what in it cannot be seen. */
export function quote(word: string): string {
  return JSON.stringify(word)
}

function readOption(token: OptionToken, { name: command, options }: Command<OptionTable>): string | true {
  const option = Object.hasOwn(options, token.name) ? options[token.name] : undefined
  if (option === undefined) throw unknownOption(token, command, Object.keys(options))
  if (option.type === 'boolean') {
    if (token.inlineValue === true) throw new UsageError(`${token.rawName} takes no value`, seeHelp(command))
    return true
  }
  return readValue(token, option, command)
}

function readValue(token: OptionToken, { choices }: Option, command: string): string {
  const value = valueOf(token)
  if (choices !== undefined) {
    if (value !== undefined && choices.includes(value)) return value
    throw new UsageError(value === undefined ? `${token.rawName} needs a value` : `${token.rawName} cannot be ${quote(value)}`, helpChoosing(value, choices))
  }
  if (value === undefined || value === '') throw new UsageError(`${token.rawName} needs a value`, seeHelp(command))
  return value
}

/** A word that looks like an option is no value unless `=` ties it to its option: most likely the value was forgotten. */
function valueOf({ rawName, value, inlineValue }: OptionToken): string | undefined {
  if (inlineValue !== true) return value !== undefined && /^-./.test(value) ? undefined : value
  return rawName.startsWith('--') ? value : value?.replace(/^=/, '')
}

function helpChoosing(value: string | undefined, choices: readonly string[]): string {
  const nearest = value === undefined ? undefined : suggest(value, choices)
  return nearest === undefined ? `choose from ${choices.join(', ')}` : `did you mean ${nearest}?`
}

function unknownOption({ name, rawName }: OptionToken, command: string, known: readonly string[]): UsageError {
  const nearest = suggest(name, [...known, 'help'])
  return new UsageError(`unknown option ${rawName}`, nearest === undefined ? seeHelp(command) : `did you mean --${nearest}?`)
}
