/** A slim schema has lost its prose, and nothing that has the name of a keyword by chance. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { slimSchema } from '../../../src/build/slim-schema.ts'

const SCHEMA = {
  $defs: { x: {} },
  description: 'prose',
  properties: { description: { type: 'string', description: 'prose', examples: [{ description: 'data' }] } },
  anyOf: [{ title: 'prose', required: ['title'] }],
}

test('prose and definitions go; keys, examples and choices stay', () => {
  assert.equal(slimSchema(SCHEMA, true), {
    properties: { description: { type: 'string', examples: [{ description: 'data' }] } },
    anyOf: [{ required: ['title'] }],
  })
})

test('without words, what only messages show goes too', () => {
  assert.equal(slimSchema(SCHEMA, false), { properties: { description: { type: 'string' } }, anyOf: [{}] })
})

test.run()
