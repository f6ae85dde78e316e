/** The image that all others begin from. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { resolve, resolveQuietly } from './setup.ts'

const DIGEST = `sha256:${'0'.repeat(64)}`

test('an image that says its Python gives it, where the config names none', () => {
  const pythonOf = (text: string) => resolveQuietly(`framework: scikit-learn\nbuild: {from: "python:3.12-slim"}${text}`).decisions.find(({ subject }) => subject === 'python')
  assert.equal([pythonOf('')?.value, pythonOf('')?.because], ['3.12', 'the one of the base image'])
  assert.is(pythonOf('\npython: "3.11"')?.value, '3.11')
})

for (const image of ['ubuntu:24.04', 'nvidia/cuda:12.6.3-runtime-ubuntu24.04', 'localhost:5000/base:1', `registry.example/team/base@${DIGEST}`, `base:1@${DIGEST}`]) {
  test(`${image} is taken as it is`, () => {
    const { baseImage, baseImageReason, pythonVersion } = resolveQuietly(`framework: pytorch\nbuild: {from: "${image}"}`)
    assert.equal([baseImage, baseImageReason, pythonVersion], [image, 'taken from build.from', '3.11'])
  })
}

const REFUSED: readonly (readonly [image: string, message: string])[] = [
  ['ubuntu', '`ubuntu` has neither a tag nor a digest'],
  ['localhost:5000/base', '`localhost:5000/base` has neither a tag nor a digest'],
  ['Base:1', '`Base:1` is no image'],
  ['base:1 AS x', '`base:1 AS x` is no image'],
  ['base@sha256:12', '`base@sha256:12` is no image'],
]
for (const [image, message] of REFUSED) {
  test(`${image} is refused`, () => {
    const { diagnostics, problems } = resolve(`framework: pytorch\nbuild: {from: "${image}"}`)
    assert.equal(problems, [`MLS2012 at "${image}"`])
    assert.is(diagnostics[0]?.message, message)
    assert.is(diagnostics[0]?.help, 'write, for example: from: python:3.11-slim-bookworm')
  })
}

test('an image with a second line in its name never reaches a Dockerfile', () => {
  assert.is(resolve('framework: pytorch\nbuild: {from: "base:1\\nRUN id"}').diagnostics[0]?.code, 'MLS2012')
})

test('the reason is one line', () => {
  assert.is(resolveQuietly('framework: pytorch').baseImageReason, 'Python 3.11 on Debian 12 (bookworm): the default')
})

test.run()
