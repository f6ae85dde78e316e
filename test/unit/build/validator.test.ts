/** The generated validators say what ajv itself says of the same schema. */
import type { ErrorObject } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { parse } from 'yaml'
import { AJV_OPTIONS, SCHEMA_KEYWORDS } from '../../../src/build/ajv-options.ts'
import { DIST } from '../../../src/build/paths.ts'
import { SAMPLE_PROJECT } from '../../../src/build/sample-project.ts'
import { validate } from '../../../src/generated/check.js'
import { findErrors } from '../../../src/generated/report.js'

const ajv = new Ajv2020(AJV_OPTIONS)
ajv.addVocabulary([...SCHEMA_KEYWORDS])
const reference = ajv.compile(JSON.parse(readFileSync(join(DIST, 'mlstack.schema.json'), 'utf8')) as object)

const SAMPLE = {
  ...(parse(SAMPLE_PROJECT['mlstack.yaml'] ?? '') as object),
  python: { version: '3.11', index: [{ name: 'x', url: 'https://example.org', packages: ['a'] }] },
  gpu: { count: 1, for: ['train'] },
  jobs: { test: { command: ['pytest'], depends_on: ['train'] } },
  outputs: { model: './model', runs: { path: 'runs' } },
  services: { cache: { image: 'redis:7.4' } },
  build: { run: [{ command: 'true', after: 'system' }] },
}
const JUNK = [null, true, -1, 1.5, '', ' ', 'x\ny', 'train.py', [], [[]], ['a', 'a'], {}, { unknown: 1 }]

/** Every tree that differs from `value` in one place, where it has a piece of junk. */
function* spoil(value: unknown): Generator<unknown> {
  yield* JUNK
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) for (const wrong of spoil(item)) yield value.with(index, wrong)
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) for (const wrong of spoil(item)) yield { ...value, [key]: wrong }
    for (const wrong of JUNK) yield { ...value, unknown: wrong }
  }
}

const essence = (errors: readonly ErrorObject[]) =>
  errors.map(({ instancePath, schemaPath, keyword, params }) => ({ instancePath, schemaPath, keyword, params }))

test('it accepts what is right', () => {
  assert.ok(reference(SAMPLE), JSON.stringify(reference.errors?.[0]))
  assert.ok(validate(SAMPLE))
  assert.equal(findErrors(SAMPLE), [])
})

test('it finds the errors that ajv finds, in every place', () => {
  let wrong = 0
  for (const config of spoil(SAMPLE)) {
    assert.is(validate(config), reference(config), JSON.stringify(config))
    assert.equal(essence(findErrors(config)), essence(reference.errors ?? []), JSON.stringify(config))
    if (!validate(config)) wrong++
  }
  assert.ok(wrong > 300, `${wrong} wrong configs`)
})

test('an error carries the schema that it broke', () => {
  assert.ok(findErrors({ ...SAMPLE, name: 'NOT VALID' }).some(({ parentSchema }) => typeof parentSchema?.['x-expects'] === 'string'))
})

test.run()
