/** The generated halves of docs/language.md and docs/diagnostics.md, made from the schema and the catalogue so that they say what the program does. */
import type { Entry } from '../diagnostics/diagnostic.ts'
import { remarkOn, remarkOnValue } from '../explain/remarks.ts'
import { code, codeText, inline, takesOf } from '../explain/takes.ts'
import { examplesOf, findGroup, listGroups, listKeysBelow, listSections, type Group, type Key, type Schema } from '../schema/keys.ts'

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
    `Takes ${takes(section, remark !== undefined)}.${value}\n`,
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
    return `| ${[codeText(name), takes(key, isRemarked), value, meaning, examples.join(', ')].map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  })
  return ['| key | takes | default | meaning | examples |', '| --- | --- | --- | --- | --- |', ...rows, '']
}

/** What a key takes; `isRemarked` where a remark on the whole key says it of every choice. */
function takes(key: Key, isRemarked: boolean): string {
  if (key.sameAs !== undefined) return `as [\`${key.sameAs}\`](#${key.sameAs})`
  return takesOf(key.schema, (choice) => (isRemarked ? '' : marked(key, choice)))
}

function marked(key: Key, value: unknown): string {
  const remark = remarkOnValue(key, value)
  return remark === undefined ? '' : ` (${remark})`
}

function titleOf(group: string): string {
  return GROUP_TITLES[group] ?? group
}

/** As GitHub makes anchors of headings. */
function anchorOf(title: string): string {
  return title.toLowerCase().replace(/[^\w\- ]/g, '').replaceAll(' ', '-')
}

function capitalise(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`
}
