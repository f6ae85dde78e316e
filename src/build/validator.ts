/** Compiles the JSON Schema to a validator that needs no ajv at run time, but for the small helpers that it imports. */
import { stringify } from 'ajv'
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

export function compileValidator(schema: object): GeneratedModule {
  const ajv = new Ajv2020({ ...AJV_OPTIONS, code: { source: true, esm: true } })
  ajv.addVocabulary([...SCHEMA_KEYWORDS])
  const validate = ajv.compile(schema)
  // `verbose` puts every schema into the code, since an error carries the one it broke: what no message shows is left out there.
  for (const { value } of ajv.scope['_values']['schema']?.values() ?? []) {
    if (value !== undefined) value.code = stringify(slimSchema(value.ref))
  }
  return { code: importHelpers(standalone.default(ajv, validate)), types: TYPES }
}

/** ajv's code asks for its helpers with `require`, which a module has not. */
function importHelpers(code: string): string {
  const paths: string[] = []
  const body = code.replace(/\brequire\("(ajv\/[^"]+)"\)/g, (_, path: string) => `helper${paths.push(path) - 1}`)
  return [...paths.map((path, index) => `import helper${index} from '${path}.js'\n`), body].join('')
}
