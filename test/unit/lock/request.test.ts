/** What a resolver is asked: the files as the build has them, and which requirements one index alone has. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { planRequest } from '../../../src/lock/request.ts'
import { plan } from './setup.ts'

function requestOf(config: string, files: Readonly<Record<string, string>>, env: Readonly<Record<string, string>> = {}) {
  const { stack, project } = plan(config, files)
  const [image] = stack.images
  if (image === undefined) throw new Error('no image')
  return planRequest(image, { project, layout: stack.layout, env })
}

test('a framework’s own requirements are looked for in its own index alone, which the shell may name', () => {
  const config = 'name: x\nframework: pytorch==2.13.0\ntrain: train.py\n'
  const own = (env: Readonly<Record<string, string>>) => requestOf(config, {}, env).layers[0]?.own
  assert.equal(own({}), { index: 'https://download.pytorch.org/whl/cpu', requirements: ['torch==2.13.0+cpu'] })
  assert.is(own({ PYTORCH_INDEX_URL: 'https://mirror.example.org/cpu' })?.index, 'https://mirror.example.org/cpu')
  assert.is(own({ PYTORCH_INDEX_URL: '' })?.index, 'https://download.pytorch.org/whl/cpu')
})

test('what a framework does not work with is a constraint, which installs nothing', () => {
  const { files, layers } = requestOf('name: x\nframework: scikit-learn==1.2.2\npython: { packages: [pandas] }\ntrain: train.py\n', {})
  const limits = '-c mlstack-limits-0.txt\n'
  assert.is(files['mlstack-0.txt'], limits)
  assert.match(files['mlstack-limits-0.txt'] ?? '', /^numpy<2$/m)
  assert.equal(layers.map(({ requirements, file }) => [requirements, file]), [[['scikit-learn==1.2.2'], 'mlstack-0.txt'], [['pandas'], undefined]])
})

test('files lie to each other as they do for pip, and their hashes are left to the index', () => {
  const files = {
    'reqs/train.txt': `idna==3.10 --hash=sha256:${'a'.repeat(64)} \\\n    --hash=sha256:${'b'.repeat(64)}\n-r base.txt\n-c ../limits.txt\n`,
    'reqs/base.txt': '--require-hashes\nrich\n',
    'limits.txt': 'numpy<3\n',
  }
  const { files: asked, layers } = requestOf('name: x\nframework: python\npython: { requirements: reqs/train.txt }\ntrain: train.py\n', files)
  assert.equal(asked, { 'reqs/train.txt': 'idna==3.10\n-r base.txt\n-c ../limits.txt\n', 'reqs/base.txt': '\nrich\n', 'limits.txt': 'numpy<3\n' })
  assert.is(layers[0]?.file, 'reqs/train.txt')
})

test('no file leads out of the folder that a resolver chooses', () => {
  const files = { 'requirements.txt': '-r ../../outside.txt\n-r /etc/own.txt\n', '../../outside.txt': 'idna\n', '/etc/own.txt': 'rich\n' }
  const { files: asked } = requestOf('name: x\nframework: python\ntrain: train.py\n', files)
  assert.equal(Object.keys(asked), ['project/requirements.txt', 'project/etc/own.txt'])
})

test('a copy of ours takes the place of a file, and names others from the config’s folder', () => {
  const files = { 'reqs/all.txt': 'tensorflow>=2.16\nidna\n-c ../limits.txt\n', 'limits.txt': 'numpy<3\n' }
  const { files: asked, layers } = requestOf('name: x\nframework: tensorflow==2.21.0\npython: { requirements: reqs/all.txt }\ntrain: train.py\n', files)
  assert.equal(asked, { 'mlstack-1.txt': 'idna\n-c limits.txt\n', 'limits.txt': 'numpy<3\n' })
  assert.is(layers[1]?.file, 'mlstack-1.txt')
})

test('constraints of the config hold for the first layer, and with it for all', () => {
  const files = { 'requirements.txt': 'idna\n', '../limits.txt': 'numpy<3\n-c more.txt\n', '../more.txt': 'idna<4\n' }
  const { files: asked, layers } = requestOf('name: x\nframework: scikit-learn==1.7.2\npython: { constraints: ../limits.txt }\ntrain: train.py\n', files)
  assert.equal(asked, { 'project/requirements.txt': 'idna\n', 'limits.txt': 'numpy<3\n-c more.txt\n', 'more.txt': 'idna<4\n', 'mlstack-constrained.txt': '-c limits.txt\n' })
  assert.equal(layers.map(({ file }) => file), ['mlstack-constrained.txt', 'project/requirements.txt'])
})

test('what is compiled is resolved with the rest, with what it takes to fetch it', () => {
  const { layers, systemPackages } = requestOf('name: x\nframework: python\ntrain: train.py\n', { 'requirements.txt': 'idna\ngit+https://git.example.org/tool@v1\n' })
  assert.equal(layers, [{ requirements: ['git+https://git.example.org/tool@v1'], own: undefined, file: 'mlstack-0.txt' }])
  assert.equal(systemPackages, ['git'])
})

test.run()
