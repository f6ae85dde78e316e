/** A command as the user wrote it: a list of words, or a line for a shell. */
import * as shape from '../diagnostics/catalogue/shape.ts'
import type { Span } from '../diagnostics/diagnostic.ts'
import type { Sink } from '../diagnostics/sink.ts'
import type { ListTree, ScalarTree, Tree } from '../syntax/tree.ts'
import type { Located } from './located.ts'
import { readTemplate, spanWithin, textOf } from './read.ts'
import { literal, referencesOf, type Template } from './template.ts'

/** `words`: run as they are, references in them become values. `shell`: run by `bash -euo pipefail -c`, which reads the container's own references. */
export type Command =
  | { readonly kind: 'words'; readonly words: readonly Located<Template>[]; readonly span: Span }
  | { readonly kind: 'shell'; readonly script: Located<Template>; readonly span: Span }

const EXAMPLE = 'write, for example: python train.py'

/** Outside of quotes, these make a string a line for a shell. */
const SHELL_CHARACTERS = '|&;<>()$\\*?~#`'
/** In double quotes, only these mean something to a shell. */
const SHELL_CHARACTERS_IN_QUOTES = '$\\`'
const BLANK = /[ \t\n]/
const LEADING_ASSIGNMENT = /^\s*[A-Za-z_][A-Za-z0-9_]*\+?=/

/** With these, a quote that stays open may be right (a comment, a here-document, an escape): bash decides. */
const MAY_HOLD_A_LONE_QUOTE = /[\n#<\\$`]/

const SHELL_WORD = String.raw`(?:[^\s'"\\|&;<>()]|\\[^]|'[^']*'|"(?:[^"\\]|\\[^])*")+`
/** Leading assignments, then the first word. */
const FIRST_WORD = new RegExp(String.raw`^(\s*(?:[A-Za-z_][A-Za-z0-9_]*\+?=(?:${SHELL_WORD})?[ \t]+)*)(?!\s|[A-Za-z_][A-Za-z0-9_]*\+?=)(${SHELL_WORD})`)

/** Reads a command; undefined where there is none, and where it is wrong, which is reported. A Python file gets `python` before it. */
export function parseCommand(tree: Tree, sink: Sink): Command | undefined {
  if (tree.kind === 'list') return parseList(tree, sink)
  if (tree.kind !== 'scalar' || tree.value === null || typeof tree.value === 'boolean') return undefined
  const text = textOf(tree)
  if (text.trim() === '') return refuse(tree.span, 'the command is empty', sink)
  const { words, needsShell, isUnclosed } = split(text)
  if (isUnclosed && !MAY_HOLD_A_LONE_QUOTE.test(text)) return refuse(tree.span, 'a quote in the command is not closed', sink, 'close the quote, or write the command as a list of words')
  const whole = readTemplate(tree, sink)
  if (whole === undefined) return undefined
  // A reference in single quotes goes to the shell too: there it is Compose's or, escaped, the text that the quotes promise.
  if (needsShell || referencesOf(whole.value).length > 0) return parseScript(tree, text, sink)
  return wordsCommand(words.map(({ value, from, to }) => ({ value: literal(value), span: spanWithin(tree, from, to) })), tree, sink)
}

function refuse(span: Span, problem: string, sink: Sink, help = EXAMPLE): undefined {
  sink.report(shape.badCommand({ problem, help }, { at: span }))
}

function parseList(tree: ListTree, sink: Sink): Command | undefined {
  if (tree.items.length === 0) return refuse(tree.span, 'the command is empty', sink)
  const words = tree.items.flatMap((item) => readTemplate(item, sink) ?? [])
  return words.length === tree.items.length ? wordsCommand(words, tree, sink) : undefined
}

function wordsCommand(words: readonly Located<Template>[], tree: Tree, sink: Sink): Command | undefined {
  const [first] = words
  if (first === undefined || first.value.length === 0) return refuse(first?.span ?? tree.span, 'the first word of the command is empty', sink)
  const ending = first.value.at(-1)
  const isPythonFile = typeof ending === 'string' && ending.endsWith('.py')
  return { kind: 'words', words: isPythonFile ? [{ value: literal('python'), span: first.span }, ...words] : words, span: tree.span }
}

function parseScript(tree: ScalarTree, text: string, sink: Sink): Command | undefined {
  const [, before = '', word = ''] = FIRST_WORD.exec(text) ?? []
  const isPythonFile = word.replace(/['"]/g, '').endsWith('.py')
  const script = isPythonFile ? `${text.slice(0, before.length)}python ${text.slice(before.length)}` : text
  const template = readTemplate({ ...tree, value: script, text: script }, sink)
  return template && { kind: 'shell', script: template, span: tree.span }
}

interface Word {
  readonly value: string
  readonly from: number
  readonly to: number
}

/** Splits as a POSIX shell does where quotes are all there is, and says whether there is more. */
function split(text: string): { words: readonly Word[]; needsShell: boolean; isUnclosed: boolean } {
  const words: Word[] = []
  let needsShell = text.includes('\n') || LEADING_ASSIGNMENT.test(text)
  let quote: string | undefined
  let word: { value: string; from: number } | undefined
  const endWord = (to: number) => {
    if (word !== undefined) words.push({ ...word, to })
    word = undefined
  }
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at)
    if (quote === undefined && BLANK.test(character)) {
      endWord(at)
      continue
    }
    word ??= { value: '', from: at }
    if (character === quote) quote = undefined
    else if (quote === undefined && (character === "'" || character === '"')) quote = character
    else word.value += character
    if (text.startsWith('$$', at)) at += 1 // One dollar, in single quotes too.
    if (quote !== "'" && (quote === '"' ? SHELL_CHARACTERS_IN_QUOTES : SHELL_CHARACTERS).includes(character)) needsShell = true
  }
  endWord(text.length)
  return { words, needsShell, isUnclosed: quote !== undefined }
}
