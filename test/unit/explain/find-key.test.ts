/** Words find keys: by their path with any name of the user's, by what they are the same as, and by their last step. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { ROOT } from '../../../src/build/paths.ts'
import { findKeys, listEveryKey } from '../../../src/explain/find-key.ts'
import type { Schema } from '../../../src/schema/keys.ts'

const keys = listEveryKey(JSON.parse(readFileSync(join(ROOT, 'mlstack.schema.json'), 'utf8')) as Schema)
const named = (word: string) => findKeys(word, keys).map(({ name }) => name)

test('every key finds itself', () => {
  assert.ok(keys.length > 500, `${keys.length} keys`)
  for (const { name } of keys) assert.equal(named(name), [name])
})

const FOUND: readonly (readonly [word: string, name: string])[] = [
  ['gpu', 'gpu'],
  ['gpu:', 'gpu'],
  ['datasets.*.mount', 'datasets.NAME.mount'],
  ['datasets.digits.mount', 'datasets.NAME.mount'],
  ['outputs.model', 'outputs.model'],
  ['outputs.mine', 'outputs.NAME'],
  ['python.index[0].url', 'python.index.url'],
  ['python.index.0.url', 'python.index.url'],
  ['train.healthcheck', 'train.healthcheck'],
  ['jobs.test.depends_on', 'jobs.NAME.depends_on'],
  ['train.resources.memory', 'train.resources.memory'],
  ['train.secrets.HF_TOKEN.file', 'train.secrets.NAME.file'],
]
for (const [word, name] of FOUND) {
  test(`${word} is ${name}`, () => {
    assert.equal(named(word), [name])
  })
}

test('names of the user stay in the steps, by which the config is searched', () => {
  assert.equal(findKeys('datasets.digits.mount', keys)[0]?.steps, ['datasets', 'digits', 'mount'])
  assert.equal(findKeys('datasets.*.mount', keys)[0]?.steps, ['datasets', 'NAME', 'mount'])
})

test('a last step alone is enough where it means one thing', () => {
  assert.equal(named('mount'), ['datasets.NAME.mount'])
  assert.ok(named('command').length > 1)
  for (const word of ['', '.', 'nothing', 'gpu.count.more', 'gpu..count', '__proto__']) assert.equal(named(word), [], word)
})

test.run()
