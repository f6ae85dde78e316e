/** `mlstack eject`: what is left is plain, a person's from then on, and only what the config compiles to. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { list, read } from '../write/folder.ts'
import { inSandbox } from './run.ts'

const ONE = 'compose.yaml: one\n.mlstack/train.Dockerfile: FROM one\n'

test('headers and manifest go, and compile no longer touches the files', inSandbox(async ({ put, run, folder }) => {
  put('mlstack.yaml', ONE)
  await run('compile')
  const before = read(folder, 'compose.yaml')
  assert.match((await run('eject', '--dry-run')).stdout, 'compose.yaml would be a plain file\n')
  assert.is(read(folder, 'compose.yaml'), before)
  const { status, stdout, stderr } = await run('eject')
  assert.equal([status, stderr], [0, ''])
  assert.is(stdout, 'compose.yaml is a plain file\n.mlstack/train.Dockerfile is a plain file\nmlstack.yaml is no longer read by anything\n')
  assert.is(read(folder, 'compose.yaml'), 'one\n')
  assert.equal(list(folder), ['.mlstack/', '.mlstack/train.Dockerfile', 'compose.yaml', 'mlstack.yaml'])
  const again = await run('compile')
  assert.is(again.status, 1)
  assert.match(again.stderr, 'MLS5001]: compose.yaml was not made by mlstack')
}))

test('what was broken off is finished', inSandbox(async ({ put, run, folder }) => {
  put('mlstack.yaml', ONE)
  await run('compile')
  put('compose.yaml', 'one\n')
  assert.is((await run('eject')).status, 0)
  assert.is(existsSync(join(folder, '.mlstack/manifest.json')), false)
}))

test('what is edited or out of date is not ejected, and nothing is', inSandbox(async ({ put, run, folder }) => {
  put('mlstack.yaml', ONE)
  assert.match((await run('eject')).stderr, 'MLS5007]: compose.yaml is missing, so nothing is ejected')
  await run('compile')
  const manifest = read(folder, '.mlstack/manifest.json')
  put('compose.yaml', `${read(folder, 'compose.yaml')}# mine\n`)
  const { status, stdout, stderr } = await run('eject')
  assert.equal([status, stdout], [1, ''])
  assert.match(stderr, 'MLS5007]: compose.yaml was edited by hand, so nothing is ejected')
  assert.is(read(folder, '.mlstack/manifest.json'), manifest)
}))

test.run()
