/** ajv's errors to diagnostics: one for each cause, in the user's words, at the exact node. */
import type { ErrorObject } from 'ajv'
import * as shape from '../diagnostics/catalogue/shape.ts'
import { changeTo, type Diagnostic, type Span } from '../diagnostics/diagnostic.ts'
import { listChoices, suggest } from '../diagnostics/suggest.ts'
import { sectionsWith } from '../generated/report.js'
import { describeKind, entryOf, type Tree } from '../syntax/tree.ts'
import { locate, nameOf, stepsOf, type Place } from './pointer.ts'

/** A diagnostic, and the value that must not be read any further because of it. */
export interface Finding {
  readonly diagnostic: Diagnostic
  readonly steps: readonly string[]
}

interface Context {
  readonly error: ErrorObject
  readonly steps: readonly string[]
  readonly place: Place
  readonly name: string
}

/** The keys at the top of the file whose mappings have a key, for a key that stands in the wrong place. */
type FindSections = (key: string) => readonly string[]

type Translator = (context: Context) => Finding | undefined

/** One row a keyword, most telling first: of several errors at one value, the first row's is shown. */
const TRANSLATORS: readonly (readonly [keywords: readonly string[], translate: Translator])[] = [
  [['type'], translateType],
  [['enum', 'const'], translateChoice],
  [['minLength', 'minItems', 'minProperties'], translateEmpty],
  [['pattern', 'maxLength'], translateFormat],
  [['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf', 'maxItems', 'maxProperties'], translateRange],
  [['uniqueItems'], translateRepeated],
  [['propertyNames'], translateName],
]

/** One finding a cause. A key that is missing because it is misspelt counts once, as misspelt. */
export function translateErrors(errors: readonly ErrorObject[], root: Tree, findSections: FindSections = sectionsWith): readonly Finding[] {
  const unknown = errors.filter(({ keyword }) => keyword === 'additionalProperties').map((error) => translateUnknownKey(error, root, findSections))
  const isMisspelt = (steps: readonly string[], key: string) => unknown.some((row) => row.suggestion === key && isSamePath(row.parent, steps))
  const missing = errors
    .filter(({ keyword, schemaPath }) => keyword === 'required' && !schemaPath.startsWith('#/anyOf/'))
    .filter((error) => !isMisspelt(stepsOf(error.instancePath), String(error.params['missingProperty'])))
    .map((error) => translateMissingKey(error, root))
  const values = worstAtEachValue(errors).flatMap((error) => translateValue(error, root) ?? [])
  return [...unknown.map(({ finding }) => finding), ...missing, ...values, ...nothingToRun(errors, root, unknown)]
}

function nothingToRun(errors: readonly ErrorObject[], root: Tree, unknown: readonly { suggestion: string | undefined; parent: readonly string[] }[]): readonly Finding[] {
  const choices = errors.filter(({ keyword, schemaPath }) => keyword === 'required' && schemaPath.startsWith('#/anyOf/'))
  if (!errors.some(({ keyword, schemaPath }) => keyword === 'anyOf' && schemaPath === '#/anyOf')) return []
  const keys = choices.map(({ params }) => String(params['missingProperty']))
  if (unknown.some(({ suggestion, parent }) => parent.length === 0 && suggestion !== undefined && keys.includes(suggestion))) return []
  return [{ diagnostic: shape.nothingToRun({}, { at: startOf(root) }), steps: [] }]
}

/** The error to show at each value: the one whose keyword ranks first. */
function worstAtEachValue(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  const worst = new Map<string, ErrorObject>()
  for (const error of errors) {
    // ajv reports what is wrong with a key's name once for the name and once for the mapping; the latter is enough.
    if (rankOf(error) === -1 || error.propertyName !== undefined) continue
    const key = error.keyword === 'propertyNames' ? `${error.instancePath}\0${error.params['propertyName']}` : error.instancePath
    const other = worst.get(key)
    if (other === undefined || rankOf(error) < rankOf(other)) worst.set(key, error)
  }
  return [...worst.values()]
}

function rankOf({ keyword }: ErrorObject): number {
  return TRANSLATORS.findIndex(([keywords]) => keywords.includes(keyword))
}

function translateValue(error: ErrorObject, root: Tree): Finding | undefined {
  const steps = stepsOf(error.instancePath)
  const place = locate(root, steps)
  const translate = TRANSLATORS[rankOf(error)]?.[1]
  // What is wrong there has been said.
  return place === undefined || place.tree.kind === 'unknown' ? undefined : translate?.({ error, steps, place, name: nameOf(steps) })
}

function translateUnknownKey(error: ErrorObject, root: Tree, findSections: FindSections) {
  const parent = stepsOf(error.instancePath)
  const key = String(error.params['additionalProperty'])
  const known = Object.keys((error.parentSchema?.['properties'] as object | undefined) ?? {})
  const steps = [...parent, key]
  const at = locate(root, steps)?.entry?.keySpan ?? startOf(root)
  const sections = findSections(key).filter((section) => known.includes(section))
  const suggestion = sections.length > 0 ? undefined : suggest(key, known)
  const words = { key, parent: nameOf(parent), suggestion, sections: joinWithOr(sections.map((section) => `\`${section}\``)), choices: listChoices(key, known) }
  const finding: Finding = { diagnostic: shape.unknownKey(words, { at, ...changeTo(suggestion, at, `rename to ${suggestion}`) }), steps }
  return { finding, suggestion, parent }
}

function translateMissingKey(error: ErrorObject, root: Tree): Finding {
  const steps = stepsOf(error.instancePath)
  const key = String(error.params['missingProperty'])
  const place = locate(root, steps)
  const at = place?.entry?.keySpan ?? place?.tree.span ?? startOf(root)
  const example = exampleOf((error.parentSchema?.['properties'] as Record<string, unknown> | undefined)?.[key])
  const parent = nameOf(steps)
  return { diagnostic: shape.missingKey({ key, parent, example }, { at: steps.length === 0 ? startOf(root) : at }), steps }
}

function translateType({ error, steps, place, name }: Context): Finding {
  const types = [error.params['type']].flat() as readonly string[]
  const expected = joinWithOr(types.map((type) => TYPE_WORDS[type] ?? type))
  const suggestion = types.includes('boolean') ? BOOLEAN_WORDS[textOf(place.tree).toLowerCase()] : undefined
  const isFraction = types.includes('integer') && place.tree.kind === 'scalar' && typeof place.tree.value === 'number'
  const words = { name, expected, found: isFraction ? textOf(place.tree) : describeKind(place.tree), suggestion, example: exampleOf(error.parentSchema) }
  return { diagnostic: shape.wrongType(words, { at: place.tree.span, ...changeTo(suggestion, place.tree.span) }), steps }
}

const TYPE_WORDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  integer: 'a whole number',
  boolean: '`true` or `false`',
  array: 'a list',
  object: 'a mapping',
  null: 'nothing',
}

function translateChoice({ error, steps, place, name }: Context): Finding {
  const choices = ([error.params['allowedValues'] ?? error.params['allowedValue']].flat() as readonly unknown[]).map(String)
  const found = textOf(place.tree)
  // Where other kinds of values are choices too, the schema says it in words.
  const words = error.parentSchema?.['x-expects'] as string | undefined
  const suggestion = suggest(found, choices) ?? (words?.includes('`true`') ? BOOLEAN_WORDS[found.toLowerCase()] : undefined)
  const diagnostic = shape.wrongChoice({ name, found, suggestion, choices: words ?? listChoices(found, choices) }, { at: place.tree.span, ...changeTo(suggestion, place.tree.span) })
  return { diagnostic, steps }
}

/** Texts in YAML 1.2, which many people and YAML 1.1 take for booleans. */
const BOOLEAN_WORDS: Readonly<Record<string, string>> = { yes: 'true', on: 'true', no: 'false', off: 'false' }

function translateFormat({ error, steps, place, name }: Context): Finding {
  const limit = error.keyword === 'maxLength' ? `at most ${error.params['limit']} characters long` : undefined
  const expects = limit ?? (error.parentSchema?.['x-expects'] as string | undefined) ?? `written like ${exampleOf(error.parentSchema) ?? 'the examples in the docs'}`
  const suggestion = suggest(textOf(place.tree), (error.parentSchema?.['x-words'] as readonly string[] | undefined) ?? [])
  return { diagnostic: shape.badFormat({ name, found: shorten(textOf(place.tree)), expects, suggestion }, { at: place.tree.span, ...changeTo(suggestion, place.tree.span) }), steps }
}

function translateEmpty({ steps, place, name }: Context): Finding {
  return { diagnostic: shape.emptyText({ name }, { at: place.tree.span }), steps }
}

function translateRange({ error, steps, place, name }: Context): Finding {
  const limit = `${RANGE_WORDS[error.keyword] ?? error.keyword} ${error.params['limit'] ?? error.params['multipleOf']}`
  return { diagnostic: shape.outOfRange({ name, found: textOf(place.tree), limit }, { at: place.tree.span }), steps }
}

const RANGE_WORDS: Readonly<Record<string, string>> = {
  minimum: 'at least',
  maximum: 'at most',
  exclusiveMinimum: 'more than',
  exclusiveMaximum: 'less than',
  multipleOf: 'a multiple of',
  maxItems: 'a list no longer than',
  maxProperties: 'a mapping no larger than',
}

function translateRepeated({ error, steps, place, name }: Context): Finding {
  const second = place.tree.kind === 'list' ? place.tree.items[Math.max(Number(error.params['i']), Number(error.params['j']))] : undefined
  const tree = second ?? place.tree
  return { diagnostic: shape.repeatedValue({ name, found: textOf(tree) }, { at: tree.span }), steps }
}

function translateName({ error, steps, place, name }: Context): Finding {
  const key = String(error.params['propertyName'])
  const entry = entryOf(place.tree, key)
  const schema = error.parentSchema?.['propertyNames'] as Record<string, unknown> | undefined
  const expects = (schema?.['x-expects'] as string | undefined) ?? 'made of letters, digits, `-` and `_`'
  return { diagnostic: shape.badName({ name: shorten(key), parent: name, expects }, { at: entry?.keySpan ?? place.tree.span }), steps: [...steps, key] }
}

function exampleOf(schema: unknown): string | undefined {
  const examples = (schema as Record<string, unknown> | undefined)?.['examples']
  const first = Array.isArray(examples) ? (examples[0] as unknown) : undefined
  if (first === undefined) return undefined
  return typeof first === 'string' ? first : JSON.stringify(first)
}

function textOf(tree: Tree): string {
  return tree.kind === 'scalar' ? tree.text : describeKind(tree)
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}

function joinWithOr(words: readonly string[]): string {
  return words.length < 2 ? words.join() : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`
}

function startOf({ span }: Tree): Span {
  return { source: span.source, start: 0, end: 0 }
}

function isSamePath(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((step, index) => step === b[index])
}
