/** What holds for every config of data, jobs, parameters and outputs, however odd: it is compiled or refused, and nothing is thrown. */
import fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { stringify } from 'yaml'
import { compile } from '../../src/compile.ts'
import { createMemoryProject } from '../../src/project/memory-project.ts'
import { findComposeProblems } from '../golden/lint.ts'
import { runs } from './runs.ts'

const FILES = { 'train.py': '', 'evaluate.py': '', 'data/a.csv': '', 'params.yaml': 'lr: 1\n', 'bad.yaml': 'a: [1\n', 'bad.toml': 'a = \n', 'bad.json': '{"a": ]', 'list.yaml': '- 1\n' }
const project = createMemoryProject(FILES)

const name = fc.constantFrom('a', 'b', 'train', 'evaluate', 'serve', 'fetch-a', 'fetch-model', 'model', 'checkpoints', 'A b', 'a_b', 'a-b', '__proto__', 'constructor', '')
const path = fc.constantFrom('./data', 'data/a.csv', '.', '..', '/', '~', '~/x', '/etc', 'volume:v', 'volume:', 's3://b/x', 'gs://', 'hf://datasets/o/n', 'hf://o/n@r/x', 'https://h/x.zip?sig=1', '$X', '${X:-./data}', 's3://$B/x', '${', '.mlstack', 'data:/x', 'train.py', '/app', '/data/a')
const odd = fc.oneof(fc.constantFrom<unknown>(null, true, 0, -1, Number.NaN, Number.POSITIVE_INFINITY, '', [], {}, [null], [[]], 'x', '$RESUME', '$PARAM_LR'), fc.jsonValue({ maxDepth: 2 }))
const orOdd = <T>(usual: fc.Arbitrary<T>) => fc.oneof({ weight: 6, arbitrary: usual as fc.Arbitrary<unknown> }, { weight: 1, arbitrary: odd })
const some = (model: Record<string, fc.Arbitrary<unknown>>) => fc.record(model, { requiredKeys: [] })
const named = (value: fc.Arbitrary<unknown>) => fc.dictionary(name, value, { maxKeys: 3 })
const names = fc.array(name, { maxLength: 3 })

const source = orOdd(fc.oneof(path, some({ source: orOdd(path), mount: orOdd(path), sha256: orOdd(fc.constant('ab'.repeat(32))), extract: orOdd(fc.constantFrom('auto', true)), access: orOdd(fc.constantFrom('ro', 'rw')), include: orOdd(names), for: orOdd(names), check: orOdd(fc.constantFrom('content', 'stat', 'none')) })))
const params = orOdd(fc.oneof(fc.constantFrom('params.yaml', 'bad.yaml', 'bad.toml', 'bad.json', 'list.yaml', 'data', 'none.yaml', '../x'), named(odd), some({ file: orOdd(fc.constantFrom('params.yaml', 'bad.toml')), values: orOdd(named(odd)) })))
const outputs = orOdd(fc.oneof(fc.array(path, { maxLength: 3 }), named(orOdd(fc.oneof(path, some({ path: orOdd(path), target: orOdd(path) }))))))
const command = fc.constantFrom<unknown>('train.py', 'pytest -q', 'python train.py $PARAM_LR $RESUME ${X:-1}', ['python', 'train.py', '$PARAM_LR', '$MODEL_DIR'], ['$RESUME'])
const waiting = fc.oneof(names, named(some({ condition: orOdd(fc.constantFrom('service_healthy', 'service_started', 'service_completed_successfully')), required: orOdd(fc.boolean()) })))
const role = orOdd(fc.oneof(command, some({ command: orOdd(command), datasets: orOdd(names), params, outputs, rerun: orOdd(fc.constantFrom('changed', 'always', 'never')), depends_on: orOdd(waiting), profiles: orOdd(names), environment: orOdd(fc.dictionary(fc.constantFrom('PARAM_LR', 'RESUME', 'X', 'DATASET_A'), odd, { maxKeys: 2 })) })))

const configs = fc.record(
  {
    name: fc.constant('case'),
    framework: fc.constantFrom('scikit-learn', 'python'),
    model: orOdd(some({ type: fc.constant('mlp'), source })),
    datasets: orOdd(named(source)),
    train: role,
    evaluate: role,
    serve: role,
    jobs: orOdd(named(role)),
    params,
    outputs,
    services: named(fc.constant({ image: 'redis:7', depends_on: ['train'] })),
  },
  { requiredKeys: ['name', 'framework'] },
)

test('data, jobs, parameters and outputs of any kind are compiled or refused, and never throw', () => {
  fc.assert(
    fc.property(configs, (config) => {
      const text = stringify(config)
      const { diagnostics, files, hasErrors } = compile({ name: 'mlstack.yaml', bytes: new TextEncoder().encode(text) }, project, { outputFolder: '.' })
      assert.is(files.length > 0, !hasErrors)
      for (const { message } of diagnostics) assert.not.match(message, /undefined|\[object/, text)
      const places = diagnostics.map(({ code, primary, message }) => `${code} ${primary.span.source.name} ${primary.span.start} ${message}`)
      assert.equal([...new Set(places)], places, text)
      const compose = files.find((file) => file.path === 'compose.yaml')
      if (compose !== undefined) assert.equal(findComposeProblems(compose.text), [], compose.text)
    }),
    runs(300),
  )
})

test.run()
