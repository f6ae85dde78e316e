/** Makes what the sources import but nobody writes by hand: the JSON Schema in one piece, the two validators, the templates as functions, our helper's text, the examples of diagnostics. */
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { HELPER_FILES } from '../plan/own-files.ts'
import { bundleSchema } from './bundle-schema.ts'
import { collectExamples } from './examples.ts'
import { DIST, GENERATED, ROOT, SOURCE } from './paths.ts'
import { compileTemplates } from './templates.ts'
import { compileCheck, compileComposeReport, compileReport } from './validator.ts'
import { writeChanged } from './write-changed.ts'

export function generateSources(): void {
  const parts = Object.entries(readFolder(join(ROOT, 'schema'), '.schema.json')).map(([name, text]) => [name, JSON.parse(text) as object])
  const schema = bundleSchema(Object.fromEntries(parts))
  const schemaText = `${JSON.stringify(schema, null, 2)}\n`
  for (const folder of [ROOT, DIST]) writeChanged(join(folder, 'mlstack.schema.json'), schemaText)
  writeModule('check', compileCheck(schema))
  writeModule('report', compileReport(schema))
  writeModule('compose-report', compileComposeReport(JSON.parse(readFileSync(join(import.meta.dirname, 'compose-spec.json'), 'utf8')) as object))
  writeModule('templates', compileTemplates(readFolder(join(SOURCE, 'emit/dockerfile/templates'), '.ejs')))
  writeHelpers(readFolder(join(SOURCE, 'emit/helper'), '.py'))
  for (const name of ['probe', 'resolve']) writeModule(`lock-${name}`, textModule(`${name}Text`, readFileSync(join(SOURCE, `lock/helper/${name}.py`), 'utf8')))
  writeModule('examples', examplesModule())
}

/** Those that nearly every image has, and apart from them the others: a longer program takes longer to start. */
function writeHelpers(helpers: Readonly<Record<string, string>>): void {
  const entries = Object.entries(helpers)
  const usual = HELPER_FILES.map((path) => basename(path))
  const pick = (isUsual: boolean) => JSON.stringify(Object.fromEntries(entries.filter(([name]) => usual.includes(name) === isUsual)))
  writeModule('helpers', { code: `export const HELPERS = ${pick(true)}\n`, types: '/** By file name. */\nexport const HELPERS: Readonly<Record<string, string>>\n' })
  writeModule('seldom-helpers', { code: `const HELPERS = ${pick(false)}\nexport const readHelper = (name) => HELPERS[name]\n`, types: '/** By file name. */\nexport function readHelper(name: string): string | undefined\n' })
}

function examplesModule(): GeneratedModule {
  const type = 'Readonly<Record<string, { readonly config: string; readonly text: string }>>'
  return { code: `export const EXAMPLES = ${JSON.stringify(collectExamples())}\n`, types: `/** By code. */\nexport const EXAMPLES: ${type}\n` }
}

/** A module's code and the declarations that go with it. */
export interface GeneratedModule {
  readonly code: string
  readonly types: string
}

function writeModule(name: string, { code, types }: GeneratedModule): void {
  writeChanged(join(GENERATED, `${name}.js`), code)
  writeChanged(join(GENERATED, `${name}.d.ts`), types)
}

function textModule(name: string, text: string): GeneratedModule {
  return { code: `export const ${name} = ${JSON.stringify(text)}\n`, types: `export const ${name}: string\n` }
}

/** The texts of a folder's files by name, sorted: what is generated must not depend on the order of a directory. */
function readFolder(folder: string, ending: string): Readonly<Record<string, string>> {
  const names = readdirSync(folder).filter((name) => name.endsWith(ending)).sort()
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]))
}
