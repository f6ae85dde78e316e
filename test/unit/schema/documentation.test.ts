/** Every key says what it is for and shows it; what it shows is true. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { BUNDLE, createAjv, PARTS, schemasIn, type Schema } from './schema-files.ts'

/** A key's schema, with what a reference adds that it does not say itself. */
function describedKey(schema: Schema): Schema {
  const target = typeof schema['$ref'] === 'string' ? PARTS[schema['$ref']] : undefined
  return { ...target, ...schema }
}

const places = Object.entries(PARTS).flatMap(([file, part]) => [...schemasIn(part)].map((place) => ({ file, ...place })))
const keys = places.filter(({ pointer }) => /\/properties\/[^/]+$/.test(pointer))
const values = places.filter(({ pointer, schema }) => /\/additionalProperties$/.test(pointer) && schema['$ref'] === undefined)

test('there are keys to look at', () => {
  assert.ok(keys.length > 190, `${keys.length} keys`)
})

for (const { file, pointer, schema } of [...keys, ...values]) {
  test(`${file}${pointer} has a description and examples`, () => {
    const { description, examples } = describedKey(schema)
    assert.match(String(description), /^[A-Z`].{14,}\.$/s)
    assert.ok(Array.isArray(examples) && examples.length > 0, 'no examples')
  })
}

test('every file has a description and examples of its own', () => {
  for (const [file, { description, examples }] of Object.entries(PARTS)) {
    assert.match(String(description), /\.$/, file)
    assert.ok(Array.isArray(examples) && examples.length > 0, file)
  }
})

const ajv = createAjv()
ajv.addSchema(BUNDLE)
const shown = [...schemasIn(BUNDLE)].filter(({ schema }) => 'default' in schema || 'examples' in schema)

for (const { pointer, schema } of shown) {
  test(`the default and the examples of ${pointer} are valid`, () => {
    const validate = ajv.compile({ $ref: `mlstack.schema.json${pointer}` })
    const { default: value, examples = [] } = schema as { readonly default?: unknown; readonly examples?: readonly unknown[] }
    for (const example of [...examples, ...(value === undefined ? [] : [value])]) {
      validate(example)
      assert.equal(validate.errors ?? null, null, JSON.stringify(example))
    }
  })
}

test.run()
