/** What `mlstack explain image` tells in advance is what the layers of the image weigh on the engine. */
import { execa } from 'execa'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { ImagesView } from '../../src/explain/image.ts'
import { testOnEngine, withStack } from './engine.ts'

/** How far an estimate may be off: packages that are not pinned grow, and a Debian mirror moves on. */
const TOLERANCE = 0.2

const CONFIGS: readonly string[] = [
  'framework: scikit-learn==1.9.1\nsystem: [ffmpeg, git]\npython: { packages: [pandas, opencv-python] }',
  'framework: pytorch==2.13.0',
  'framework: tensorflow==2.21.0\npython: { packages: [matplotlib] }',
]

/** What apt leaves behind in a base image that does not tell it to tidy up, as Python's own images do. */
async function weighAptCache(image: string): Promise<number> {
  const { stdout } = await execa('docker', ['run', '--rm', '--user', '0', '--entrypoint', 'du', image, '-sb', '/var/cache/apt'])
  return Number(stdout.split('\t')[0])
}

/** The layers that our RUN instructions for packages have made, in bytes, the first one first. */
async function weighLayers(image: string): Promise<readonly number[]> {
  const { stdout } = await execa('docker', ['history', '--no-trunc', '--human=false', '--format', '{{.Size}}\t{{.CreatedBy}}', image])
  const rows = stdout.split('\n').map((line) => line.split('\t'))
  // What is below the first argument of a build is the base image, which weighs what it weighs here.
  const ours = rows.slice(0, rows.findIndex(([, command]) => command?.startsWith('ARG PIP_INDEX_URL')))
  return ours.filter(([, command]) => /apt-get install|pip install/.test(command ?? '')).map(([size]) => Number(size)).reverse()
}

for (const config of CONFIGS) {
  testOnEngine(`the estimate holds for ${config.replaceAll('\n', ', ')}`, () =>
    withStack('test/e2e/frameworks', async (stack) => {
      stack.replace('mlstack.yaml', 'framework: python', config)
      const view = JSON.parse(await stack.mlstack('explain', 'image', '--format', 'json')) as ImagesView
      const estimated = view.images[0]?.layers.slice(1) ?? []
      await stack.mlstack('compile')
      const build = await stack.compose('build', '--quiet')
      assert.is(build.exitCode, 0, build.output)
      const image = `${stack.project}-train`
      const weighed = await weighLayers(image)
      const cache = await weighAptCache(image)
      assert.is(weighed.length, estimated.length)
      for (const [index, { layer, installed }] of estimated.entries()) {
        const actual = (weighed[index] ?? 0) - (layer === 'Debian packages' ? cache : 0)
        const words = `${layer}: estimated ${Math.round(installed / 1e6)} MB, weighs ${Math.round(actual / 1e6)} MB`
        console.log(words)
        assert.ok(Math.abs(installed - actual) <= TOLERANCE * actual, words)
      }
    }),
  )
}

test.run()
