/** What is wrong in a variant that nobody asked for: each of them is resolved where that is wanted, and named where it is told. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { compile, type CompileOptions } from '../../src/compile.ts'
import { createMemoryProject } from '../../src/project/memory-project.ts'

const TEXT = `name: x
framework: scikit-learn
train: train.py
variants:
  fine: { seed: 1 }
  old: { framework: tensorflow==2.15.0, python: "3.12" }
  gone: { train: other.py, datasets: { digits: ./digits.csv } }
`

function diagnose(text: string, options: Partial<CompileOptions>, files: Readonly<Record<string, string>> = { 'train.py': '' }): readonly string[] {
  const compilation = compile({ name: 'mlstack.yaml', bytes: new TextEncoder().encode(text) }, createMemoryProject(files), { outputFolder: '.', ...options })
  return compilation.diagnostics.map(({ code, message }) => `${code}: ${message}`)
}

test('compiling looks at other variants without their packages and files', () => {
  assert.equal(diagnose(TEXT, {}), [])
})

test('every variant is resolved where that is wanted, and named', () => {
  assert.equal(diagnose(TEXT, { everyVariant: true }), [
    'MLS2003: in the variant `old`: TensorFlow 2.15 has no wheels for Python 3.12',
    'MLS4001: in the variant `gone`: `other.py`, which `train` runs, does not exist',
    'MLS4002: in the variant `gone`: `./digits.csv`, the source of the dataset `digits`, does not exist',
  ])
})

test('what is wrong without any variant is told once', () => {
  assert.equal(diagnose(TEXT.replace(/  old.*\n  gone.*\n/, ''), { everyVariant: true }, {}), ['MLS4001: `train.py`, which `train` runs, does not exist'])
})

test.run()
