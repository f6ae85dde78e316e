/** The facts agree with each other, and each says where it is from. */
import { readFileSync, readdirSync } from 'node:fs'
import { compare } from '@renovatebot/pep440'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { findOldestDriver, isCudaPackage } from '../../../src/facts/cuda.ts'
import { findFramework, FRAMEWORK_NAMES } from '../../../src/facts/frameworks.ts'
import { DEFAULT_PYTHON, imageOfPython, PYTHONS } from '../../../src/facts/images.ts'
import { findModel, kindsOfMetric, metricsOfKinds, MODELS } from '../../../src/facts/models.ts'
import { fillTracking, trackingFacts } from '../../../src/facts/tracking.ts'
import { buildPackagesOf, fetchPackagesOf, runtimePackagesOf } from '../../../src/facts/packages.ts'

const DATA = new URL('../../../src/facts/data/', import.meta.url)
const PYTHON_VERSIONS = PYTHONS.map(({ version }) => version)

for (const name of readdirSync(DATA)) {
  test(`${name} says where it is from, and when it was checked`, () => {
    const { source, checked } = JSON.parse(readFileSync(new URL(name, DATA), 'utf8')) as { source: readonly string[]; checked: string }
    assert.ok(source.length > 0)
    assert.match(checked, /^\d{4}-\d{2}-\d{2}$/)
  })
}

test('names and aliases lead to one framework', () => {
  assert.equal(['sklearn', 'torch', 'tf', 'scikit-learn', 'jax', 'onnx', 'python', 'constructor'].map((name) => findFramework(name)?.title), [
    'scikit-learn', 'PyTorch', 'TensorFlow', 'scikit-learn', 'JAX', 'ONNX Runtime', undefined, undefined,
  ])
  for (const name of ['jax', 'xgboost', 'lightgbm', 'transformers', 'onnx', 'python']) assert.ok(FRAMEWORK_NAMES.includes(name), name)
  assert.is(new Set(FRAMEWORK_NAMES).size, FRAMEWORK_NAMES.length)
})

test('Pythons ascend, and the default is one of them that is alive', () => {
  assert.equal(PYTHON_VERSIONS, [...PYTHON_VERSIONS].sort(compare))
  assert.is(PYTHONS.find(({ version }) => version === DEFAULT_PYTHON)?.endOfLife, undefined)
  assert.is(imageOfPython('3.11.9'), 'python:3.11.9-slim-bookworm')
})

test('every type of model of the language is known', () => {
  const types = 'linear-regression logistic-regression svm random-forest gradient-boosting clustering mlp cnn rnn transformer recommender time-series autoencoder gan diffusion reinforcement-learning custom'
  assert.equal(MODELS.map(({ name }) => name), types.split(' '))
  assert.is(findModel('toString'), undefined)
  for (const { metrics, startPeriod } of MODELS) {
    assert.match(startPeriod, /^\d+s$/)
    for (const kind of metrics ?? []) assert.ok(metricsOfKinds([kind]).length > 0, kind)
  }
})

test('a metric belongs to kinds, whatever it was measured on', () => {
  assert.equal(['accuracy', 'val_accuracy', 'Test-F1', 'rmse', 'my_score'].map(kindsOfMetric), [['classification'], ['classification'], ['classification'], ['regression'], []])
})

test('a tracking server listens where it is told, and its client is known for every Python from its oldest on', () => {
  for (const kind of ['mlflow', 'tensorboard'] as const) {
    const facts = trackingFacts(kind)
    assert.ok(facts.command.map((word) => fillTracking(word, facts, 7000)).includes('--port=7000'))
    const oldest = facts.client.releases.map(({ oldestPython }) => oldestPython)
    assert.equal(oldest, [...oldest].sort(compare))
    assert.equal(facts.requirements.every((requirement) => /==[\d.]+$/.test(requirement)), true)
  }
})

test('look-ups know nothing of what is not there', () => {
  assert.equal([buildPackagesOf('constructor'), runtimePackagesOf('__proto__'), fetchPackagesOf('https://example.org')], [[], [], []])
  assert.is(findOldestDriver('99.0'), undefined)
  assert.equal(['nvidia-cudnn-cu12', 'nvidia-cublas', 'nvidia-ml-py', 'torch'].map(isCudaPackage), [true, true, false, false])
})

test.run()
