/** Builds for a GPU: which one fits, and what is said where none does. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { resolve, resolveQuietly, textOf } from './setup.ts'

const BUILDS: readonly (readonly [config: string, version: string, build: string])[] = [
  ['framework: pytorch==2.5.1\ngpu: true', '2.5.1', 'cu124'],
  ['framework: pytorch==2.13.0\ngpu: {cuda: "12.6"}', '2.13.0', 'cu126'],
  ['framework: pytorch==2.13.0\ngpu: {cuda: "12"}', '2.13.0', 'cu126'],
  ['framework: pytorch==2.13.0\ngpu: {driver: "550"}', '2.13.0', 'cu126'],
  ['framework: pytorch==2.13.0\ngpu: {driver: "580.95.05"}', '2.13.0', 'cu130'],
  // A branch stands for its newest driver, and an experimental build is taken only where it is asked for.
  ['framework: pytorch==2.13.0\ngpu: {driver: "580"}', '2.13.0', 'cu130'],
  ['framework: pytorch==2.13.0\ngpu: {cuda: "13.2"}', '2.13.0', 'cu132'],
  ['framework: pytorch\ngpu: {driver: "570", arch: RTX 5090}', '2.11.0', 'cu128'],
  ['framework: pytorch\ngpu: {driver: "550", arch: [V100, H100]}', '2.14.1', 'cu126'],
  ['framework: pytorch==2.13.0+cu126\ngpu: true', '2.13.0', 'cu126'],
  // The newest version that has the build.
  ['framework: pytorch\ngpu: {cuda: "12.4"}', '2.6.0', 'cu124'],
  ['framework: pytorch\ngpu: {cuda: "12.4.1"}', '2.6.0', 'cu124'],
  ['framework: pytorch\ngpu: auto', '2.15.0', 'cu132'],
]
for (const [config, version, build] of BUILDS) {
  test(`${config.replace('\n', ', ')} is ${build}`, () => {
    const { framework } = resolveQuietly(config)
    assert.is(framework?.version, version)
    assert.is(framework?.index?.url, `https://download.pytorch.org/whl/${build}`)
    assert.match(framework?.requirements[0] ?? '', `torch==${version}+${build}`)
  })
}

test('`gpu: false` is no GPU', () => {
  assert.match(resolveQuietly('framework: pytorch\ngpu: false').framework?.index?.url ?? '', 'whl/cpu')
})

test('scikit-learn has no GPU build', () => {
  const { problems, diagnostics } = resolve('framework: scikit-learn\ngpu: true')
  assert.equal(problems, ['MLS2007 at true'])
  assert.is(diagnostics[0]?.message, 'scikit-learn runs on the CPU alone')
  assert.is(diagnostics[0]?.help, 'use gpu: false, or framework: pytorch or framework: tensorflow or framework: jax or framework: xgboost or framework: onnx')
  assert.equal(diagnostics[0]?.related.map(({ span }) => textOf(span)), ['scikit-learn'])
})

test('a GPU is fine for plain Python, for one of two frameworks, and for one that only the requirements name', () => {
  resolveQuietly('framework: python\ngpu: true')
  resolveQuietly('framework: [scikit-learn, pytorch]\ngpu: true')
  assert.match(resolveQuietly('framework: scikit-learn\ngpu: true', { 'requirements.txt': 'torch\n' }).framework?.index?.url ?? '', '/cu132')
})

const NONE: readonly (readonly [config: string, problem: string, message: string, help: string])[] = [
  ['framework: pytorch==2.13.0\ngpu: {cuda: "12.4"}', 'MLS2010 at "12.4"', 'PyTorch 2.13 has no build for CUDA 12.4', 'use framework: pytorch==2.6.0'],
  ['framework: pytorch==2.13.0\ngpu: {cuda: "14.0"}', 'MLS2010 at "14.0"', 'PyTorch 2.13 has no build for CUDA 14.0', 'use cuda: "13.0"'],
  ['framework: pytorch==2.13.0\ngpu: {driver: "470"}', 'MLS2019 at "470"', 'the driver 470 is too old for every build of PyTorch 2.13, which needs 525.60.13 or newer', 'use framework: pytorch==2.7.1'],
  ['framework: tensorflow==2.13.0\ngpu: true', 'MLS2010 at true', 'TensorFlow 2.13 has no build that brings CUDA', 'use framework: tensorflow==2.14.0'],
]
for (const [config, problem, message, help] of NONE) {
  test(`${config.replace('\n', ', ')} gives ${problem}`, () => {
    const { problems, diagnostics } = resolve(config)
    assert.equal(problems, [problem])
    assert.is(diagnostics[0]?.message, message)
    assert.is(diagnostics[0]?.help, help)
  })
}

const OTHER_BUILDS: readonly (readonly [config: string, message: string])[] = [
  ['framework: pytorch==2.13.0+cu126', '`2.13.0+cu126` is a build for a GPU, but none is asked for'],
  ['framework: pytorch==2.13.0+cpu\ngpu: true', '`2.13.0+cpu` is no build for CUDA, but a GPU is asked for'],
]
for (const [config, message] of OTHER_BUILDS) {
  test(`${config.replace('\n', ', ')} disagrees`, () => {
    assert.equal(resolve(config).diagnostics.map((found) => [found.code, found.message]), [['MLS2016', message]])
  })
}

test('an old TensorFlow takes CUDA from the image that the user names', () => {
  const { framework } = resolveQuietly('framework: tensorflow==2.13.0\ngpu: true\nbuild: {from: "nvidia/cuda:11.8.0-cudnn8-runtime-ubuntu22.04"}')
  assert.equal(framework?.requirements, ['tensorflow==2.13.0'])
})

test.run()
