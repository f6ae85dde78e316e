/** What is fetched, into which volume and when again is told of each fetch, and whoever waits for it says so. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { explain } from '../../../src/explain.ts'
import { createMemoryProject } from '../../../src/project/memory-project.ts'

function decisionsOf(config: string): ReadonlyMap<string, readonly string[]> {
  const project = createMemoryProject({ 'train.py': '', 'evaluate.py': '', 'serve.py': '', 'model/weights': '' })
  const { services, images } = explain({ name: 'mlstack.yaml', bytes: new TextEncoder().encode(`name: a\nframework: python\n${config}`) }, project)
  return new Map([...images, ...services].map(({ name, decisions }) => [name, decisions.map(({ subject, value, because }) => `${subject}: ${value} (${because})`)]))
}

test('a fetch', () => {
  const found = decisionsOf('datasets: { a: { source: "https://example.com/a.zip?$QUERY", include: ["*.csv"] }, b: "volume:notes" }\nsecrets: { TOKEN: { for: [fetch-a] } }\ntrain: train.py\n')
  assert.equal(found.get('fetch-a'), [
    'fetches: https://example.com/a.zip?…, the dataset a (asked for; of it *.csv)',
    'volume: dataset-a (it takes the place of what is there only when it is complete)',
    'fetches again: when what is asked for changes (that is source, sha256, include and extract; or when the volume is removed)',
    'verified by: its size (no `sha256` is given)',
    'secret: TOKEN (granted to it)',
  ])
  const train = found.get('train') ?? []
  assert.ok(train.includes('waits for: fetch-a (what they fetch is mounted here)'))
  assert.ok(train.includes('dataset: /data/a, read-only (datasets are for every job)'))
  assert.ok(train.includes('dataset: /data/b, read-only (datasets are for every job)'))
  assert.ok(found.get('fetch')?.some((line) => line.startsWith('base image: python:3.11-slim-bookworm')))
})

test('a model source, by what it is to each role', () => {
  const source = 'model: { source: ./model }\n'
  const told = (config: string, role: string) => decisionsOf(`${source}${config}`).get(role)?.filter((line) => /^model/.test(line))
  assert.equal(told('train: train.py\n', 'train')?.at(-1), 'model source: /base-model, read-only (where training starts from, $BASE_MODEL_DIR)')
  assert.equal(told('evaluate: evaluate.py\n', 'evaluate'), [
    'model: a copy of model.source, which is promoted (a job that fails leaves the model in service as it was)',
    'model source: /base-model, read-only (the candidate begins with a copy of it)',
  ])
  assert.equal(told('serve: serve.py\n', 'serve'), ['model source: /base-model, read-only (the model itself, $MODEL_DIR)'])
})

test.run()
