/** Compiles the JSON Schema to a validator that needs no ajv at run time, but for the small helpers that it imports. */
import { stringify, type Options } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import standalone from 'ajv/dist/standalone/index.js'
import { AJV_OPTIONS, SCHEMA_KEYWORDS } from './ajv-options.ts'
import type { GeneratedModule } from './generate.ts'
import { slimSchema } from './slim-schema.ts'

const TYPES = `import type { ErrorObject } from 'ajv'

declare function validate(data: unknown): boolean
declare namespace validate {
  let errors: ErrorObject[] | null | undefined
}
export default validate
`

/**
 * The code that finds every error is five times that which only tells whether there is one, and most configs have none: it stands in a
 * function of its own, which is not even compiled until a config is wrong.
 */
const LOADER = `
const load = (define) => {
  const module = { exports: undefined }
  define(module)
  return module.exports
}
const isValid = load(defineCheck)
let report

export default function validate(data) {
  validate.errors = null
  if (isValid(data)) return true
  report ??= load(defineReport)
  const isRight = report(data)
  validate.errors = report.errors
  return isRight
}
`

export function compileValidator(schema: object): GeneratedModule {
  const check = withoutErrors(compile(schema, { ...AJV_OPTIONS, allErrors: false, verbose: false }))
  const report = compile(schema, AJV_OPTIONS)
  return { code: importHelpers(`${LOADER}\nfunction defineCheck(module) {\n${check}\n}\n\nfunction defineReport(module) {\n${report}\n}\n`), types: TYPES }
}

/** Whoever only asks whether a config is right needs no words about its errors, only their number: without them the code is far shorter. */
function withoutErrors(code: string): string {
  return code.replace(/^(validate\d+\.errors) = \[\{instancePath.*\}\];\n(?=return false;$)/gm, '$1 = [0];\n')
}

/** The code of a CommonJS module that exports the validating function. */
function compile(schema: object, options: Options): string {
  const ajv = new Ajv2020({ ...options, code: { source: true, lines: true } })
  ajv.addVocabulary([...SCHEMA_KEYWORDS])
  const validate = ajv.compile(schema)
  // An error carries the schema it broke (`verbose`), and so the code holds them all: what no message shows is left out there.
  for (const { value } of ajv.scope['_values']['schema']?.values() ?? []) {
    if (value !== undefined) value.code = stringify(slimSchema(value.ref, options.verbose === true))
  }
  return standalone.default(ajv, validate)
}

/** ajv's code asks for its helpers with `require`, which an ES module has not. */
function importHelpers(code: string): string {
  const paths = [...new Set([...code.matchAll(/\brequire\("(ajv\/[^"]+)"\)/g)].map(([, path]) => path))]
  const imports = paths.map((path, index) => `import helper${index} from '${path}.js'\n`)
  return imports.join('') + paths.reduce<string>((text, path, index) => text.replaceAll(`require("${path}")`, `helper${index}`), code)
}
