/** How platforms become one lock: what is the same is one line, and what is not has a marker. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { assembleLayers } from '../../../src/lock/assemble.ts'
import { formatPackage } from '../../../src/lock/lock-file.ts'
import type { ResolvedPackage } from '../../../src/lock/resolution.ts'
import { hashOf } from './setup.ts'

const found = (name: string, version: string, hash: string): ResolvedPackage => ({ name, version, url: undefined, hashes: [hashOf(hash)] })
const layer = (title: string) => ({ title, index: undefined, lines: [{ text: title, span: undefined }] })
const ASKED = { name: 'train', base: 'python:3.11', platforms: [], layers: [layer('PyTorch 2.13.0'), layer('packages')] }

test('a package stands in the first layer that installs it', () => {
  const numpy = found('numpy', '2.0', 'a')
  const layers = assembleLayers(ASKED, [{ platform: 'linux/amd64', resolution: [[numpy], [found('idna', '3.10', 'b'), numpy]] }])
  assert.equal(layers.map(({ title, asked, packages }) => [title, asked, packages.map(({ name }) => name)]), [
    ['PyTorch 2.13.0', ['PyTorch 2.13.0'], ['numpy']],
    ['packages', ['packages'], ['idna']],
  ])
})

test('platforms share a line where they share a version', () => {
  const x64 = [found('filelock', '3.0', 'f'), found('numpy', '2.0', 'b'), found('torch', '2.13.0+cpu', 'c')]
  const arm64 = [found('filelock', '3.0', 'f'), found('numpy', '2.0', 'a'), found('torch', '2.13.0', 'd')]
  const [first] = assembleLayers(ASKED, [
    { platform: 'linux/amd64', resolution: [x64, x64] },
    { platform: 'linux/arm64', resolution: [arm64, arm64] },
  ])
  assert.equal(first?.packages.map(formatPackage), [
    `filelock==3.0 sha256:${hashOf('f')}`,
    `numpy==2.0 sha256:${hashOf('a')} sha256:${hashOf('b')}`,
    `torch==2.13.0 ; platform_machine == 'aarch64' sha256:${hashOf('d')}`,
    `torch==2.13.0+cpu ; platform_machine == 'x86_64' sha256:${hashOf('c')}`,
  ])
})

test.run()
