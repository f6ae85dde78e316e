/** Secrets that stand in a config: found wherever they are, marked at their place, and no harmless value is taken for one. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { reportLiteralSecrets } from '../../../src/config/literal-secrets.ts'
import { Sink } from '../../../src/diagnostics/sink.ts'
import { parseConfig } from '../../../src/syntax/parse.ts'
import { createSource } from '../../../src/syntax/source.ts'

const TOKEN = 'hf_abcdefghijklmnopqrstuvwxyzABCDEF'
const RANDOM = 'aB3dE5fG7hJ9kL1mN'

function find(text: string): readonly string[] {
  const sink = new Sink()
  const source = createSource('mlstack.yaml', text)
  const tree = parseConfig(source, sink)
  assert.ok(tree, text)
  reportLiteralSecrets(tree, sink)
  return sink.sorted().map(({ code, primary: { span }, concealed }) => `${concealed === true ? '' : 'shown '}${code} at ${source.text.slice(span.start, span.end)}`)
}

test('known forms are found anywhere', () => {
  for (const text of [`train: python x.py --t ${TOKEN}`, `train: [python, ${TOKEN}]`, `services: {a: {labels: {b: ${TOKEN}}}}`, `x-any: {a: [{b: ${TOKEN}}]}`, `params: {a: ${TOKEN}}`, `build: {run: [{command: "x ${TOKEN}"}]}`]) {
    assert.equal(find(text).map((found) => found.split(' ')[0]), ['MLS1174'], text)
  }
  for (const text of [`environment: {A: ${TOKEN}}`, `environment: [A=${TOKEN}]`, `build: {args: {A: ${TOKEN}}}`, `services: {a: {environment: {B: ${TOKEN}}}}`]) assert.equal(find(text), [`MLS1122 at ${TOKEN}`], text)
})

test('names and randomness tell the others', () => {
  for (const text of [`train: python x.py --api-key ${RANDOM}`, `train: [x, --password=${RANDOM}]`, `train: "DB_PASSWORD=${RANDOM} python x.py"`, `notebook: {token: ${RANDOM}}`, `services: {a: {command: "--access-key=${RANDOM}"}}`]) {
    assert.is(find(text).length, 1, text)
  }
  assert.is(find(`build: {run: ["git clone https://me:${RANDOM}@host/x"]}`).length, 1)
  assert.is(find(`services: {a: {environment: {URL: "postgres://me:${RANDOM}@\${HOST}/x"}}}`).length, 1)
})

test('references, names, placeholders and places are none', () => {
  const harmless = ['train: python x.py --token $HF_TOKEN', 'build: {run: ["git clone https://me:$TOKEN@host/x"]}', 'python: {index: {url: "https://x/", secret: ARTIFACTORY_LOGIN_2024}}', 'secrets: {API_TOKEN: {environment: MY_OTHER_TOKEN_2024}}', 'secrets: {API_TOKEN: {file: ./Keys/ApiToken2024File}}', 'secrets: [API_TOKEN_2024]', 'train: python x.py --tokenizer bert-base-uncased-2024-x', `datasets: {d: {source: ./x, sha256: ${'0a1b2c3d'.repeat(8)}}}`, 'build: {from: "python:3.11@sha256:0a1b2c3d4e5f"}', 'notebook: {token: "${TOKEN:?}"}']
  for (const text of harmless) assert.equal(find(text), [], text)
})

test('whatever stands in place of a source is a secret, and the schema need not say it again', () => {
  assert.equal(find('secrets: {A: hunter2, B: {file: x}, C: }'), ['MLS1171 at hunter2'])
  assert.equal(find('train: {secrets: {A: 12345}}'), ['MLS1171 at 12345'])
  assert.equal(find('jobs: {x: {secrets: {A: "p w"}}}'), ['MLS1171 at "p w"'])
  assert.equal(find('variants: {v: {secrets: {A: hunter2}}}'), ['MLS1171 at hunter2'])
  assert.equal(find('services: {x: {secrets: [{source: A}]}}'), [])
})

test.run()
