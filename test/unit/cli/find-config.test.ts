/** Which config is read, under which name, and what is said where there is none. */
import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { UsageError } from '../../../src/cli/exit.ts'
import { readConfig } from '../../../src/cli/find-config.ts'
import { READ_LIMIT } from '../../../src/cli/io.ts'
import { leaveRoot, missingProgram, testWithTool } from '../../machine.ts'
import { inSandbox } from './run.ts'

const stdin = () => Buffer.from('from stdin')

async function find(cwd: string, file?: string) {
  const { name, path, folder, bytes } = await readConfig(file, { cwd, stdin })
  return { name, path, folder, text: Buffer.from(bytes).toString() }
}

async function refusal(cwd: string, file?: string): Promise<readonly (string | undefined)[]> {
  try {
    await find(cwd, file)
  } catch (error) {
    if (error instanceof UsageError) return [error.message, error.help]
    throw error
  }
  throw new Error('found')
}

test('mlstack.yaml goes before mlstack.yml, and here before above', inSandbox(async ({ folder, put }) => {
  const below = join(folder, 'a/b')
  mkdirSync(below, { recursive: true })
  put('mlstack.yml', 'above, yml')
  assert.equal(await find(below), { name: '../../mlstack.yml', path: join(folder, 'mlstack.yml'), folder, text: 'above, yml' })
  put('mlstack.yaml', 'above')
  assert.is((await find(below)).text, 'above')
  put('a/mlstack.yml', 'nearer')
  assert.equal(await find(below), { name: '../mlstack.yml', path: join(folder, 'a/mlstack.yml'), folder: join(folder, 'a'), text: 'nearer' })
  put('a/b/mlstack.yaml', 'here')
  assert.equal(await find(below), { name: 'mlstack.yaml', path: join(below, 'mlstack.yaml'), folder: below, text: 'here' })
}))

test('a folder or a broken link of that name is passed over; a link to a file is not', inSandbox(async ({ folder, put }) => {
  mkdirSync(join(folder, 'a/mlstack.yaml'), { recursive: true })
  symlinkSync('nowhere', join(folder, 'a/mlstack.yml'))
  put('real', 'linked')
  symlinkSync('real', join(folder, 'mlstack.yaml'))
  assert.equal(await find(join(folder, 'a')), { name: '../mlstack.yaml', path: join(folder, 'mlstack.yaml'), folder, text: 'linked' })
}))

test('a FILE keeps the name that the user gave it', inSandbox(async ({ folder, put }) => {
  put('a/x.yaml', 'x')
  const expected = { path: join(folder, 'a/x.yaml'), folder: join(folder, 'a'), text: 'x' }
  for (const name of ['a/x.yaml', './a/../a/x.yaml', join(folder, 'a/x.yaml')]) assert.equal(await find(folder, name), { name, ...expected })
}))

test('- is standard input, here', inSandbox(async ({ folder }) => {
  assert.equal(await find(folder, '-'), { name: '<stdin>', path: undefined, folder, text: 'from stdin' })
}))

test('what cannot be read is a wrong command line', inSandbox(async ({ folder, put }) => {
  const check = 'check the path, or leave it out to have mlstack.yaml found'
  assert.equal(await refusal(folder, 'x.yaml'), ['there is no file x.yaml', check])
  mkdirSync(join(folder, 'a'))
  assert.equal(await refusal(folder, 'a'), ['a is a folder', 'name the file in it: a/mlstack.yaml'])
  assert.equal(await refusal(folder, ''), ['FILE is empty', 'name a config, or leave it out to have mlstack.yaml found'])
  put('file', '')
  assert.match(String((await refusal(folder, 'file/x.yaml'))[0]), /^cannot read file\/x\.yaml: a file is where a folder is needed/)
  assert.equal(await refusal(folder), ['there is no mlstack.yaml here or in a folder above', 'name the config: mlstack COMMAND FILE'])
}))

test('a file that may not be read is told, and not passed over', inSandbox(async ({ folder, put }) => {
  put('mlstack.yaml', '')
  chmodSync(join(folder, 'mlstack.yaml'), 0)
  const comeBack = leaveRoot(folder)
  try {
    assert.match(String((await refusal(folder))[0]), /^cannot read mlstack\.yaml: permission denied/)
  } finally {
    comeBack()
  }
}))

test('no more is read than is needed to see that it is too much', inSandbox(async ({ folder, put }) => {
  put('long', 'é'.repeat(READ_LIMIT))
  const { bytes } = await readConfig('long', { cwd: folder, stdin })
  assert.is(bytes.length, READ_LIMIT)
}))

testWithTool(missingProgram('mkfifo'), 'a pipe is read to its end', inSandbox(async ({ folder }) => {
  spawnSync('mkfifo', [join(folder, 'pipe')])
  const writer = spawn('sh', ['-c', 'yes x | head -c 100000 > pipe'], { cwd: folder })
  assert.is((await find(folder, 'pipe')).text.length, 100_000)
  await new Promise((resolve) => writer.on('exit', resolve))
}))

test.run()
