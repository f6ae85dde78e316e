/** What there is to say of a key: what it is for, what it takes, and what the config at hand has there. */
import { examplesOf, listKeysBelow, type Schema } from '../schema/keys.ts'
import { renderDecisions, type DecisionView } from './decisions.ts'
import type { FoundKey } from './find-key.ts'
import type { Given } from './given.ts'
import { createFootnotes } from './footnotes.ts'
import { paint, paragraph, table, type Page } from './layout.ts'
import { nameLines, placeOf, type PlaceView } from './place.ts'
import { remarkOn, remarkOnValue } from './remarks.ts'
import { codeText, inline, takesOf } from './takes.ts'

/** As `--format json` prints it. */
export interface KeyView {
  readonly version: 1
  readonly key: string
  readonly description: string
  /** Such as `refused`, where it is. */
  readonly remark?: string
  readonly takes: string
  readonly default?: unknown
  readonly examples: readonly ExampleView[]
  /** The keys directly below, without the name of this one. */
  readonly keys: readonly string[]
  /** The key at the top of the file that means the same. */
  readonly same_as?: string
  /** What the config has there; absent where there is no config. */
  readonly given?: readonly GivenView[]
  /** What was decided of it, where the config compiles. */
  readonly decisions?: readonly DecisionView[]
}

export interface ExampleView {
  readonly value: unknown
  /** Such as `refused`, where it is. */
  readonly remark?: string
}

export interface GivenView extends PlaceView {
  /** On one line of YAML. */
  readonly text: string
  /** The key whose short form stands there instead. */
  readonly short_of?: string
}

/** What is known of the key beside the language. */
export interface KeyContext {
  readonly bundle: Schema
  /** Undefined where there is no config. */
  readonly given: readonly Given[] | undefined
  readonly decisions: readonly DecisionView[]
}

export function explainKey({ name, key, section }: FoundKey, { bundle, given, decisions }: KeyContext): KeyView {
  const { schema, sameAs } = key
  const ofSection = section === key ? undefined : remarkOn(section)
  const remark = ofSection ?? remarkOn(key)
  const remarkOnOne = (value: unknown) => (remark === undefined ? remarkOnValue(key, value) : undefined)
  return {
    version: 1,
    key: name,
    description: String(schema['description']),
    ...(remark === undefined ? {} : { remark }),
    takes: takesOf(schema, (choice) => inBrackets(remarkOnOne(choice))),
    ...(schema['default'] === undefined ? {} : { default: schema['default'] }),
    examples: examplesOf(schema).map((value) => {
      const onOne = remarkOnOne(value)
      return { value, ...(onOne === undefined ? {} : { remark: onOne }) }
    }),
    keys: sameAs === undefined ? listKeysBelow(key, bundle).map((child) => child.name).filter((child) => !child.includes('.')) : [],
    ...(sameAs === undefined ? {} : { same_as: sameAs }),
    ...(given === undefined ? {} : { given: given.map(viewGiven) }),
    ...(decisions.length === 0 ? {} : { decisions }),
  }
}

function viewGiven({ text, span, shortOf }: Given): GivenView {
  return { text, ...placeOf(span), ...(shortOf === undefined ? {} : { short_of: shortOf }) }
}

export function renderKey(view: KeyView, page: Page): string {
  const { key, description, remark, decisions = [] } = view
  const head = `${paint('strong', key, page)}${inBrackets(remark === 'planned' ? 'planned: this version refuses it' : remark)}\n\n`
  const footnotes = createFootnotes()
  const decided = decisions.length === 0 ? '' : `\n${paint('strong', 'decided', page)}\n\n${renderDecisions(decisions, footnotes, page)}`
  return `${head}${paragraph(description, page)}\n${table(rowsOf(view), page)}${decided}${footnotes.render(page)}`
}

function rowsOf({ key, takes, examples, keys, same_as: sameAs, given, ...view }: KeyView): readonly (readonly string[])[] {
  const leaf = key.split('.').at(-1) ?? key
  const shown = examples.map(({ value, remark }) => `${codeText(leaf === 'NAME' ? inline(value) : `${leaf}: ${inline(value)}`)}${inBrackets(remark)}`)
  return [
    ['takes', takes],
    ...(view.default === undefined ? [] : [['default', inline(view.default)]]),
    ...shown.map((example, index) => [index === 0 ? 'examples' : '', example]),
    ...(keys.length === 0 ? [] : [['keys', keys.map((name) => `${key}.${name}`).join(', ')]]),
    ...(sameAs === undefined ? [] : [['more', `mlstack explain ${sameAs}`]]),
    ...(given === undefined ? [] : givenRows(given)),
  ]
}

function givenRows(given: readonly GivenView[]): readonly (readonly string[])[] {
  if (given.length === 0) return [['here', 'not set']]
  return given.map((each, index) => {
    const place = nameLines([each]).join('')
    const text = each.short_of === undefined ? codeText(each.text) : `the short form ${codeText(`${each.short_of}: ${each.text}`)}`
    return [index === 0 ? 'here' : '', `${text} (${place})`]
  })
}

function inBrackets(remark: string | undefined): string {
  return remark === undefined ? '' : ` (${remark})`
}
