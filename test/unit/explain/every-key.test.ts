/** Every key of the language has an answer: what it is for and takes, what a config has there, and for each part of the file what was decided of it. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { ROOT } from '../../../src/build/paths.ts'
import { lookAt, type ConfigAtHand } from '../../../src/explain/at-hand.ts'
import { findKeys, listEveryKey } from '../../../src/explain/find-key.ts'
import { takesOf } from '../../../src/explain/takes.ts'
import { createMemoryProject } from '../../../src/project/memory-project.ts'
import { listSections, type Schema } from '../../../src/schema/keys.ts'

const bundle = JSON.parse(readFileSync(join(ROOT, 'mlstack.schema.json'), 'utf8')) as Schema

test('every key is found by its name, and says what it is for and what it takes', () => {
  const keys = listEveryKey(bundle)
  for (const { name, key } of keys) {
    const description = String(key.schema['description'] ?? '')
    assert.equal(findKeys(name, keys).map((found) => found.name), [name])
    assert.ok(description.length > 10 && description.endsWith('.') && takesOf(key.schema, () => '') !== '', name)
  }
})

const PROJECT = createMemoryProject({ 'train.py': '', 'evaluate.py': '', 'serve.py': '', 'prep.py': '', 'data.csv': '', 'params.yaml': 'lr: 0.1\nnet: { depth: 2 }\n', 'side.yaml': 'services: { helper: { image: "redis:7" } }\n' })

const CONFIG = `name: a
framework: pytorch
model: mlp
gpu: true
python: "3.11"
system: [ffmpeg]
code: [.]
datasets: { digits: data.csv, far: "https://example.com/far.csv" }
params: params.yaml
outputs: { checkpoints: ckpt, runs: ./runs }
environment: { LEVEL: info, TOKEN_NAME: null }
secrets: [HF_TOKEN]
resources: { cpus: 2 }
seed: 42
build: { run: [echo a] }
services: { redis: { image: "redis:7" } }
include: [side.yaml]
jobs: { prep: { command: prep.py, rerun: always }, check: { command: prep.py, depends_on: [evaluate] } }
train: { command: train.py, depends_on: [prep], params: { lr: 3, batch: 8 } }
evaluate: evaluate.py
serve: serve.py
notebook: true
tracking: mlflow
variants: { quick: { params: { lr: 9 } } }
`

/** Parts of which there is nothing to decide: what stands there is all there is. */
const PLAIN = ['version', 'name', 'volumes', 'networks', 'configs', 'cache', 'compose_file', 'variants']

const look = (variant?: string) => lookAt({ name: 'mlstack.yaml', bytes: new TextEncoder().encode(CONFIG) }, PROJECT, variant)

test('every part of a file says what was decided of it', () => {
  const config = look()
  assert.equal(config.diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message), [])
  for (const { name } of listSections(bundle)) {
    if (PLAIN.includes(name)) continue
    assert.ok(config.decisionsAt([name]).length > 0, name)
  }
})

const told = (config: ConfigAtHand, service: string) => {
  const found = config.services.find(({ name }) => name === service)
  return found?.decisions.map(({ subject, value, because }) => `${subject}: ${value} (${because})`) ?? []
}

test('a job: what it waits for, when it runs again, its parameters and its outputs', () => {
  const train = told(look(), 'train')
  for (const line of [
    'waits for: fetch-far (what they fetch is mounted here)',
    'waits for: prep (asked for by `depends_on`: it must have succeeded)',
    'runs again: when something has changed (what counts: code, packages, command, variables, parameters, the datasets DIGITS, FAR, what prep depends on; else it is skipped)',
    'model: begins a new candidate (a job that fails leaves the model in service as it was)',
    'parameter: lr=3 (from the `params` of train)',
    'parameter: net.depth=2 (from params.yaml)',
    'parameter: batch=8 (from the `params` of train)',
    'output: /app/runs, in ./runs (given; what is written there belongs to MLSTACK_UID)',
    'variable: TOKEN_NAME (given for every job and service; its value is the shell\'s at `up`)',
    'secret: HF_TOKEN, as a variable and /run/secrets/HF_TOKEN (secrets are for every job; from $HF_TOKEN of the shell or .env)',
  ]) assert.ok(train.includes(line), `${line}\nnot in\n${train.join('\n')}`)
  assert.ok(train.some((line) => /^checkpoints: .*, in ckpt \(given; /.test(line)), train.join('\n'))
  assert.ok(told(look(), 'prep').includes('runs again: always (whether or not anything has changed)'))
  assert.ok(told(look(), 'check').some((line) => /^runs again: .*the model in service; else/.test(line)))
  assert.ok(told(look(), 'check').includes('model: the one promoted last (the job has no part in making it)'))
  assert.not.ok(told(look(), 'serve').some((line) => /^(?:runs again|parameter|seed|checkpoints|secret): /.test(line)))
  assert.equal(told(look(), 'helper'), ['service: as it is written (it stands in a Compose file that is included)'])
})

test('a parameter is shown at its key, with its file and the key that names it; a variant counts', () => {
  const found = look().decisionsAt(['params'])
  assert.equal(found.map(({ value, places }) => [value, ...places.map(({ file, line }) => `${file}:${line}`)]), [['net.depth=2', 'params.yaml:2', 'mlstack.yaml:9'], ['lr=0.1', 'params.yaml:1', 'mlstack.yaml:9']])
  assert.equal(look().decisionsAt(['train', 'params']).map(({ value }) => value), ['lr=3', 'batch=8'])
  assert.ok(told(look('quick'), 'prep').includes('parameter: lr=9 (from the `params` of all jobs)'))
})

test.run()
