/** Estimates add up layer by layer, count nothing twice, and leave nothing out in silence. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { findFrameworkSize, findImageSize, findPackageSize, findSystemSize, SMALL_PACKAGE, TYPICAL_PACKAGE, TYPICAL_SYSTEM } from '../../../src/facts/sizes.ts'
import { estimateStack, type ImageEstimate, type LayerEstimate, type StackEstimate } from '../../../src/plan/estimate.ts'
import { plan } from '../lock/setup.ts'

function estimate(text: string, files: Readonly<Record<string, string>> = {}): StackEstimate {
  return estimateStack(plan(`name: a\ntrain: train.py\n${text}`, { 'serve.py': '', ...files }).stack)
}

function imageOf(text: string, files: Readonly<Record<string, string>> = {}): ImageEstimate {
  const [image] = estimate(text, files).images
  assert.ok(image)
  return image
}

function layerOf({ layers }: ImageEstimate, name: string): LayerEstimate {
  const found = layers.find(({ layer }) => layer === name)
  assert.ok(found, `${name} of ${layers.map(({ layer }) => layer).join(', ')}`)
  return found
}

const installedOf = (name: string) => findPackageSize(name)?.installed ?? NaN

test('an image is its base and its layers', () => {
  const image = imageOf('framework: scikit-learn==1.9.1')
  assert.equal(image.layers.map(({ layer }) => layer), ['base image', 'scikit-learn 1.9.1'])
  const base = findImageSize('3.11')
  const framework = findFrameworkSize('scikit-learn', '1.9.1', { kind: 'cpu' })
  assert.is(image.installed, (base?.installed ?? NaN) + (framework?.installed ?? NaN))
  assert.is(image.download, (base?.download ?? NaN) + (framework?.download ?? NaN))
  assert.equal(image.layers.flatMap(({ assumed }) => assumed), [])
})

test('an image that others have made is downloaded as it is, and said to be a guess', () => {
  const image = estimate('framework: onnx\nserve: { server: triton }').images.find(({ services }) => services.includes('serve'))
  assert.is(image?.image, 'nvcr.io/nvidia/tritonserver:26.07-py3')
  assert.equal(image?.layers.map(({ layer, installed, assumed }) => [layer, installed, assumed]), [['image of a server', 15_500_000_000, ['image of a server']]])
  assert.ok(estimate('framework: onnx\nserve: { server: triton }').installed > 15_500_000_000)
})

test('the build decides, and another release than was measured is said', () => {
  const cpu = layerOf(imageOf('framework: pytorch==2.13.0'), 'PyTorch 2.13.0')
  const cuda = layerOf(imageOf('framework: pytorch==2.13.0\ngpu: true'), 'PyTorch 2.13.0')
  assert.ok(cuda.installed > 4 * cpu.installed)
  assert.is(cpu.why, 'CPU wheels: no GPU is asked for')
  assert.match(cuda.why, /; measured: 2\.\d+\.\d+ for CUDA 13/)
})

test('ROCm was not measured: it counts as CUDA, and is named', () => {
  const layer = layerOf(imageOf('framework: pytorch==2.9.1\ngpu: {vendor: amd}'), 'PyTorch 2.9.1')
  assert.equal(layer.assumed, ['PyTorch 2.9.1'])
  assert.ok(layer.installed > 3e9)
})

test('what one layer has, the next does not count again', () => {
  const image = imageOf('framework: scikit-learn==1.9.1\npython: {packages: [pandas, numpy]}')
  assert.is(layerOf(image, 'further packages').installed, installedOf('pandas'))
  const alone = imageOf('framework: python\npython: {packages: [pandas]}')
  assert.is(layerOf(alone, 'further packages').installed, installedOf('pandas') + installedOf('numpy'))
})

test('a second framework counts without what the first has brought', () => {
  const image = imageOf('framework: [jax==0.10.2, scikit-learn==1.9.1]')
  const alone = findFrameworkSize('scikit-learn', '1.9.1', { kind: 'cpu' })
  assert.is(layerOf(image, 'scikit-learn 1.9.1').installed, (alone?.installed ?? NaN) - installedOf('numpy') - installedOf('scipy'))
})

test('an unknown package counts as the median and is named', () => {
  const layer = layerOf(imageOf('framework: scikit-learn\npython: {packages: [nothing-of-the-kind, "my-package @ https://example.com/a.whl"]}'), 'further packages')
  assert.equal(layer.assumed, ['nothing-of-the-kind', 'my-package'])
  assert.is(layer.installed, 2 * TYPICAL_PACKAGE.installed)
  assert.is(layer.assumption, TYPICAL_PACKAGE)
})

test('the packages of a requirements file count, for this processor and system alone', () => {
  const text = 'pandas>=2\ntorch-is-not-this; sys_platform == "win32"\nnumpy\nfoo; platform_machine == "aarch64"\n-r more.txt\n'
  const layer = layerOf(imageOf('framework: scikit-learn', { 'requirements.txt': text, 'more.txt': 'polars\n' }), 'requirements.txt')
  assert.equal(layer.assumed, [])
  assert.is(layer.installed, installedOf('pandas') + installedOf('polars'))
})

test('in a complete list, what is not known is small', () => {
  const text = ['pandas==3.1.1', 'tiny-one==1', 'tiny-two==1'].map((pin) => `${pin} --hash=sha256:${'0'.repeat(64)}\n`).join('')
  const layer = layerOf(imageOf('framework: scikit-learn', { 'requirements.txt': text }), 'requirements.txt')
  assert.equal(layer.assumed, ['tiny-one', 'tiny-two'])
  assert.is(layer.installed, installedOf('pandas') + 2 * SMALL_PACKAGE.installed)
  assert.ok(SMALL_PACKAGE.installed < TYPICAL_PACKAGE.installed)
})

test('Debian packages count with what they bring, and once', () => {
  const layer = layerOf(imageOf('framework: scikit-learn\nsystem: [ffmpeg, libgl1, git=1:2.39, libunheard-of]'), 'Debian packages')
  const installed = (name: string) => findSystemSize(name)?.installed ?? NaN
  assert.is(layer.installed, installed('ffmpeg') + installed('git') + TYPICAL_SYSTEM.installed)
  assert.equal(layer.assumed, ['libunheard-of'])
})

test('an image of the user is not known, and counts as the smallest', () => {
  const [layer] = imageOf('framework: scikit-learn\nbuild: {from: "registry.example.com/own:1"}').layers
  assert.equal([layer?.why, layer?.assumed, layer?.installed], ['registry.example.com/own:1, from `build.from`', ['base image'], findImageSize('3.11')?.installed])
  assert.equal(imageOf('framework: scikit-learn\nbuild: {from: "python:3.12.4-slim-trixie"}').layers[0]?.assumed, [])
})

test('images share layers on top of the same layers, and pip downloads once', () => {
  const { images, download, installed } = estimate('framework: pytorch==2.13.0\ngpu: {for: [train]}\nserve: serve.py\npython: {packages: [pandas]}')
  assert.equal(images.map(({ image }) => image), ['train', 'serve'])
  const [train, serve] = images
  const base = train?.layers[0]
  const packages = train && layerOf(train, 'further packages')
  assert.is(installed, (train?.installed ?? NaN) + (serve?.installed ?? NaN) - (base?.installed ?? NaN))
  assert.is(download, (train?.download ?? NaN) + (serve?.download ?? NaN) - (base?.download ?? NaN) - (packages?.download ?? NaN))
})

test('the images of a machine with GPUs belong to the stack', () => {
  const { images } = estimate('framework: pytorch==2.13.0\ngpu: auto')
  assert.equal(images.map(({ image }) => image), ['train', 'train.gpu'])
})

test.run()
