/** The form that turning errors into diagnostics relies on, and the bundle of the files. */
import { readFileSync } from 'node:fs'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { bundleSchema } from '../../../src/build/bundle-schema.ts'
import { BUNDLE, createAjv, PARTS, schemasIn, type Schema } from './schema-files.ts'

const places = [...schemasIn(BUNDLE)]
const keysOf = (schema: unknown) => Object.keys(((schema as Schema)['properties'] ?? {}) as Schema)
const definition = (name: string) => (BUNDLE['$defs'] as Schema)[name] as Schema

/** What ajv may report, and what only joins or annotates. */
const KNOWN = new Set(
  ('type enum const minLength maxLength minItems pattern minimum maximum exclusiveMinimum uniqueItems required properties patternProperties ' +
    'additionalProperties propertyNames items anyOf allOf if then $ref $defs $schema $id title description default examples x-expects x-words').split(' '),
)

test('mlstack.schema.json is the bundle of the parts', () => {
  const file = readFileSync(new URL('../../../mlstack.schema.json', import.meta.url), 'utf8')
  assert.is(file, `${JSON.stringify(BUNDLE, null, 2)}\n`)
})

test('the order of the parts does not matter', () => {
  const reversed = Object.fromEntries(Object.entries(PARTS).reverse())
  assert.is(JSON.stringify(bundleSchema(reversed)), JSON.stringify(BUNDLE))
})

test('ajv compiles the bundle without a warning', () => {
  assert.type(createAjv().compile(BUNDLE), 'function')
})

test('the bundle refers to nothing outside of itself, and every definition is used', () => {
  const references = places.flatMap(({ schema }) => (typeof schema['$ref'] === 'string' ? [schema['$ref']] : []))
  for (const reference of references) assert.match(reference, /^#\/\$defs\/[a-z-]+$/)
  assert.equal([...new Set(references)].sort(), Object.keys(BUNDLE['$defs'] as Schema).map((name) => `#/$defs/${name}`).sort())
})

test('no keyword is used whose error has no words', () => {
  const unknown = places.flatMap(({ pointer, schema }) => Object.keys(schema).filter((keyword) => !KNOWN.has(keyword)).map((keyword) => `${pointer}/${keyword}`))
  assert.equal(unknown, [])
})

test('the one `anyOf` is that of the root: one thing to run', () => {
  assert.equal(places.filter(({ schema }) => 'anyOf' in schema).map(({ pointer }) => pointer), ['#'])
  assert.equal(BUNDLE['anyOf'], ['train', 'evaluate', 'serve', 'jobs', 'notebook', 'services'].map((key) => ({ required: [key] })))
})

test('every pattern says in words what it expects', () => {
  for (const { pointer, schema } of places.filter((place) => 'pattern' in place.schema)) {
    assert.type(schema['x-expects'], 'string', pointer)
    assert.not.match(String(schema['x-expects']), /[.]$|^it must/)
  }
})

test('a mapping whose keys are ours takes `x-` keys and no others', () => {
  const closed = places.filter(({ schema }) => schema['additionalProperties'] === false)
  assert.ok(closed.length > 20)
  for (const { pointer, schema } of closed) assert.equal(schema['patternProperties'], { '^x-': true }, pointer)
})

test('a mapping whose keys the user names does not treat `x-` keys differently', () => {
  for (const name of ['datasets', 'environment', 'secrets', 'services', 'jobs', 'volumes', 'networks', 'configs', 'variants', 'outputs']) {
    assert.is(definition(name)['patternProperties'], undefined, name)
    assert.type((definition(name)['propertyNames'] as Schema)['x-expects'], 'string', name)
  }
})

test('what the language has at the top is there, in its order', () => {
  const expected =
    'version name framework model gpu python system code datasets train evaluate serve jobs notebook tracking params outputs services volumes networks ' +
    'configs include environment secrets resources cache seed build compose_file variants'
  assert.is(keysOf(BUNDLE).join(' '), expected)
})

const KEYS: Readonly<Record<string, string>> = {
  'framework-mapping': 'name version extras install',
  model: 'type task source',
  gpu: 'count vendor memory cuda arch driver capabilities device_ids for',
  python: 'version requirements packages constraints index installer',
  'python-index-mapping': 'name url secret packages for',
  code: 'paths workdir install',
  dataset: 'source mount sha256 extract access include for check',
  output: 'path target',
  outputs: 'model checkpoints',
  resources: 'cpus memory shm_size pids',
  cache: 'name',
  build: 'from dockerfile target run ignore args ssh secrets network platforms cache_from cache_to tags user ca max_image_size',
  'build-step': 'command secrets user after',
}

for (const [name, keys] of Object.entries(KEYS)) {
  test(`\`${name}\` has the keys of the language and no others`, () => {
    assert.equal(keysOf(definition(name)).sort(), keys.split(' ').sort())
  })
}

const JOB = 'command datasets outputs environment secrets resources params nodes processes_per_node rerun depends_on profiles'
const COMPOSE = 'env_file volumes depends_on networks ulimits extra_hosts labels restart healthcheck stop_grace_period ports profiles container_name entrypoint deploy privileged'
const ROLES: Readonly<Record<string, string>> = {
  job: JOB,
  evaluate: `${JOB} metrics require`,
  serve: 'command server port ports health replicas environment secrets resources datasets',
  notebook: 'port token packages environment secrets resources datasets',
  tracking: 'kind uri port environment secrets resources',
}

for (const [name, keys] of Object.entries(ROLES)) {
  test(`\`${name}\` has its keys and those of Compose`, () => {
    const known = keysOf(definition(name))
    for (const key of `${keys} ${COMPOSE}`.split(' ')) assert.ok(known.includes(key), key)
    const merged = (definition(name)['allOf'] as readonly Schema[]).flatMap(({ $ref }) => keysOf(definition(String($ref).slice('#/$defs/'.length))))
    assert.equal(new Set(known).size, known.length)
    assert.ok(merged.every((key) => known.includes(key)))
  })
}

test('a key of a job is no key of a service', () => {
  assert.not.ok(keysOf(definition('serve')).includes('rerun'))
  assert.not.ok(keysOf(definition('job')).includes('port'))
})

test('a variant may have any key of the root, and says what it is', () => {
  const overlay = definition('variants')['additionalProperties'] as Schema
  assert.equal(keysOf(overlay), keysOf(BUNDLE).filter((key) => key !== 'variants' && key !== 'version'))
  for (const key of Object.values(overlay['properties'] as Record<string, Schema>)) assert.equal(Object.keys(key), ['description'])
})

const part = (properties: Schema, more: Schema = {}) => ({ type: 'object', properties, ...more })

test('merged keys are known where they are merged, and checked by reference', () => {
  const parts = { 'mlstack.schema.json': part({ own: {} }, { 'x-merge': ['other.schema.json'] }), 'other.schema.json': part({ shared: { type: 'string' } }) }
  const { $defs, ...root } = bundleSchema(parts) as Schema
  assert.equal(root, part({ own: {}, shared: true }, { allOf: [{ $ref: '#/$defs/other' }] }))
  assert.equal($defs, { other: part({ shared: { type: 'string' } }) })
})

test('a reference to a file that is not there is an error', () => {
  assert.throws(() => bundleSchema({ 'mlstack.schema.json': part({ a: { $ref: 'b.schema.json' } }) }), /no schema file b\.schema\.json/)
})

test('two files with the same key cannot be merged', () => {
  const parts = { 'mlstack.schema.json': part({ a: {} }, { 'x-merge': ['other.schema.json'] }), 'other.schema.json': part({ a: {} }) }
  assert.throws(() => bundleSchema(parts), /the key a stands in two/)
})

test.run()
