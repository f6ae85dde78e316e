/** What a user may not write: the schema refuses it for the right reason, and there are words for each refusal. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { translateErrors } from '../../../src/schema/translate.ts'
import { errorsOf, treeOf } from './schema-files.ts'

/** The text, the keyword that refuses it, and where. */
type Row = readonly [text: string, keyword: string, path: string]

const VALUES: readonly Row[] = [
  ['version: 2', 'enum', '/version'],
  ['version: "1"', 'type', '/version'],
  ['name: Digits', 'pattern', '/name'],
  ['name: -digits', 'pattern', '/name'],
  [`name: ${'a'.repeat(64)}`, 'maxLength', '/name'],
  ['name: ""', 'minLength', '/name'],
  ['framework: 3', 'type', '/framework'],
  ['framework: ""', 'minLength', '/framework'],
  ['framework: "==2.0"', 'pattern', '/framework'],
  ['framework: []', 'minItems', '/framework'],
  ['framework: [[pytorch]]', 'type', '/framework/0'],
  ['framework: { version: 2 }', 'required', '/framework'],
  ['framework: [{ version: 2 }]', 'required', '/framework/0'],
  ['framework: { name: pytorch, versoin: 2 }', 'additionalProperties', '/framework'],
  ['framework: { name: pytorch, install: never }', 'enum', '/framework/install'],
  ['model: cnnn', 'enum', '/model'],
  ['model: [cnn]', 'type', '/model'],
  ['model: { type: forest }', 'enum', '/model/type'],
  ['model: { source: { include: [a] } }', 'required', '/model/source'],
  ['gpu: some', 'enum', '/gpu'],
  ['gpu: 1.5', 'type', '/gpu'],
  ['gpu: -1', 'minimum', '/gpu'],
  ['gpu: []', 'minItems', '/gpu'],
  ['gpu: [0, 0]', 'uniqueItems', '/gpu'],
  ['gpu: { vendor: intel }', 'enum', '/gpu/vendor'],
  ['gpu: { cuda: cu124 }', 'pattern', '/gpu/cuda'],
  ['gpu: { memory: 16 }', 'type', '/gpu/memory'],
  ['gpu: { memory: big }', 'pattern', '/gpu/memory'],
  ['gpu: { count: many }', 'enum', '/gpu/count'],
  ['python: three', 'pattern', '/python'],
  ['python: true', 'type', '/python'],
  ['python: { version: ">=3.11" }', 'pattern', '/python/version'],
  ['python: { installer: conda }', 'enum', '/python/installer'],
  ['python: { packages: pandas }', 'type', '/python/packages'],
  ['python: { index: packages.example.com }', 'pattern', '/python/index'],
  ['python: { index: [{ name: a }] }', 'required', '/python/index/0'],
  ['system: ffmpeg', 'type', '/system'],
  ['system: [LibGL]', 'pattern', '/system/0'],
  ['system: [libgl1, libgl1]', 'uniqueItems', '/system'],
  ['code: []', 'minItems', '/code'],
  ['code: { install: maybe }', 'enum', '/code/install'],
  ['datasets: [a]', 'type', '/datasets'],
  ['datasets: { "a b": ./a }', 'propertyNames', '/datasets'],
  ['datasets: { a: }', 'type', '/datasets/a'],
  ['datasets: { a: { mount: /data } }', 'required', '/datasets/a'],
  ['datasets: { a: { source: ./a, mount: data } }', 'pattern', '/datasets/a/mount'],
  ['datasets: { a: { source: ./a, access: r } }', 'enum', '/datasets/a/access'],
  ['datasets: { a: { source: ./a, sha256: abc } }', 'pattern', '/datasets/a/sha256'],
  ['datasets: { a: { source: ./a, check: hash } }', 'enum', '/datasets/a/check'],
  ['train:', 'type', '/train'],
  ['train: true', 'type', '/train'],
  ['train: ""', 'minLength', '/train'],
  ['train: []', 'minItems', '/train'],
  ['train: [[a]]', 'type', '/train/0'],
  ['train: { nodes: 2 }', 'required', '/train'],
  ['train: { command: a, nodes: 0 }', 'minimum', '/train/nodes'],
  ['train: { command: a, processes_per_node: all }', 'enum', '/train/processes_per_node'],
  ['train: { command: a, rerun: sometimes }', 'enum', '/train/rerun'],
  ['train: { command: a, port: 80 }', 'additionalProperties', '/train'],
  ['train: { comand: a }', 'additionalProperties', '/train'],
  ['train: { command: a, restart: 3 }', 'type', '/train/restart'],
  ['train: { command: a, cap_add: [1] }', 'type', '/train/cap_add/0'],
  ['train: { command: a, depends_on: [b, b] }', 'uniqueItems', '/train/depends_on'],
  ['train: { command: a, ulimits: [1] }', 'type', '/train/ulimits'],
  ['evaluate: { require: { accuracy: ">= 1" } }', 'required', '/evaluate'],
  ['evaluate: { command: a, require: [accuracy] }', 'type', '/evaluate/require'],
  ['evaluate: { command: a, require: { accuracy: true } }', 'type', '/evaluate/require/accuracy'],
  ['evaluate: { command: a, require: { accuracy: [] } }', 'minItems', '/evaluate/require/accuracy'],
  ['evaluate: { command: a, require: { "": "> 1" } }', 'propertyNames', '/evaluate/require'],
  ['serve: { command: a, port: 0 }', 'minimum', '/serve/port'],
  ['serve: { command: a, port: 70000 }', 'maximum', '/serve/port'],
  ['serve: { command: a, port: "8080" }', 'type', '/serve/port'],
  ['serve: { command: a, health: true }', 'const', '/serve/health'],
  ['serve: { command: a, health: healthz }', 'pattern', '/serve/health'],
  ['serve: { command: a, nodes: 2 }', 'additionalProperties', '/serve'],
  ['jobs: { "a b": c }', 'propertyNames', '/jobs'],
  ['jobs: { a: { nodes: 2 } }', 'required', '/jobs/a'],
  ['notebook: yes', 'type', '/notebook'],
  ['notebook: { port: 1.5 }', 'type', '/notebook/port'],
  ['tracking: wandb', 'pattern', '/tracking'],
  ['tracking: { kind: wandb }', 'enum', '/tracking/kind'],
  ['params: [1]', 'type', '/params'],
  ['params: { file: 1 }', 'type', '/params/file'],
  ['params: { file: a.yaml, values: 3 }', 'type', '/params/values'],
  ['outputs: runs', 'type', '/outputs'],
  ['outputs: { runs: { target: a } }', 'required', '/outputs/runs'],
  ['outputs: { model: 3 }', 'type', '/outputs/model'],
  ['services: { a: b }', 'type', '/services/a'],
  ['services: { "a b": {} }', 'propertyNames', '/services'],
  ['volumes: [a]', 'type', '/volumes'],
  ['include: a.yaml', 'type', '/include'],
  ['environment: { 1A: b }', 'propertyNames', '/environment'],
  ['environment: { A: [b] }', 'type', '/environment/A'],
  ['environment: [A: b]', 'type', '/environment/0'],
  ['environment: ["=b"]', 'pattern', '/environment/0'],
  ['secrets: [HF-TOKEN]', 'pattern', '/secrets/0'],
  ['secrets: { HF_TOKEN: { as: variable } }', 'enum', '/secrets/HF_TOKEN/as'],
  ['secrets: { HF_TOKEN: { path: a } }', 'additionalProperties', '/secrets/HF_TOKEN'],
  ['resources: { cpus: 0 }', 'exclusiveMinimum', '/resources/cpus'],
  ['resources: { cpus: two }', 'pattern', '/resources/cpus'],
  ['resources: { cpu: 2 }', 'additionalProperties', '/resources'],
  ['resources: { pids: many }', 'pattern', '/resources/pids'],
  ['cache: private', 'enum', '/cache'],
  ['seed: -1', 'minimum', '/seed'],
  ['seed: 4294967296', 'maximum', '/seed'],
  ['build: Dockerfile', 'type', '/build'],
  ['build: { run: make }', 'type', '/build/run'],
  ['build: { run: [{ user: root }] }', 'required', '/build/run/0'],
  ['build: { run: [{ command: a, after: all }] }', 'enum', '/build/run/0/after'],
  ['build: { context: . }', 'additionalProperties', '/build'],
  ['compose_file: sub/compose.yaml', 'pattern', '/compose_file'],
  ['compose_file: compose.json', 'pattern', '/compose_file'],
  ['variants: { big: { gpus: 2 } }', 'additionalProperties', '/variants/big'],
  ['variants: { big: { variants: {} } }', 'additionalProperties', '/variants/big'],
  ['trian: train.py', 'additionalProperties', ''],
]

const withOthers = (text: string) => ['framework: pytorch', 'train: train.py'].filter((line) => !text.startsWith(line.slice(0, line.indexOf(':') + 1))).concat(text).join('\n')

for (const [text, keyword, path] of VALUES) {
  test(`${text} is refused by ${keyword}`, () => {
    const config = withOthers(text)
    const errors = errorsOf(config)
    const found = errors.map((error) => `${error.keyword} ${error.instancePath}`)
    assert.ok(found.includes(`${keyword} ${path}`), `found: ${found.join(', ') || 'nothing'}`)
    assert.is(translateErrors(errors, treeOf(config)).length, 1)
  })
}

test('a config without a framework, or with nothing to run, is refused', () => {
  assert.equal(errorsOf('train: train.py').map(({ keyword, params }) => [keyword, params['missingProperty']]), [['required', 'framework']])
  const nothing = errorsOf('framework: pytorch')
  assert.ok(nothing.some(({ keyword, schemaPath }) => keyword === 'anyOf' && schemaPath === '#/anyOf'))
  assert.is(translateErrors(nothing, treeOf('framework: pytorch')).length, 1)
})

test('an error carries what its message needs: the known keys, an example, words for the pattern', () => {
  const [unknown] = errorsOf('framework: pytorch\ntrain: { command: a, restrat: no }')
  const known = Object.keys((unknown?.parentSchema as { properties: object }).properties)
  for (const key of ['command', 'restart', 'datasets', 'rerun']) assert.ok(known.includes(key), key)
  const [missing] = errorsOf('train: train.py')
  assert.equal((missing?.parentSchema as { properties: { framework: { examples: unknown } } }).properties.framework.examples, ['pytorch==2.13.0'])
  const [name] = errorsOf('framework: pytorch\ntrain: train.py\nname: Digits')
  assert.type((name?.parentSchema as Record<string, unknown>)['x-expects'], 'string')
})

test.run()
