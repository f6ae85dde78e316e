/** Compiles the JSON Schema to two validators that need no ajv at run time, but for the small helpers that they import. */
import { stringify, type Options } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import standalone from 'ajv/dist/standalone/index.js'
import { AJV_OPTIONS, SCHEMA_KEYWORDS } from './ajv-options.ts'
import type { GeneratedModule } from './generate.ts'
import { listOwners, type Schema } from '../schema/keys.ts'
import { slimSchema } from './slim-schema.ts'

/** Only tells whether a config is right, which most are. */
export function compileCheck(schema: object): GeneratedModule {
  const code = withoutErrors(compile(schema, { ...AJV_OPTIONS, allErrors: false, verbose: false }))
  return { code, types: 'export function validate(data: unknown): boolean\n' }
}

/** Finds every error of a wrong config, which is five times the code, and knows where a key belongs. */
export function compileReport(schema: object): GeneratedModule {
  return { code: `${compile(schema, AJV_OPTIONS)}\n${REPORT}\nconst OWNERS = ${JSON.stringify(listOwners(schema as Schema))}\n`, types: REPORT_TYPES }
}

/** Finds every error of what passes through to Compose, by the Compose Specification's own schema. */
export function compileComposeReport(schema: object): GeneratedModule {
  const code = compile(schema, { ...AJV_OPTIONS, strict: false, validateFormats: false })
  return { code: `${code}\n${COMPOSE_REPORT}`, types: COMPOSE_REPORT_TYPES }
}

const COMPOSE_REPORT = `
export function findComposeErrors(data) {
  return validate(data) ? [] : validate.errors
}
`

const COMPOSE_REPORT_TYPES = `import type { ErrorObject } from 'ajv'

/** For a whole Compose file, or some of its sections. */
export function findComposeErrors(data: unknown): readonly ErrorObject[]
`

const REPORT = `
export function findErrors(data) {
  return validate(data) ? [] : validate.errors
}

export function sectionsWith(key) {
  return Object.hasOwn(OWNERS, key) ? OWNERS[key] : []
}
`

const REPORT_TYPES = `import type { ErrorObject } from 'ajv'

export function findErrors(data: unknown): readonly ErrorObject[]
/** The keys at the top of the file whose mappings have this key. */
export function sectionsWith(key: string): readonly string[]
`

/** Whoever only asks whether a config is right needs no words about its errors, only their number: without them the code is far shorter. */
function withoutErrors(code: string): string {
  return code.replace(/^(validate\d+\.errors) = \[\{instancePath.*\}\];\n(?=return false;$)/gm, '$1 = [0];\n')
}

/** The code of a module that exports `validate`. A bundler drops the schemas that no message needs. */
function compile(schema: object, options: Options): string {
  const ajv = new Ajv2020({ ...options, code: { source: true, lines: true, esm: true } })
  ajv.addVocabulary([...SCHEMA_KEYWORDS])
  const validate = ajv.compile(schema)
  // An error carries the schema it broke (`verbose`), and so the code holds them all: what no message shows is left out there.
  for (const { value } of ajv.scope['_values']['schema']?.values() ?? []) {
    if (value !== undefined) value.code = stringify(slimSchema(value.ref, options.verbose === true))
  }
  return importHelpers(delayPatterns(standalone.default(ajv, validate)))
}

/** Makes regular expressions on their first use: a config meets few of them, and each takes V8 a while to read. */
function delayPatterns(code: string): string {
  return `const onUse = (source) => {
  let pattern
  return { test: (text) => (pattern ??= new RegExp(source, 'u')).test(text) }
}
${code.replace(/^(const pattern\d+) = new RegExp\((".*"), "u"\);$/gm, '$1 = onUse($2);')}`
}

/** ajv's code asks for its helpers with `require`, which an ES module has not. */
function importHelpers(code: string): string {
  const paths = [...new Set([...code.matchAll(/\brequire\("(ajv\/[^"]+)"\)/g)].map(([, path]) => path))]
  const imports = paths.map((path, index) => `import helper${index} from '${path}.js'\n`)
  return imports.join('') + paths.reduce<string>((text, path, index) => text.replaceAll(`require("${path}")`, `helper${index}`), code)
}
