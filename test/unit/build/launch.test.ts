/** The bundle starts with its code cache, with a bad one and without one, and tells where it failed. */
import { execa } from 'execa'
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { DIST } from '../../../src/build/paths.ts'
import { withFolder } from '../../../src/build/sample-folder.ts'

const BUNDLE = join(DIST, 'mlstack-bundle.cjs')
const CACHE = join(DIST, 'mlstack-bundle.cache')
const { version } = JSON.parse(readFileSync(join(DIST, '../package.json'), 'utf8')) as { readonly version: string }

test('V8 takes the code cache that the build made', async () => {
  const script = [
    "const vm = require('node:vm')",
    'let wasRejected',
    'vm.Script = class extends vm.Script { constructor(...args) { super(...args); wasRejected = this.cachedDataRejected } }',
    "process.on('exit', () => console.log(wasRejected))",
    "process.argv.push('--version')",
    'require(process.argv[1])',
  ]
  const { stdout } = await execa(process.execPath, ['-e', script.join('\n'), join(DIST, 'mlstack.cjs')], { env: { NODE_OPTIONS: '' } })
  assert.is(stdout, `${version}\nfalse`)
})

test('a damaged cache, and none, change nothing', async () => {
  for (const cache of [undefined, '', 'no cache', readFileSync(CACHE).subarray(0, 1000)]) {
    await withFolder({}, async (folder) => {
      for (const name of ['mlstack.cjs', 'mlstack-bundle.cjs']) copyFileSync(join(DIST, name), join(folder, name))
      if (cache !== undefined) writeFileSync(join(folder, 'mlstack-bundle.cache'), cache)
      assert.is((await execa(process.execPath, [join(folder, 'mlstack.cjs'), '--version'])).stdout, version)
    })
  }
})

test('what the launcher reads as latin1 is ASCII', () => {
  assert.not(/[^\x00-\x7f]/.test(readFileSync(BUNDLE, 'utf8')))
})

test('the licences of the packages in the bundle go with it', () => {
  const text = readFileSync(join(DIST, 'THIRD-PARTY-LICENSES'), 'utf8')
  for (const name of ['yaml', 'ajv', 'fast-deep-equal', '@renovatebot/pep440']) assert.match(text, new RegExp(`^${name} \\d.*\\(.+\\)$`, 'm'))
})

test.run()
