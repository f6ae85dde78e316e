/** What holds for every config, shown on configs that nobody wrote. */
import fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { stringify } from 'yaml'
import { compile } from '../../src/compile.ts'
import { createMemoryProject } from '../../src/project/memory-project.ts'
import { findComposeProblems, findDockerfileProblems } from '../golden/lint.ts'
import { runs } from './runs.ts'

const project = createMemoryProject({ 'train.py': '', 'evaluate.py': '', 'serve.py': '', 'data/a.csv': '', 'data/b.csv': '' })
const compileText = (text: string) => compile({ name: 'mlstack.yaml', bytes: new TextEncoder().encode(text) }, project, { outputFolder: '.' })

const printable = fc.string({ unit: 'binary', maxLength: 30 }).map((text) => text.replace(/[\0-\x1f\x7f-\x9f\ud800-\udfff]/g, ''))
const word = printable.map((text) => `x${text.replaceAll('$', '')}`)

/** Configs that the language allows, with texts of every kind in them. */
const configs = fc.record(
  {
    name: fc.constant('case'),
    framework: fc.constantFrom('scikit-learn', 'pytorch==2.13.0', 'tensorflow>=2.16', 'python'),
    python: fc.constantFrom('3.11', '3.12'),
    datasets: fc.constantFrom({ a: './data/a.csv' }, { a: { source: './data/a.csv', access: 'rw' }, b: './data/b.csv' }),
    train: fc.oneof(fc.constant('train.py'), fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => ({ command: ['python', ...words] }))),
    evaluate: fc.record({ command: fc.constant('evaluate.py'), require: fc.constantFrom({ score: '>= 0.5' }, { score: ['> 0', '< 1'] }) }),
    serve: fc.record({ command: fc.constant('serve.py'), port: fc.integer({ min: 1024, max: 65535 }), health: fc.constantFrom<string | false>('/ready', false) }),
    environment: fc.dictionary(fc.stringMatching(/^APP_[A-Z]{1,5}$/), word, { maxKeys: 3 }),
    resources: fc.record({ memory: fc.constantFrom('512m', '16GB'), cpus: fc.constantFrom(0.5, 2) }),
  },
  { requiredKeys: ['name', 'framework', 'train'] },
)

test('compiling never throws, on any text', () => {
  fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json()), (text) => void compileText(text)))
})

test('a config that is allowed compiles, to the same bytes every time, and to files without findings', () => {
  fc.assert(
    fc.property(configs, (config) => {
      const text = stringify(config)
      const { diagnostics, files } = compileText(text)
      assert.equal(diagnostics.filter(({ severity }) => severity === 'error'), [], text)
      assert.equal(compileText(text).files, files)
      for (const { path, text: content } of files) {
        if (path === 'compose.yaml') assert.equal(findComposeProblems(content), [], content)
        if (path.endsWith('.Dockerfile')) assert.equal(findDockerfileProblems(content), [], content)
      }
    }),
    runs(60),
  )
})

test('comments and spacing change nothing', () => {
  fc.assert(
    fc.property(configs, fc.stringMatching(/^[a-z ]{0,20}$/), (config, comment) => {
      const spread = stringify(config, { indent: 4 }).replace(/^(\w+):/gm, `\n# ${comment}\n$1:`)
      assert.equal(compileText(spread).files, compileText(stringify(config)).files)
    }),
    runs(30),
  )
})

test.run()
