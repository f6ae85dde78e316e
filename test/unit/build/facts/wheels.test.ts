/** The names of wheels say which Pythons and machines they are for. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { readWheelName } from '../../../../src/build/facts/wheel-name.ts'
import { releasesIn } from '../../../../src/build/facts/wheels.ts'

const PYTHONS = ['3.9', '3.10', '3.11', '3.12']

const read = (file: string, requiresPython?: string) => readWheelName(file, requiresPython, PYTHONS)

test('a wheel for one Python is for that one', () => {
  assert.equal(read('numpy-1.26.4-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl'), { version: '1.26.4', x64: ['3.11'], arm64: [], isGeneric: false })
  assert.equal(read('numpy-1.26.4-cp311-cp311-manylinux_2_17_aarch64.whl')?.arm64, ['3.11'])
})

test('a stable interface serves later Pythons, and a pure wheel those that it requires', () => {
  assert.equal(read('tokenizers-0.22.0-cp310-abi3-manylinux_2_17_x86_64.whl')?.x64, ['3.10', '3.11', '3.12'])
  assert.equal(read('jax-0.7.0-py3-none-any.whl', '>=3.11'), { version: '0.7.0', x64: ['3.11', '3.12'], arm64: ['3.11', '3.12'], isGeneric: true })
  assert.equal(read('torchvision-0.29.2-py3-none-manylinux_2_28_x86_64.whl', '!=3.14.1,>=3.10')?.x64, ['3.10', '3.11', '3.12'])
  assert.equal(read('six-1.16.0-py2.py3-none-any.whl')?.x64, PYTHONS)
})

test('what Debian 12 cannot load does not count', () => {
  for (const file of ['a-1-cp311-cp311-musllinux_1_2_x86_64.whl', 'a-1-cp311-cp311-manylinux_2_38_x86_64.whl', 'a-1-cp311-cp311-win_amd64.whl', 'a-1-cp311-cp311-macosx_11_0_arm64.whl', 'a-1-cp311-cp311t-manylinux_2_28_x86_64.whl']) {
    assert.equal([read(file)?.x64, read(file)?.arm64], [[], []], file)
  }
  assert.is(read('a-1.tar.gz'), undefined)
})

test('the files of a release are summed up, previews and older ones left out', () => {
  const file = (filename: string, day = '2026-01-01') => ({ filename, url: '', 'upload-time': `${day}T00:00:00Z` })
  const files = ['a-1.0-cp310-cp310-linux_x86_64.whl', 'a-2.0-cp310-cp310-linux_x86_64.whl', 'a-2.0rc1-cp311-cp311-linux_x86_64.whl', 'a-2.0.tar.gz'].map((name) => file(name))
  assert.equal(releasesIn([...files, file('a-2.0-cp311-cp311-linux_x86_64.whl', '2026-03-01')], '1.5', PYTHONS), [{ version: '2.0', x64: ['3.10', '3.11'], arm64: [], isGeneric: false, date: '2026-03-01' }])
})

test.run()
