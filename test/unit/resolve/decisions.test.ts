/** Decisions carry the lines and the facts that made them, and none is missing of what images and services get. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { Decision } from '../../../src/resolve/decision.ts'
import { resolveQuietly, textOf, type Environment, type Files } from './setup.ts'

const CUDA = 'framework: pytorch==2.11.0\nmodel: transformer\ngpu: {arch: "RTX 5090", driver: "580.65.06"}\nsystem: [ffmpeg]\npython: {packages: [opencv-python]}\n'

function find({ decisions }: Environment, subject: string): readonly Decision[] {
  return decisions.filter((decision) => decision.subject === subject)
}

test('a build for a GPU follows from what the config says of the GPU', () => {
  const environment = resolveQuietly(CUDA)
  const [build] = find(environment, 'build')
  assert.match(build?.value ?? '', /^PyTorch for CUDA \d/)
  assert.equal(build?.spans.map(textOf), ['"RTX 5090"', '"580.65.06"'])
  assert.match(build?.fact?.text ?? '', /^PyTorch 2\.11\.0 is built for CUDA /)
  const [kernels] = find(environment, 'kernels')
  assert.equal([kernels?.value, ...(kernels?.spans ?? []).map(textOf)], ['for the GeForce RTX 5090 (12.0)', '"RTX 5090"'])
  assert.match(kernels?.fact?.text ?? '', /^PyTorch 2\.11\.0 for CUDA [\d.]+ has kernels for .*12\.0/)
  assert.match(kernels?.fact?.source ?? '', 'kernels from 2.7 on')
  const [driver] = find(environment, 'driver')
  assert.match(driver?.value ?? '', /^\d+\.[\d.]+ or newer$/)
  assert.equal(driver?.spans.map(textOf), ['"580.65.06"'])
  assert.match(driver?.fact?.source ?? '', 'docs.nvidia.com')
})

test('a build for several GPUs names them in one breath', () => {
  const [build] = find(resolveQuietly('framework: pytorch==2.8.0\ngpu: {arch: [a100, rtx-4090], driver: "580"}\n'), 'build')
  assert.match(build?.because ?? '', 'the newest of this version that has kernels for the A100 (8.0) and the GeForce RTX 4090 (8.9) and runs on the driver 580')
})

test('without a GPU no driver is needed', () => {
  assert.equal(find(resolveQuietly('framework: pytorch==2.11.0\n'), 'driver'), [])
})

test('every Debian package is decided once, with the place that asks for it', () => {
  const environment = resolveQuietly(CUDA)
  const decided = find(environment, 'Debian package')
  assert.equal(decided.map(({ value, because }) => ({ name: value, because })), environment.systemPackages)
  assert.equal(decided.map(({ value, spans }) => [value, ...spans.map(textOf)]), [['ffmpeg', 'ffmpeg'], ['libgl1', 'opencv-python'], ['libglib2.0-0', 'opencv-python']])
})

test('every variable of the image is decided', () => {
  for (const text of [CUDA, 'framework: [jax, tensorflow]\n', 'framework: [transformers, pytorch]\ngpu: true\n']) {
    const environment = resolveQuietly(text)
    const decided = find(environment, 'variable').map(({ value }) => value).toSorted()
    assert.ok(decided.length > 0)
    assert.equal(decided, environment.variables.map(([name, value]) => `${name}=${value}`).toSorted())
  }
})

test('shared memory follows from the model and the framework', () => {
  const [decided] = find(resolveQuietly(CUDA), 'shared memory')
  assert.is(decided?.value, resolveQuietly(CUDA).shmSize)
  assert.equal(decided?.spans.map(textOf), ['transformer'])
  assert.match(decided?.fact?.source ?? '', '/dev/shm')
  assert.equal(find(resolveQuietly('framework: scikit-learn\n'), 'shared memory'), [])
})

test('a package of the model is decided unless the user names it', () => {
  const text = 'framework: pytorch==2.11.0\nmodel: reinforcement-learning\n'
  const files: Files = { 'requirements.txt': 'gymnasium\n' }
  const [decided] = find(resolveQuietly(text), 'package')
  assert.equal([decided?.value, decided?.because], ['gymnasium>=0.29', 'reinforcement-learning models need it'])
  assert.equal(find(resolveQuietly(text, files), 'package'), [])
  assert.equal(find(resolveQuietly(text, files), 'requirements').map(({ value, because }) => [value, because]), [['requirements.txt', 'found beside the config']])
})

test('a Python that is not the default rests on the wheels that there are', () => {
  const [decided] = find(resolveQuietly('framework: tensorflow==2.8.0\n'), 'python')
  assert.is(decided?.because, 'the newest that TensorFlow 2.8 has wheels for')
  assert.is(decided?.fact?.text, 'TensorFlow 2.8 has wheels for Python 3.7 to 3.10')
  assert.is(find(resolveQuietly('framework: scikit-learn\n'), 'python')[0]?.fact, undefined)
})

test('every fact says where it is from', () => {
  for (const text of [CUDA, 'framework: [jax, tensorflow]\n', 'framework: lightgbm\n']) {
    for (const { fact } of resolveQuietly(text).decisions) if (fact !== undefined) assert.ok(fact.source.length > 5 && fact.text.length > 5)
  }
})

test.run()
