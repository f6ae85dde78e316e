/** What a key takes, in words made of its schema: the same on the page of the language and on a terminal. */
import { stringify } from 'yaml'
import { choicesOf, type Schema } from '../schema/keys.ts'

/** The short forms first; `mark` gives what is to stand behind a choice, such as ` (refused)`. */
export function takesOf(schema: Schema, mark: (choice: unknown) => string): string {
  const types = ([] as readonly unknown[]).concat(schema['type'] ?? []).map(String)
  const choices = choicesOf(schema).map((choice) => `${code(choice)}${mark(choice)}`)
  if (types.length < 2 && choices.length > 0) return alternatives(choices)
  // What is expected of a text says it all: a number beside it is the same thing without quotes.
  const isFormatted = types.includes('string') && schema['x-expects'] !== undefined
  const distinct = types.filter((type) => !isFormatted || ['string', 'array', 'object'].includes(type))
  return alternatives(distinct.flatMap((type) => wordsOf(type, schema, choices)))
}

function wordsOf(type: string, schema: Schema, choices: readonly string[]): readonly string[] {
  if (type === 'string') return choices.length > 0 ? choices : [expectationOf(schema)]
  if (type === 'integer') return [`a whole number${rangeOf(schema)}`]
  if (type === 'boolean') return ['`true`', '`false`']
  if (type === 'object') return [schema['propertyNames'] === undefined ? 'a mapping' : 'a mapping of names of yours']
  return [{ number: 'a number', array: 'a list', null: 'nothing' }[type] ?? type]
}

function expectationOf({ 'x-expects': expected = 'a text' }: Schema): string {
  return /^(lower-case )?letters/.test(String(expected)) ? `a text of ${String(expected)}` : String(expected)
}

function rangeOf({ minimum, maximum }: Schema): string {
  return `${minimum === undefined ? '' : ` from ${String(minimum)}`}${maximum === undefined ? '' : ` to ${String(maximum)}`}`
}

function alternatives(words: readonly string[]): string {
  const separator = words.some((word) => word.includes(',')) ? '; ' : ', '
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(separator)} or ${words.at(-1) ?? ''}`
}

export function code(value: unknown): string {
  return codeText(inline(value))
}

export function codeText(text: string): string {
  return `\`${text}\``
}

/** A value as one would write it on one line of YAML. */
export function inline(value: unknown): string {
  return stringify(value, { collectionStyle: 'flow', lineWidth: 0, flowCollectionPadding: false }).trim()
}
