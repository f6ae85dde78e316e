/** The generated halves of docs/language.md and docs/diagnostics.md, made from the schema and the catalogue so that they say what the program does. */
import { stringify } from 'yaml'
import { compile } from '../compile.ts'
import type { Entry } from '../diagnostics/diagnostic.ts'
import { createMemoryProject } from '../project/memory-project.ts'
import { choicesOf, examplesOf, findGroup, listGroups, listKeysBelow, listSections, type Group, type Key, type Schema } from '../schema/keys.ts'

/** What a page says of a key or a value for which compiling gives one of these codes. */
const REMARKS: Readonly<Record<string, string>> = {
  MLS1110: 'planned',
  MLS1118: 'refused: another key does it',
  MLS1119: 'refused',
  MLS1120: 'warns',
}

const GROUP_TITLES: Readonly<Record<string, string>> = {
  'role-keys': 'Keys of every role',
  'job-keys': 'Keys of every job',
  'compose-service': "Compose's keys",
}

const PHASES: readonly (readonly [prefix: string, title: string])[] = [
  ['MLS10', 'YAML'],
  ['MLS11', 'The shape of the config'],
  ['MLS2', 'What goes together'],
  ['MLS3', 'The stack as a whole'],
  ['MLS4', 'Your files'],
  ['MLS5', 'The files that are written'],
  ['MLS6', 'What Docker says'],
]

/** Markdown with a section for each key at the top of the file, and one for each group of keys that roles share. `schema` is the bundle. */
export function languagePage(schema: object): string {
  const bundle = schema as Schema
  const sections = listSections(bundle)
  const groups = [...new Set(sections.flatMap(listGroups))].map((name) => findGroup(name, bundle))
  return [...sections.map((section) => describeSection(section, bundle)), ...groups.map(describeGroup)].join('\n')
}

/** Markdown with every code; `exampleOf` gives the printed text of a diagnostic, or undefined where there is none to show. */
export function diagnosticsPage(entries: readonly Entry[], exampleOf: (code: string) => string | undefined): string {
  return PHASES.map(([prefix, title]) => {
    const ofPhase = entries.filter(({ code }) => code.startsWith(prefix))
    return `## ${title}\n\n${ofPhase.map((entry) => describeEntry(entry, exampleOf(entry.code))).join('\n')}`
  }).join('\n')
}

function describeEntry({ code, severity, title, explanation }: Entry, example: string | undefined): string {
  const shown = example === undefined ? '' : `\n\`\`\`text\n${example}\n\`\`\`\n`
  return `### ${code}: ${title}\n\nA${severity === 'error' ? 'n' : ''} ${severity}. ${explanation}\n${shown}`
}

function describeSection(section: Key, bundle: Schema): string {
  const { name, schema } = section
  const remark = remarkOn(section)
  const value = schema['default'] === undefined ? '' : ` Default: ${code(schema['default'])}.`
  const examples = examplesOf(schema).map((example) => `- ${codeText(`${name}: ${inline(example)}`)}${remark === undefined ? marked(section, example) : ''}`)
  const groups = listGroups(section).map((group) => `[${titleOf(group)}](#${anchorOf(titleOf(group))})`)
  return [
    `## \`${name}\`\n`,
    ...(remark === undefined ? [] : [`*${capitalise(remark)}*, with all that stands below it.\n`]),
    `${String(schema['description'])}\n`,
    `Takes ${takesOf(section, remark !== undefined)}.${value}\n`,
    ...examples,
    '',
    ...tableOf(listKeysBelow(section, bundle), remark !== undefined),
    ...(groups.length === 0 ? [] : [`In the mapping, also: ${groups.join(', ')}.\n`]),
  ].join('\n')
}

function describeGroup({ name, schema, keys }: Group): string {
  return [`## ${titleOf(name)}\n`, `${String(schema['description'])}\n`, ...tableOf(keys, false)].join('\n')
}

function tableOf(keys: readonly Key[], areRemarked: boolean): readonly string[] {
  if (keys.length === 0) return []
  const rows = keys.map((key) => {
    const { name, schema } = key
    const remark = areRemarked ? undefined : remarkOn(key)
    const isRemarked = areRemarked || remark !== undefined
    const examples = examplesOf(schema).map((example) => `${code(example)}${isRemarked ? '' : marked(key, example)}`)
    const meaning = `${remark === undefined ? '' : `*${capitalise(remark)}.* `}${String(schema['description'])}`
    const value = schema['default'] === undefined ? '' : code(schema['default'])
    return `| ${[codeText(name), takesOf(key, isRemarked), value, meaning, examples.join(', ')].map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  })
  return ['| key | takes | default | meaning | examples |', '| --- | --- | --- | --- | --- |', ...rows, '']
}

/** The words for what a key takes, the short forms first; `isRemarked` where a remark on the whole key says it of every choice. */
function takesOf(key: Key, isRemarked: boolean): string {
  const { schema, sameAs } = key
  if (sameAs !== undefined) return `as [\`${sameAs}\`](#${sameAs})`
  const types = ([] as readonly unknown[]).concat(schema['type'] ?? []).map(String)
  const choices = choicesOf(schema).map((choice) => `${code(choice)}${isRemarked ? '' : marked(key, choice)}`)
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

/** What compiling says to every value of a key that is known. */
function remarkOn(key: Key): string | undefined {
  const [first, ...others] = [...examplesOf(key.schema), ...choicesOf(key.schema)].map((value) => remarkOnValue(key, value))
  return others.every((other) => other === first) ? first : undefined
}

function marked(key: Key, value: unknown): string {
  const remark = remarkOnValue(key, value)
  return remark === undefined ? '' : ` (${remark})`
}

function remarkOnValue({ configWith }: Key, value: unknown): string | undefined {
  const bytes = new TextEncoder().encode(JSON.stringify(configWith(value)))
  const { diagnostics } = compile({ name: 'mlstack.yaml', bytes }, createMemoryProject({}), { outputFolder: '.' })
  return diagnostics.map((diagnostic) => REMARKS[diagnostic.code]).find((remark) => remark !== undefined)
}

function titleOf(group: string): string {
  return GROUP_TITLES[group] ?? group
}

/** As GitHub makes anchors of headings. */
function anchorOf(title: string): string {
  return title.toLowerCase().replace(/[^\w\- ]/g, '').replaceAll(' ', '-')
}

function alternatives(words: readonly string[]): string {
  const separator = words.some((word) => word.includes(',')) ? '; ' : ', '
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(separator)} or ${words.at(-1) ?? ''}`
}

function code(value: unknown): string {
  return codeText(inline(value))
}

function codeText(text: string): string {
  return `\`${text}\``
}

/** A value as one would write it on one line of YAML. */
function inline(value: unknown): string {
  return stringify(value, { collectionStyle: 'flow', lineWidth: 0, flowCollectionPadding: false }).trim()
}

function capitalise(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`
}
