/** A string in which a dollar may begin a reference: literal pieces and references, told apart once and for all. */

export interface Reference {
  /** The variable's name. */
  readonly name: string
  /** What follows the name in braces: an operator and its argument, such as `:-` and `8080`. */
  readonly operator: Operator | undefined
  readonly argument: Template
  /** The reference as written, from the dollar on. */
  readonly text: string
}

export type Operator = ':-' | '-' | ':+' | '+' | ':?' | '?'

export type Piece = string | Reference

/** Literal pieces have `$$` already read as `$`; they are never empty, and no two are neighbours. Empty for an empty string. */
export type Template = readonly Piece[]

export interface TemplateError {
  readonly error: 'unclosed' | 'bad-name' | 'bad-operator' | 'too-deep'
  /** The offset of the dollar that begins the bad reference. */
  readonly at: number
}

/** What a name stands for, as text or as a template; undefined for a name that stays a reference. */
export type Lookup = (name: string) => string | Template | undefined

/** References in the argument of a reference; nobody writes more, and the parser's stack must not depend on the text. */
const DEEPEST = 32

// Compose's grammar: names are ASCII, and any other dollar is a literal one.
const DOLLAR = /\$(?:\$|([A-Za-z_][A-Za-z0-9_]*)|(\{))?/g
const NAME = /[A-Za-z_][A-Za-z0-9_]*/y
const OPERATOR = /:?[-+?]/y

/** Reads `$$`, `$NAME`, `${NAME}` and `${NAME:-default}` with Compose's operators; the argument may hold references too. */
export function parseTemplate(text: string, depth = 0): Template | TemplateError {
  const pieces: Piece[] = []
  let end = 0
  for (const match of text.matchAll(DOLLAR)) {
    if (match.index < end) continue
    const [whole, name, brace] = match
    const reference = brace === undefined ? undefined : parseBraced(text, match.index, depth)
    if (reference !== undefined && 'error' in reference) return reference
    pieces.push(text.slice(end, match.index), reference ?? (name === undefined ? '$' : plainReference(name)))
    end = match.index + (reference?.text ?? whole).length
  }
  return join([...pieces, text.slice(end)])
}

function plainReference(name: string): Reference {
  return { name, operator: undefined, argument: [], text: `$${name}` }
}

function parseBraced(text: string, at: number, depth: number): Reference | TemplateError {
  const close = closingBrace(text, at)
  if (close === undefined) return { error: 'unclosed', at }
  if (depth === DEEPEST) return { error: 'too-deep', at }
  const name = matchAt(NAME, text, at + 2)
  if (name === undefined) return { error: 'bad-name', at }
  const afterName = at + 2 + name.length
  if (afterName === close) return { name, operator: undefined, argument: [], text: text.slice(at, close + 1) }
  const operator = matchAt(OPERATOR, text, afterName) as Operator | undefined
  if (operator === undefined) return { error: 'bad-operator', at }
  const start = afterName + operator.length
  const argument = parseTemplate(text.slice(start, close), depth + 1)
  if ('error' in argument) return { error: argument.error, at: start + argument.at }
  return { name, operator, argument, text: text.slice(at, close + 1) }
}

/** As Compose finds it: every `${` opens, also one in `$${`, and a brace alone does not. */
function closingBrace(text: string, at: number): number | undefined {
  let open = 0
  for (let index = at; index < text.length; index += 1) {
    if (text[index] === '}' && --open === 0) return index
    if (text.startsWith('${', index)) {
      open += 1
      index += 1
    }
  }
  return undefined
}

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0]
}

/** Makes the pieces a template: neighbouring literals become one, empty ones go. */
function join(pieces: readonly Piece[]): Template {
  const joined: Piece[] = []
  for (const piece of pieces) {
    const last = joined.at(-1)
    if (typeof piece === 'string' && typeof last === 'string') joined[joined.length - 1] = last + piece
    else if (piece !== '') joined.push(piece)
  }
  return joined
}

/** A template that is this text and nothing else, dollars and all. */
export function literal(text: string): Template {
  return join([text])
}

/** The text of a template without references; undefined where there is one. */
export function literalOf(template: Template): string | undefined {
  const [first = '', ...others] = template
  return typeof first === 'string' && others.length === 0 ? first : undefined
}

/** The text of a template for people: references as they were written. */
export function textWithReferences(template: Template): string {
  return template.map((piece) => (typeof piece === 'string' ? piece : piece.text)).join('')
}

/** The text that Compose reads as this template: literal dollars doubled, references as they were written. */
export function textForCompose(template: Template): string {
  return template.map((piece) => (typeof piece === 'string' ? piece.replaceAll('$', '$$$$') : piece.text)).join('')
}

/** The text of a reference in whose argument a brace was put that Compose would take for its end, as it has no escape for one. */
export function findUnwritable(template: Template): string | undefined {
  const isWritable = (piece: Piece) => typeof piece === 'string' || piece.operator === undefined || closingBrace(piece.text, 0) === piece.text.length - 1
  const piece = template.find((each) => !isWritable(each))
  return typeof piece === 'object' ? piece.text : undefined
}

/** The text that a template has where no variable is set; `unknown` stands for a reference that has no default. */
export function textAtDefaults(template: Template, unknown: string): string {
  return template.map((piece) => (typeof piece === 'string' ? piece : defaultOf(piece, unknown))).join('')
}

function defaultOf({ operator, argument }: Reference, unknown: string): string {
  if (operator === ':-' || operator === '-') return textAtDefaults(argument, unknown)
  return operator === ':+' || operator === '+' ? '' : unknown
}

/** The names of all references, also of those in arguments, in their order and each once. */
export function referencesOf(template: Template): readonly string[] {
  const names = template.flatMap((piece) => (typeof piece === 'string' ? [] : [piece.name, ...referencesOf(piece.argument)]))
  return [...new Set(names)]
}

/**
 * Replaces the references that the lookup knows, with Compose's meaning of their operators: a known name counts as set.
 * What the lookup gives is not looked into again. A known but empty name that `:?` requires stays, so that Compose refuses it.
 */
export function substitute(template: Template, lookup: Lookup): Template {
  return join(template.flatMap((piece) => (typeof piece === 'string' ? [piece] : substituteReference(piece, lookup))))
}

function substituteReference(reference: Reference, lookup: Lookup): Template {
  const found = lookup(reference.name)
  const argument = substitute(reference.argument, lookup)
  if (found === undefined) return [withArgument(reference, argument)]
  const value = typeof found === 'string' ? literal(found) : found
  const { operator } = reference
  if (operator === undefined || operator === '-' || operator === '?') return value
  if (operator === '+') return argument
  if (isNeverEmpty(value)) return operator === ':+' ? argument : value
  if (value.length === 0) return operator === ':-' ? argument : operator === ':+' ? [] : [withArgument(reference, argument)]
  // Only Compose knows whether the value is empty: where that is one variable alone, it can be asked.
  const [only] = value
  const isAskable = value.length === 1 && typeof only === 'object' && only.operator === undefined
  return isAskable ? [withArgument({ ...only, operator }, argument)] : operator === ':+' ? argument : value
}

export function withArgument(reference: Reference, argument: Template): Reference {
  const { name, operator } = reference
  if (operator === undefined || argument === reference.argument) return reference
  return { name, operator, argument, text: `\${${name}${operator}${textForCompose(argument)}}` }
}

function isNeverEmpty(template: Template): boolean {
  return template.some((piece) => typeof piece === 'string' || piece.operator === ':?' || (piece.operator === ':-' && isNeverEmpty(piece.argument)))
}
