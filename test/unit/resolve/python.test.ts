/** The sample of the language page, and which Python goes with what. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { resolve, resolveQuietly, textOf } from './setup.ts'

test('a framework without wheels for the Python is told as the language page shows it', () => {
  const { diagnostics } = resolve('framework: tensorflow==2.15.0\npython: "3.12"\n')
  assert.is(diagnostics.length, 1)
  const [found] = diagnostics
  assert.ok(found)
  assert.is(found.code, 'MLS2003')
  assert.is(found.severity, 'error')
  assert.is(found.message, 'TensorFlow 2.15 has no wheels for Python 3.12')
  assert.is(textOf(found.primary.span), '"3.12"')
  assert.equal(found.related.map(({ span, message }) => [textOf(span), message]), [['tensorflow==2.15.0', 'this version supports Python 3.9 to 3.11']])
  assert.is(found.help, 'use python: "3.11", or framework: tensorflow>=2.16')
  assert.equal(found.fix?.edits.map(({ span, text }) => [textOf(span), text]), [['"3.12"', '"3.11"']])
})

const REFUSED: readonly (readonly [config: string, message: string, help: string])[] = [
  ['framework: tensorflow==2.21.0\npython: "3.9"', 'TensorFlow 2.21 has no wheels for Python 3.9', 'use python: "3.10", or framework: tensorflow<2.21'],
  ['framework: tf==2.15\npython: 3.12', 'TensorFlow 2.15 has no wheels for Python 3.12', 'use python: "3.11", or framework: tf>=2.16'],
  ['framework: tensorflow\npython: "3.15"', 'TensorFlow 2.21 has no wheels for Python 3.15', 'use python: "3.13"'],
  ['framework: scikit-learn==1.3.0\npython: "3.12"', 'scikit-learn 1.3.0 has no wheels for Python 3.12', 'use python: "3.11", or framework: scikit-learn>=1.3.1'],
  ['framework: scikit-learn==1.5.1\npython: "3.13.1"', 'scikit-learn 1.5.1 has no wheels for Python 3.13', 'use python: "3.12", or framework: scikit-learn>=1.5.2'],
  ['framework: torch>=1.13,<2.0\npython: "3.12"', 'PyTorch 1.13 has no wheels for Python 3.12', 'use python: "3.10", or framework: torch>=2.2'],
  ['framework: {name: pytorch, version: 2.14.0}\npython: {version: "3.8"}', 'PyTorch 2.14 has no wheels for Python 3.8', 'use python: "3.10", or framework: pytorch<2.5'],
]
for (const [config, message, help] of REFUSED) {
  test(`refuses ${config.replace('\n', ', ')}`, () => {
    const { diagnostics } = resolve(config)
    assert.equal(diagnostics.map((found) => [found.code, found.message, found.help]), [['MLS2003', message, help]])
  })
}

test('a requirement that decides the version is shown, and named in the help', () => {
  const { diagnostics } = resolve('framework: tensorflow\npython: "3.12"', { 'requirements.txt': 'tensorflow==2.15.0\n' })
  assert.equal(diagnostics.map(({ code, help, related }) => [code, help, related.map(({ span }) => span.source.name)]), [
    ['MLS2003', 'use python: "3.11", or tensorflow>=2.16 in requirements.txt', ['requirements.txt']],
  ])
})

const CHOSEN: readonly (readonly [config: string, python: string, image: string])[] = [
  ['framework: pytorch', '3.11', 'python:3.11-slim-bookworm'],
  ['framework: scikit-learn', '3.11', 'python:3.11-slim-bookworm'],
  ['framework: python', '3.11', 'python:3.11-slim-bookworm'],
  ['framework: pytorch==1.13.1', '3.10', 'python:3.10-slim-bookworm'],
  ['framework: scikit-learn==1.0.1', '3.9', 'python:3.9-slim-bookworm'],
  ['framework: tensorflow\npython: 3.10', '3.10', 'python:3.10-slim-bookworm'],
  ['framework: pytorch\npython: "3.13"', '3.13', 'python:3.13-slim-bookworm'],
  ['framework: pytorch\npython: "3.11.9"', '3.11', 'python:3.11.9-slim-bookworm'],
  ['framework: [pytorch, tensorflow==2.8.0]', '3.10', 'python:3.10-slim-bookworm'],
  ['framework: {name: tensorflow, version: 2.15.0, install: none}\npython: "3.13"', '3.13', 'python:3.13-slim-bookworm'],
]
for (const [config, python, image] of CHOSEN) {
  test(`chooses Python ${python} for ${config.replace('\n', ', ')}`, () => {
    const environment = resolveQuietly(config)
    assert.is(environment.pythonVersion, python)
    assert.is(environment.baseImage, image)
  })
}

const UNKNOWN: readonly (readonly [python: string, nearest: string])[] = [
  ['"2.7"', '3.7'],
  ['"3.6"', '3.7'],
  ['"3.16"', '3.15'],
  ['"4.0"', '3.15'],
  ['"3"', '3.11'],
  ['latest', '3.11'],
  ['">=3.10"', '3.11'],
]
for (const [python, nearest] of UNKNOWN) {
  test(`Python ${python} is unknown`, () => {
    const { diagnostics, problems, environment } = resolve(`framework: tensorflow==2.8.0\npython: ${python}`)
    assert.equal(problems, [`MLS2008 at ${python}`])
    assert.match(diagnostics[0]?.help ?? '', `use python: "${nearest}"`)
    assert.equal(diagnostics[0]?.fix?.edits.map(({ text }) => text), [`"${nearest}"`])
    assert.ok(environment)
  })
}

test('frameworks without a common Python are both shown', () => {
  const { diagnostics, problems } = resolve('framework: [tensorflow==2.8.0, scikit-learn==1.9.1]')
  assert.equal(problems, ['MLS2014 at scikit-learn==1.9.1'])
  assert.equal(diagnostics[0]?.related.map(({ span }) => textOf(span)), ['tensorflow==2.8.0'])
})

test('the decisions say why, and where from', () => {
  const { decisions } = resolveQuietly('framework: tensorflow==2.15.0\npython: "3.10"')
  assert.equal(decisions.map(({ subject, value, because, spans }) => [subject, value, because, ...spans.map(textOf)]), [
    ['python', '3.10', 'given by `python`; it gets no fixes since 2026-10', '"3.10"'],
    ['framework', 'TensorFlow 2.15.0', 'pinned by `tensorflow==2.15.0`', 'tensorflow==2.15.0'],
    ['build', 'TensorFlow for the CPU', 'CPU wheels: no GPU is asked for', 'tensorflow==2.15.0'],
    ['base image', 'python:3.10-slim-bookworm', 'the smallest with this Python that wheels run on', '"3.10"'],
    ['variable', 'TF_CPP_MIN_LOG_LEVEL=1', 'a default for TensorFlow; `environment` wins', 'tensorflow==2.15.0'],
    ['variable', 'KERAS_HOME=/cache/keras', 'a default for TensorFlow; `environment` wins', 'tensorflow==2.15.0'],
    ['variable', 'TFDS_DATA_DIR=/cache/tfds', 'a default for TensorFlow; `environment` wins', 'tensorflow==2.15.0'],
  ])
})

test.run()
