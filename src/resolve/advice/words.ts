/** The programs that a command runs, with their words and the place of each, also in a line for a shell. */
import type { Command } from '../../config/command.ts'
import type { Located } from '../../config/located.ts'
import { UNKNOWN } from '../../config/read.ts'
import { literalOf } from '../../config/template.ts'
import type { Span } from '../../diagnostics/diagnostic.ts'

/** One program; a word that holds a reference is `UNKNOWN`. */
export interface Invocation {
  /** Without its folder; the module's name for `python -m module`. */
  readonly program: string
  readonly span: Span
  /** What follows the program. */
  readonly words: readonly Located<string>[]
}

/** Blanks and joined lines, a comment, an operator, or a word with its quotes. */
const TOKEN = /(?:[ \t\r]|\\\r?\n)+|#[^\n]*|(&&|\|\||[;|&\n()])|((?:"(?:[^"\\]|\\[^])*"|'[^']*'|\\[^]|[^\s"'\\|&;()])+)|./g
const ASSIGNMENT = /^[A-Za-z_][A-Za-z0-9_]*=/
/** Programs that only start another one. */
const STARTERS: ReadonlySet<string> = new Set(['command', 'env', 'exec', 'nohup', 'time'])

export function invocationsOf(command: Command): readonly Invocation[] {
  const commands = command.kind === 'words' ? [command.words.map(({ value, span }) => ({ value: literalOf(value) ?? UNKNOWN, span }))] : splitScript(command.span)
  return commands.flatMap((words) => invocationOf(words) ?? [])
}

function invocationOf(words: readonly Located<string>[]): Invocation | undefined {
  const at = words.findIndex(({ value }) => !ASSIGNMENT.test(value) && !STARTERS.has(value))
  const first = words[at]
  if (first === undefined) return undefined
  const program = first.value.slice(first.value.lastIndexOf('/') + 1)
  const rest = words.slice(at + 1)
  const [flag, module] = rest
  const isModule = /^python3?$/.test(program) && flag?.value === '-m' && module !== undefined
  return isModule ? { program: module.value, span: module.span, words: rest.slice(2) } : { program, span: first.span, words: rest }
}

/** As a shell splits it, as far as that is certain without running it; a here-document could hold anything. */
function splitScript({ source, start, end }: Span): readonly (readonly Located<string>[])[] {
  const text = source.text.slice(start, end)
  if (text.includes('<<')) return []
  const [quote] = /^["'](?=[^]*["']$)/.exec(text) ?? []
  const shift = quote === undefined ? 0 : 1
  const commands: Located<string>[][] = [[]]
  for (const match of text.slice(shift, text.length - shift).matchAll(TOKEN)) {
    const [whole, operator, word] = match
    const from = start + shift + match.index
    if (operator !== undefined) commands.push([])
    if (word !== undefined) commands.at(-1)?.push({ value: readWord(word), span: { source, start: from, end: from + whole.length } })
  }
  return commands
}

function readWord(word: string): string {
  return /[$`]/.test(word) ? UNKNOWN : word.replace(/\\([^])/g, '$1').replace(/["']/g, '')
}

/** The value of an option, as `--name value` or `--name=value`; a flag's is empty. Undefined where the option is not there. */
export function findOption({ words }: Pick<Invocation, 'words'>, names: readonly string[]): Located<string> | undefined {
  for (const [index, { value, span }] of words.entries()) {
    const equals = value.indexOf('=')
    if (names.includes(value)) return words[index + 1] ?? { value: '', span }
    if (equals === -1 || !names.includes(value.slice(0, equals))) continue
    const given = value.slice(equals + 1)
    const isAsWritten = span.source.text.slice(span.end - given.length, span.end) === given
    return { value: given, span: isAsWritten ? { ...span, start: span.end - given.length } : span }
  }
  return undefined
}

/** The word itself, for an option that takes no value. */
export function findWord({ words }: Pick<Invocation, 'words'>, names: readonly string[]): Located<string> | undefined {
  return words.find(({ value }) => names.includes(value))
}
