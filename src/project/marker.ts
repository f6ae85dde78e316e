/** Environment markers (PEP 508): what is left of them once some of the environment is known. */
import { satisfies, valid } from '@renovatebot/pep440'

/** What is known of an environment. A variable that is not in it may have any value. */
export interface KnownEnvironment {
  readonly variables: Readonly<Record<string, string>>
  /** `X.Y`; undefined where every Python is possible. */
  readonly python: string | undefined
}

/** `true` and `false` where it is decided, else the text that still decides. */
export type MarkerValue = boolean | string

type Word = { readonly kind: 'variable' | 'literal' | 'operator'; readonly text: string }

const TOKEN = /\s*(?:([()])|'([^']*)'|"([^"]*)"|(===|[<>=!~]=|[<>])|(not\s+in\b|in\b)|(and\b|or\b)|([A-Za-z_][\w.]*))/y

/** Reversed: `'3.9' <= python_version` says the same as `python_version >= '3.9'`. */
const MIRRORED: Readonly<Record<string, string>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=', '==': '==', '!=': '!=' }

/** No marker that a person or a resolver writes has as many words. */
const WORD_LIMIT = 1000

/** A marker that cannot be read stays as it is: pip says what is wrong with it. */
export function simplifyMarker(marker: string, known: KnownEnvironment): MarkerValue {
  if (marker.trim() === '') return true
  const tokens = tokenize(marker)
  if (tokens === undefined) return marker.trim()
  const reader = { tokens, at: 0, known }
  const value = readOr(reader)
  return value === undefined || reader.at < tokens.length ? marker.trim() : value
}

/** Both hold. */
export function bothMarkers(one: MarkerValue, other: MarkerValue): MarkerValue {
  if (one === false || other === false) return false
  if (one === true) return other
  if (other === true || one === other) return one
  return `${inBrackets(one)} and ${inBrackets(other)}`
}

/** At least one holds. */
export function eitherMarker(one: MarkerValue, other: MarkerValue): MarkerValue {
  if (one === true || other === true) return true
  if (one === false) return other
  return other === false || one.split(' or ').includes(other) ? one : `${one} or ${other}`
}

function inBrackets(marker: string): string {
  return / or /.test(marker) && !/^\([^()]*\)$/.test(marker) ? `(${marker})` : marker
}

type Token = Word | { readonly kind: 'bracket' | 'join'; readonly text: string }

interface Reader {
  readonly tokens: readonly Token[]
  at: number
  readonly known: KnownEnvironment
}

function tokenize(marker: string): readonly Token[] | undefined {
  const tokens: Token[] = []
  const text = marker.trimEnd()
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < text.length) {
    const [whole, bracket, single, double, comparison, membership, join, variable] = TOKEN.exec(text) ?? []
    if (whole === undefined || tokens.length > WORD_LIMIT) return undefined
    const operator = comparison ?? membership?.replace(/\s+/, ' ')
    if (bracket !== undefined) tokens.push({ kind: 'bracket', text: bracket })
    else if (operator !== undefined) tokens.push({ kind: 'operator', text: operator })
    else if (join !== undefined) tokens.push({ kind: 'join', text: join })
    else if (variable !== undefined) tokens.push({ kind: 'variable', text: variable })
    else tokens.push({ kind: 'literal', text: single ?? double ?? '' })
  }
  return tokens
}

function readOr(reader: Reader): MarkerValue | undefined {
  return readJoined(reader, 'or', readAnd, eitherMarker)
}

function readAnd(reader: Reader): MarkerValue | undefined {
  return readJoined(reader, 'and', readPart, bothMarkers)
}

function readJoined(reader: Reader, word: string, readNext: (reader: Reader) => MarkerValue | undefined, join: typeof bothMarkers): MarkerValue | undefined {
  let value = readNext(reader)
  while (value !== undefined && take(reader, 'join', word) !== undefined) {
    const next = readNext(reader)
    value = next === undefined ? undefined : join(value, next)
  }
  return value
}

function readPart(reader: Reader): MarkerValue | undefined {
  if (take(reader, 'bracket', '(') !== undefined) {
    const value = readOr(reader)
    return take(reader, 'bracket', ')') === undefined ? undefined : value
  }
  const left = take(reader, 'variable') ?? take(reader, 'literal')
  const operator = take(reader, 'operator')?.text
  const right = take(reader, 'variable') ?? take(reader, 'literal')
  if (left === undefined || operator === undefined || right === undefined) return undefined
  const value = left.kind === 'variable' ? compare(left, operator, right, reader.known) : compare(right, MIRRORED[operator] ?? '', left, reader.known)
  return value ?? `${print(left)} ${operator} ${print(right)}`
}

function take(reader: Reader, kind: Token['kind'], text?: string): Token | undefined {
  const token = reader.tokens[reader.at]
  if (token?.kind !== kind || (text !== undefined && token.text !== text)) return undefined
  reader.at += 1
  return token
}

function print({ kind, text }: Token): string {
  return kind === 'literal' ? `'${text}'` : text
}

/** Undefined where more has to be known. */
function compare(variable: Token, operator: string, { kind, text }: Token, { variables, python }: KnownEnvironment): boolean | undefined {
  if (kind !== 'literal') return undefined
  if (python !== undefined && variable.text === 'python_version') return compareVersion(python, operator, text)
  if (python !== undefined && variable.text === 'python_full_version') return compareAllPatches(python, operator, text)
  const value = Object.hasOwn(variables, variable.text) ? variables[variable.text] : undefined
  return value === undefined ? undefined : compareTexts(value, operator, text)
}

function compareTexts(value: string, operator: string, text: string): boolean | undefined {
  if (operator === '==' || operator === '!=') return (value === text) === (operator === '==')
  return operator === 'in' ? text.includes(value) : operator === 'not in' ? !text.includes(value) : undefined
}

function compareVersion(version: string, operator: string, text: string): boolean | undefined {
  if (operator === 'in' || operator === 'not in') return text.split(/[\s,|]+/).includes(version) === (operator === 'in')
  return valid(text.replace(/\.\*$/, '')) === null ? undefined : satisfies(version, `${operator}${text}`, { prereleases: true })
}

/** No minor of Python has a thousand patches. */
const LAST_PATCH = 999

function compareAllPatches(python: string, operator: string, text: string): boolean | undefined {
  const first = compareVersion(`${python}.0`, operator, text)
  const last = compareVersion(`${python}.${LAST_PATCH}`, operator, text)
  const isOfPatch = !text.endsWith('*') && text.startsWith(`${python}.`) && /^[=!]=/.test(operator)
  return first === last && !isOfPatch ? first : undefined
}
