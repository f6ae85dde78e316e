/** What the index says corrects the Pythons of a table and adds releases; what a person wrote stays. */
import { readFileSync } from 'node:fs'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { printData } from '../../../../src/build/facts/print-data.ts'
import { refreshFramework, type Index } from '../../../../src/build/facts/refresh.ts'
import type { WheelRelease } from '../../../../src/build/facts/wheels.ts'

const PYTHONS = [{ version: '3.11', released: '2022-10-24' }, { version: '3.12', released: '2023-10-02' }, { version: '3.13', released: '2024-10-07' }]

const wheels = (version: string, x64: readonly string[], more: Partial<WheelRelease> = {}): WheelRelease => ({ version, x64, arm64: x64, isGeneric: false, date: '2024-01-01', ...more })
const indexOf = (releases: Readonly<Record<string, readonly WheelRelease[]>>): Index => ({ wheels: new Map(Object.entries(releases)), pythons: PYTHONS })

const TORCH = {
  name: 'pytorch',
  distributions: ['torch'],
  companions: ['torchvision'],
  install: { cpu: ['torch{extras}=={version}+{build}'] },
  releases: [{ versions: ['2.1', '2.2'], python: ['3.11', '3.12'], cuda: ['12.1'], companions: { torchvision: '0.1' } }],
}

test('nothing changes where the index agrees', () => {
  const index = indexOf({ torch: [wheels('2.1', ['3.11', '3.12']), wheels('2.2', ['3.11', '3.12'])], torchvision: [wheels('0.1', ['3.11', '3.12', '3.13'])] })
  assert.equal(refreshFramework(TORCH, index), { file: TORCH, report: [] })
})

test('Pythons are those that a release and its companions share, and the rest of the row stays', () => {
  const index = indexOf({ torch: [wheels('2.1', ['3.11', '3.12']), wheels('2.2', ['3.11', '3.12', '3.13'], { arm64: ['3.11'] })], torchvision: [wheels('0.1', ['3.11', '3.12', '3.13'])] })
  const { file, report } = refreshFramework(TORCH, index)
  const rest = { cuda: ['12.1'], companions: { torchvision: '0.1' } }
  assert.equal(file.releases, [{ versions: ['2.1'], python: ['3.11', '3.12'], ...rest }, { versions: ['2.2'], python: ['3.11', '3.12', '3.13'], arm64: ['3.11'], ...rest }])
  assert.equal(report, ['pytorch 2.2: x86-64 3.11 3.12 -> 3.11 3.12 3.13, ARM 3.11 3.12 -> 3.11'])
})

test('a new release takes over what its predecessor had, but no companion that was made for another', () => {
  const index = indexOf({ torch: [wheels('2.1', ['3.11', '3.12']), wheels('2.2', ['3.11', '3.12']), wheels('2.3', ['3.12', '3.13'])], torchvision: [wheels('0.1', ['3.11', '3.12'])] })
  const { file, report } = refreshFramework(TORCH, index)
  assert.equal(file.releases.at(-1), { versions: ['2.3'], python: ['3.12', '3.13'], cuda: ['12.1'] })
  assert.match(report.join(), 'pytorch 2.3 is new')
})

test('a release that left the index is said, and kept', () => {
  const index = indexOf({ torch: [wheels('2.2', ['3.11', '3.12'])], torchvision: [wheels('0.1', ['3.11', '3.12'])] })
  const { file, report } = refreshFramework(TORCH, index)
  assert.equal(file.releases, TORCH.releases)
  assert.equal(report, ['pytorch 2.1 has no wheels on the index any more'])
})

test('a wheel for any Python 3 serves those that were out, or those of its compiled part', () => {
  const install = { cpu: ['some{extras}=={version}'] }
  const releases = [{ versions: ['1.0'], python: ['3.11', '3.12'] }]
  const some = [wheels('1.0', ['3.11', '3.12', '3.13'], { isGeneric: true })]
  assert.equal(refreshFramework({ name: 'some', distributions: ['some'], install, releases }, indexOf({ some })).report, [])
  const jax = { name: 'jax', distributions: ['some'], install, releases }
  assert.equal(refreshFramework(jax, indexOf({ some, jaxlib: [wheels('0.9', ['3.11']), wheels('1.1', [])] })).file.releases, [{ versions: ['1.0'], python: ['3.11'] }])
})

test('printing a data file again changes nothing', () => {
  for (const name of ['jax', 'lightgbm', 'onnx', 'pytorch', 'scikit-learn', 'sizes', 'tensorflow', 'transformers', 'xgboost']) {
    const text = readFileSync(new URL(`../../../../src/facts/data/${name}.json`, import.meta.url), 'utf8')
    assert.is(printData(JSON.parse(text)), text, name)
  }
})

test.run()
