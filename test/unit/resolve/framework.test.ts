/** Which version of a framework is chosen, and what is said of one that cannot be. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { resolve, resolveQuietly, textOf } from './setup.ts'

const NEWEST = { sklearn: '1.9.1', torch: '2.15.0', tensorflow: '2.21.0' } as const

const VERSIONS: readonly (readonly [config: string, version: string])[] = [
  ['framework: scikit-learn', NEWEST.sklearn],
  ['framework: sklearn', NEWEST.sklearn],
  ['framework: torch', NEWEST.torch],
  ['framework: tf', NEWEST.tensorflow],
  ['framework: scikit-learn>=1.5,<2', NEWEST.sklearn],
  ['framework: scikit-learn>=1.5,<1.6', '1.5.2'],
  ['framework: tensorflow~=2.16', NEWEST.tensorflow],
  ['framework: tensorflow~=2.15.0', '2.15.1'],
  ['framework: tensorflow==2.15.*', '2.15.1'],
  ['framework: tensorflow==2.15.0', '2.15.0'],
  ['framework: tensorflow==2.15', '2.15'],
  ['framework: {name: pytorch, version: 2.13.0}', '2.13.0'],
  ['framework: pytorch==2.13.0+cpu', '2.13.0'],
  ['framework: pytorch!=2.15.*', '2.14.1'],
  // A patch that the table lacks follows its minor.
  ['framework: pytorch==2.13.7', '2.13.7'],
  ['framework: scikit-learn==1.4.1.post1', '1.4.1.post1'],
  // The Python that is given narrows the range.
  ['framework: tensorflow\npython: "3.9"', '2.20.0'],
  ['framework: scikit-learn\npython: "3.7"', '1.0.2'],
]
for (const [config, version] of VERSIONS) {
  test(`${config.replace('\n', ', ')} is ${version}`, () => {
    assert.is(resolveQuietly(config).framework?.version, version)
  })
}

const PROBLEMS: readonly (readonly [config: string, problem: string, help: string])[] = [
  ['framework: pytorhc', 'MLS2001 at pytorhc', 'did you mean `pytorch`?'],
  ['framework: PyTorch==2.13.0', 'MLS2001 at PyTorch', 'did you mean `pytorch`?'],
  ['framework: xgbost', 'MLS2001 at xgbost', 'did you mean `xgboost`?'],
  ['framework: pytorch^2.1', 'MLS2002 at pytorch^2.1', 'write pytorch~=2.1'],
  ['framework: pytorch=2.13.0', 'MLS2002 at pytorch=2.13.0', 'write pytorch==2.13.0'],
  ['framework: pytorch 2.13', 'MLS2002 at pytorch 2.13', 'write pytorch==2.13'],
  ['framework: {name: tf, version: newest}', 'MLS2002 at newest', 'write, for example: tf==1.2.3, tf~=1.2 or tf>=1.2,<2'],
  ['framework: pytorch>=3', 'MLS2004 at pytorch>=3', `the newest known one: framework: pytorch==${NEWEST.torch}`],
  ['framework: tensorflow>2.15.1,<2.16', 'MLS2004 at tensorflow>2.15.1,<2.16', `the newest known one: framework: tensorflow==${NEWEST.tensorflow}`],
  ['framework: pytorch==2.13.0,<2', 'MLS2004 at pytorch==2.13.0,<2', `the newest known one: framework: pytorch==${NEWEST.torch}`],
  ['framework: pytorch==2.99.0', 'MLS2005 at pytorch==2.99.0', `the nearest known one: framework: pytorch==${NEWEST.torch}`],
  ['framework: pytorch==1.0.0', 'MLS2005 at pytorch==1.0.0', 'the nearest known one: framework: pytorch==1.12.0'],
  ['framework: python==3.12', 'MLS2015 at python==3.12', 'write framework: python, and python: "3.12"'],
]
for (const [config, problem, help] of PROBLEMS) {
  test(`${config} gives ${problem}`, () => {
    const { problems, diagnostics } = resolve(config)
    assert.equal(problems, [problem])
    assert.is(diagnostics[0]?.help, help)
  })
}

test('only a framework that is not known stops the resolving', () => {
  assert.is(resolve('framework: pytorhc').environment, undefined)
  assert.ok(resolve('framework: pytorch>=3').environment)
  assert.ok(resolve('framework: pytorch^3').environment)
})

test('a version outside of the table is installed as written, on any Python, with a warning', () => {
  const { environment, diagnostics } = resolve('framework: pytorch==2.99.0\npython: "3.15"')
  assert.equal(diagnostics.map(({ code, severity }) => [code, severity]), [['MLS2005', 'warning']])
  assert.match(environment?.framework?.requirements[0] ?? '', 'torch==2.99.0+cpu')
})

test('no pin, however odd, stops the resolving', () => {
  for (const pin of ['===weird', '==1!2.0', '==99999999999999999999.0', '==2.13.0.dev20250101', '<0']) assert.ok(resolve(`framework: "pytorch${pin}"`).environment, pin)
})

test('a misspelt framework can be mended by a tool', () => {
  const [found] = resolve('framework: "pytorhc[opt]==2.13.0"').diagnostics
  assert.equal(found?.fix?.edits.map(({ span, text }) => [textOf(span), text]), [['pytorhc', 'pytorch']])
})

test('requirements of an unknown framework are still looked at', () => {
  assert.equal(resolve('framework: pytorhc\npython: {version: "2.7", requirements: nope.txt}').problems, ['MLS2001 at pytorhc', 'MLS2008 at "2.7"', 'MLS4003 at nope.txt'])
})

const CPU = 'https://download.pytorch.org/whl/cpu'
const INSTALLS: readonly (readonly [config: string, requirements: readonly string[], index: string | undefined])[] = [
  ['framework: scikit-learn==1.5.0', ['scikit-learn==1.5.0'], undefined],
  [
    'framework: pytorch==2.13.0',
    ["torch==2.13.0+cpu"],
    CPU,
  ],
  [
    'framework: "pytorch[opt-einsum]==2.13.0"',
    ["torch[opt-einsum]==2.13.0+cpu"],
    CPU,
  ],
  [
    'framework: tensorflow==2.15.0',
    ["tensorflow-cpu==2.15.0 ; platform_machine == 'x86_64'", "tensorflow==2.15.0 ; platform_machine != 'x86_64'"],
    undefined,
  ],
  // Without a GPU no CUDA library is downloaded.
  [
    'framework: "tensorflow[and-cuda]==2.15.0"',
    ["tensorflow-cpu==2.15.0 ; platform_machine == 'x86_64'", "tensorflow==2.15.0 ; platform_machine != 'x86_64'"],
    undefined,
  ],
  ['framework: tensorflow==2.15.1\ngpu: true', ['tensorflow[and-cuda]==2.15.1'], undefined],
  [
    'framework: pytorch==2.13.0\ngpu: 2',
    ["torch==2.13.0+cu130"],
    'https://download.pytorch.org/whl/cu130',
  ],
]
for (const [config, requirements, index] of INSTALLS) {
  test(`installs ${config.replace('\n', ', ')}`, () => {
    const { framework } = resolveQuietly(config)
    assert.equal(framework?.requirements, requirements)
    assert.is(framework?.index?.url, index)
    assert.is(framework?.index?.argument, index === undefined ? undefined : 'PYTORCH_INDEX_URL')
  })
}

test('nothing is installed for plain Python, nor where the image has the framework', () => {
  assert.is(resolveQuietly('framework: python').framework, undefined)
  assert.is(resolveQuietly('framework: {name: pytorch, install: none}').framework, undefined)
})

test('of two frameworks, the one with an index of its own is installed first', () => {
  const environment = resolveQuietly('framework: [scikit-learn==1.5.0, pytorch==2.13.0]')
  assert.equal(environment.frameworks.map(({ name }) => name), ['pytorch', 'scikit-learn'])
  assert.equal(environment.packages, [])
})

test('the index that the config names for the framework takes the place of the public one', () => {
  const config = 'framework: pytorch\npython: {index: [{url: https://mirror.example/whl, for: torch}]}'
  assert.is(resolveQuietly(config).framework?.index?.url, 'https://mirror.example/whl')
})

test.run()
