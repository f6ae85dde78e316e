/** What each kind of change calls for, as a table: a change of the config or of files beside the work that it makes, and no more. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { Stack } from '../../../../src/plan/stack.ts'
import { classifyChanges, workFromNothing, type ChangedInput } from '../../../../src/watch/work/classify.ts'
import type { Delivery, Work } from '../../../../src/watch/work/work.ts'
import { CONFIG, FILES, plan } from '../stacks.ts'

/** Which role reads which file; what is not here is read by none. */
const READERS: Readonly<Record<string, readonly string[]>> = {
  'train.py': ['train'],
  'evaluate.py': ['evaluate'],
  'serve.py': ['serve'],
  'model.py': ['train', 'evaluate', 'serve'],
  'metrics.py': ['evaluate', 'serve'],
}
const reaches = (role: string, path: string) => READERS[path]?.includes(role) === true
const code = (path: string): ChangedInput => ({ kind: 'code', path })

/** Work in short: only what is there, and `jobs from 1` for the second job. */
function shorten(work: Work): Readonly<Record<string, unknown>> {
  const deliver = (prefix: string, { copy, restart, up, renew }: Delivery) => ({ [`${prefix}copy`]: copy, [`${prefix}restart`]: restart, [`${prefix}up`]: up, [`${prefix}renew`]: renew })
  const sets = { ...deliver('', work.now), build: work.build, remove: work.remove, ...deliver('held ', work.held) }
  const given = Object.entries(sets).filter(([, set]) => set.size > 0).map(([name, set]) => [name, [...set].sort().join(' ')])
  return Object.fromEntries([...given, ...(work.jobsFrom === undefined ? [] : [['jobs from', work.jobsFrom]])])
}

const classify = (changes: readonly ChangedInput[], after: Stack = plan().stack, before: Stack = plan().stack) => shorten(classifyChanges({ before, after, changes, reaches }))

const files: readonly (readonly [string, readonly ChangedInput[], Readonly<Record<string, unknown>>])[] = [
  ['code of the server alone goes into it at once', [code('serve.py')], { copy: 'serve.py', restart: 'serve', build: 'train' }],
  ['code of the first job runs all jobs', [code('train.py')], { build: 'train', 'jobs from': 0, 'held copy': 'train.py' }],
  ['code of the second job runs that one', [code('evaluate.py')], { build: 'train', 'jobs from': 1, 'held copy': 'evaluate.py' }],
  ['code of all goes into the server with the model that it made', [code('model.py')], { build: 'train', 'jobs from': 0, 'held copy': 'model.py', 'held restart': 'serve' }],
  ['code of a later job and the server', [code('metrics.py')], { build: 'train', 'jobs from': 1, 'held copy': 'metrics.py', 'held restart': 'serve' }],
  ['what nobody reads restarts nobody', [code('README.md')], { copy: 'README.md', build: 'train' }],
  ['a server need not wait for a job that changes in the same moment', [code('serve.py'), code('train.py')], { copy: 'serve.py', restart: 'serve', build: 'train', 'jobs from': 0, 'held copy': 'train.py' }],
  ['packages change all that runs in the image', [{ kind: 'dependency', images: ['train'] }], { build: 'train', 'jobs from': 0, 'held up': 'serve' }],
  ['the environment is Compose\'s affair', [{ kind: 'environment', jobs: [] }], { up: 'serve' }],
  ['unless a job has others settings by it', [{ kind: 'environment', jobs: ['evaluate'] }], { 'jobs from': 1, 'held up': 'serve' }],
  ['a file that is included concerns what it may have in it', [{ kind: 'included' }], {}],
  ['a secret that is a file is mounted anew', [{ kind: 'secret', services: ['serve'] }], { renew: 'serve' }],
  ['nothing', [], {}],
]
for (const [name, changes, expected] of files) test(name, () => assert.equal(classify(changes), expected))

const configs: readonly (readonly [string, (config: string) => string, Readonly<Record<string, unknown>>])[] = [
  ['a comment changes nothing', (config) => `# new\n${config}`, {}],
  ['the long form of the same changes nothing', (config) => config.replace('train: train.py', 'train: { command: [python, train.py] }'), {}],
  ['a port concerns the server', (config) => config.replace('8080', '9090'), { up: 'serve' }],
  ['a gate concerns the last job', (config) => config.replace('0.9', '0.8'), { 'jobs from': 1 }],
  ['a variable concerns everybody', (config) => `${config}environment: { MODE: fast }\n`, { 'jobs from': 0, 'held up': 'serve' }],
  ['another framework is another image', (config) => config.replace('1.5.2', '1.6.1'), { build: 'train', 'jobs from': 0, 'held up': 'serve' }],
  ['what stays out of the image builds it, and runs nothing', (config) => `${config}build: { ignore: [notes] }\n`, { build: 'train' }],
  ['a dataset more is one mount more in the jobs, and stays out of the image', (config) => config.replace('datasets: {', 'datasets: { more: ./data,'), { build: 'train', 'jobs from': 0 }],
  ['a service of the user\'s is brought up', (config) => `${config}services: { cache: { image: "redis:7" } }\n`, { up: 'cache' }],
  ['one with a profile is not', (config) => `${config}services: { cache: { image: "redis:7", profiles: [extra] } }\n`, {}],
  ['a notebook is for a person to start, and to build', (config) => `${config}notebook: true\n`, {}],
  ['one that is built is built', (config) => `${config}services: { ui: { build: ./ui } }\n`, { build: 'ui', up: 'ui' }],
  ['a service that has gone is removed', (config) => config.replace(/serve: .*\n/, ''), { remove: 'serve' }],
  ['a network may concern all that stays up', (config) => `${config}networks: { inner: { internal: true } }\n`, { up: 'serve' }],
]
for (const [name, edit, expected] of configs) {
  test(name, () => {
    const after = plan(edit(CONFIG))
    assert.equal(classify([], after.stack), expected)
    assert.equal(classify([], after.stack, after.stack), {})
  })
}

const PIPELINE = `${CONFIG}jobs: { prep: { command: prep.py, outputs: [prepared], params: { size: 1 } } }
params: { lr: 1 }
`.replace('train: train.py', 'train: { command: train.py, depends_on: [prep], params: { depth: 2 } }').replace('datasets: {', 'datasets: { far: "https://example.com/far.csv",')

const WITH_PREP = { ...FILES, 'prep.py': '' }

/** Jobs in their order: fetch-far, prep, train, evaluate. */
const pipelines: typeof configs = [
  ['a parameter of one job runs that one and those after it', (config) => config.replace('depth: 2', 'depth: 3'), { 'jobs from': 2 }],
  ['a parameter of an earlier job begins there', (config) => config.replace('size: 1', 'size: 2'), { 'jobs from': 1 }],
  ['a parameter of all jobs concerns no server and no fetch', (config) => config.replace('lr: 1', 'lr: 2'), { 'jobs from': 1 }],
  ['an output more of one job', (config) => config.replace('[prepared]', '[prepared, more]'), { 'jobs from': 1, build: 'train' }],
  ['another source begins with its fetch', (config) => config.replace('far.csv', 'near.csv'), { 'jobs from': 0 }],
  ['a job that waits for no other any more is the first to run', (config) => config.replace('depends_on: [prep], ', ''), { 'jobs from': 1 }],
]
for (const [name, edit, expected] of pipelines) test(name, () => assert.equal(classify([], plan(edit(PIPELINE), WITH_PREP).stack, plan(PIPELINE, WITH_PREP).stack), expected))

test('a file that is included brings up what stands in it, and no server of ours', () => {
  const { stack } = plan(`${CONFIG}include: [side.yaml]\n`, { ...FILES, 'side.yaml': 'services: { cache: { image: "redis:7" }, extra: { image: "redis:7", profiles: [more] } }\n' })
  assert.equal(classify([{ kind: 'included' }], stack, stack), { up: 'cache' })
})

test('without a plan before, and for another project, everything is done', () => {
  const { stack } = plan()
  const all = { build: 'train', 'jobs from': 0, 'held up': 'serve' }
  assert.equal(shorten(workFromNothing(stack)), all)
  assert.equal(shorten(classifyChanges({ before: undefined, after: stack, changes: [], reaches })), all)
  assert.equal(classify([], plan(CONFIG.replace('name: digits', 'name: other')).stack), all)
})

test('without jobs nothing is held back', () => {
  const { stack } = plan('name: one\nframework: python\nserve: serve.py\nservices: { later: { image: a:1, profiles: [x] } }\n', FILES)
  assert.equal(shorten(workFromNothing(stack)), { build: 'serve', up: 'serve' })
  assert.equal(classify([code('model.py')], stack, stack), { copy: 'model.py', restart: 'serve', build: 'serve' })
})

test.run()
