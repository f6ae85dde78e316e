/** The type of model: what goes with it, what it needs, and which metrics say something about it. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { Sink } from '../../../src/diagnostics/sink.ts'
import { FRAMEWORKS } from '../../../src/facts/frameworks.ts'
import { MODELS } from '../../../src/facts/models.ts'
import { createMemoryProject } from '../../../src/project/memory-project.ts'
import { decideOwnImage } from '../../../src/resolve/own-image.ts'
import { configOf, resolve, resolveQuietly, textOf } from './setup.ts'

const IMPOSSIBLE: readonly (readonly [framework: string, model: string, help: RegExp])[] = [
  ['scikit-learn', 'cnn', /^use framework: pytorch or framework: tensorflow .*, or one of the models that it has: `/],
  ['sklearn', 'transformer', /^use framework: pytorch or framework: tensorflow/],
  ['scikit-learn', 'diffusion', /pytorch/],
  ['pytorch', 'random-forest', /^use framework: scikit-learn/],
  ['torch', 'gradient-boosting', /^use framework: scikit-learn/],
]
for (const [framework, model, help] of IMPOSSIBLE) {
  test(`${framework} has no ${model}`, () => {
    const { diagnostics, problems } = resolve(`framework: ${framework}\nmodel: ${model}`)
    assert.equal(problems, [`MLS2006 at ${model}`])
    assert.match(diagnostics[0]?.help ?? '', help)
    assert.equal(diagnostics[0]?.related.map(({ span }) => textOf(span)), [framework])
  })
}

test('every model goes with some framework, with plain Python, and beside another framework', () => {
  for (const { name, frameworks } of MODELS) {
    assert.ok(frameworks.every((framework) => FRAMEWORKS.some((facts) => facts.name === framework)), name)
    resolveQuietly(`framework: python\nmodel: ${name}`)
    resolveQuietly(`framework: [scikit-learn, pytorch]\nmodel: ${name}`)
  }
})

test('every framework holds a custom model, which is the default', () => {
  for (const { name } of FRAMEWORKS) {
    const withModel = resolveQuietly(`framework: ${name}\nmodel: custom`)
    const without = resolveQuietly(`framework: ${name}`)
    assert.equal({ ...withModel, decisions: [] }, { ...without, decisions: [] })
  }
})

const NEEDS: readonly (readonly [config: string, shm: string | undefined, startPeriod: string])[] = [
  ['framework: pytorch\nmodel: cnn', '8gb', '120s'],
  ['framework: pytorch', '2gb', '60s'],
  ['framework: pytorch\nmodel: linear-regression', undefined, '30s'],
  ['framework: scikit-learn\nmodel: mlp', undefined, '60s'],
  ['framework: tensorflow\nmodel: {type: transformer}', undefined, '180s'],
  ['framework: python', undefined, '60s'],
]
for (const [config, shm, startPeriod] of NEEDS) {
  test(`${config.replace('\n', ', ')} needs ${shm ?? 'no'} shared memory`, () => {
    const environment = resolveQuietly(config)
    assert.is(environment.shmSize, shm)
    assert.is(environment.startPeriod, startPeriod)
  })
}

test('an image of the user\'s shares as much memory as one of ours, also with several GPUs', () => {
  for (const gpu of ['', 'gpu: 2', 'gpu: all', 'gpu: ["0", "1"]']) {
    const config = `framework: pytorch\nmodel: mlp\n${gpu}`
    const own = decideOwnImage(configOf(`${config}\nbuild: { dockerfile: Dockerfile }`, new Sink()), createMemoryProject({}), new Sink())
    assert.is((own?.gpu ?? own?.cpu)?.shmSize, resolveQuietly(config).shmSize, gpu)
  }
})

const METRICS: readonly (readonly [model: string, metric: string, isWarned: boolean])[] = [
  ['linear-regression', 'accuracy', true],
  ['linear-regression', 'val_accuracy', true],
  ['linear-regression', 'mse', false],
  ['linear-regression', 'test-rmse', false],
  ['logistic-regression', 'mae', true],
  ['clustering', 'accuracy', true],
  ['clustering', 'silhouette', false],
  ['gan', 'fid', false],
  ['gan', 'accuracy', true],
  ['mlp', 'accuracy', false],
  ['mlp', 'my_score', false],
  ['custom', 'fid', false],
  ['{type: mlp, task: regression}', 'accuracy', true],
  ['{type: mlp, task: regression}', 'mse', false],
  ['{task: classification}', 'rmse', true],
  ['{type: mlp, task: something-else}', 'accuracy', false],
]
for (const [model, metric, isWarned] of METRICS) {
  test(`${metric} of a model ${model} is ${isWarned ? 'implausible' : 'plausible'}`, () => {
    const { diagnostics, problems } = resolve(`framework: tensorflow\nmodel: ${model}\nevaluate: {command: e.py, require: {${metric}: ">= 0.9"}}`)
    assert.equal(problems, isWarned ? [`MLS2011 at ${metric}`] : [])
    assert.ok(diagnostics.every(({ severity }) => severity === 'warning'))
  })
}

test.run()
