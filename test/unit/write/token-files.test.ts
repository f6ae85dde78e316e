/** Tokens of this machine: made once, kept from then on, readable for the containers, and gone when nothing needs them. */
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { HostError } from '../../../src/write/host-error.ts'
import { makeTokenFiles, removeUnneededTokens } from '../../../src/write/token-files.ts'
import { leaveRoot } from '../../machine.ts'
import { inFolder } from './folder.ts'

const PATH = '.mlstack/notebook.token'
const SOMEBODY = { uid: 4242, gid: 4243 }

const read = (folder: string) => readFileSync(join(folder, PATH), 'utf8')

test('a token is made where there is none, and each is another one', inFolder((folder) => {
  assert.equal(makeTokenFiles(folder, [PATH], SOMEBODY), [PATH])
  const first = read(folder)
  assert.match(first, /^[0-9a-f]{48}\n$/)
  assert.equal(makeTokenFiles(folder, [PATH], SOMEBODY), [])
  assert.is(read(folder), first)
  writeFileSync(join(folder, PATH), ' \n')
  assert.equal(makeTokenFiles(folder, [PATH], SOMEBODY), [PATH])
  assert.is.not(read(folder), first)
}))

test('what a person has put there stays, in a file or behind a link', inFolder((folder) => {
  mkdirSync(join(folder, '.mlstack'))
  writeFileSync(join(folder, PATH), 'open-sesame')
  writeFileSync(join(folder, 'mine'), 'mine')
  symlinkSync('../mine', join(folder, '.mlstack/other.token'))
  assert.equal(makeTokenFiles(folder, [PATH, '.mlstack/other.token'], SOMEBODY), [])
  assert.is(read(folder), 'open-sesame')
  removeUnneededTokens(folder, [])
  assert.is(read(folder), 'open-sesame')
  assert.ok(existsSync(join(folder, '.mlstack/other.token')))
}))

test('nobody else reads it, unless the containers run as somebody else', inFolder((folder) => {
  const modeFor = (uid: number) => {
    makeTokenFiles(folder, [PATH], { uid, gid: uid })
    return statSync(join(folder, PATH)).mode & 0o777
  }
  const isRoot = process.getuid?.() === 0
  if (isRoot) {
    assert.is(modeFor(SOMEBODY.uid), 0o600)
    assert.is(statSync(join(folder, PATH)).uid, SOMEBODY.uid)
  }
  const comeBack = leaveRoot(folder)
  try {
    const own = process.geteuid?.() ?? 0
    assert.is(modeFor(own), 0o600)
    assert.is(modeFor(SOMEBODY.uid), 0o644)
    assert.is(modeFor(own), 0o600)
  } finally {
    comeBack()
  }
}))

test('what nothing needs is removed, and nothing else', inFolder((folder) => {
  makeTokenFiles(folder, [PATH], SOMEBODY)
  writeFileSync(join(folder, '.mlstack/notes.txt'), read(folder))
  removeUnneededTokens(folder, [PATH])
  assert.ok(existsSync(join(folder, PATH)))
  removeUnneededTokens(folder, [])
  assert.not(existsSync(join(folder, PATH)))
  assert.ok(existsSync(join(folder, '.mlstack/notes.txt')))
  removeUnneededTokens(join(folder, 'nowhere'), [])
}))

test('what is in the way is an error of the machine', inFolder((folder) => {
  mkdirSync(join(folder, PATH), { recursive: true })
  assert.throws(() => makeTokenFiles(folder, [PATH], SOMEBODY), (error: unknown) => error instanceof HostError && /notebook\.token/.test(error.message))
  mkdirSync(join(folder, 'closed'))
  chmodSync(join(folder, 'closed'), 0o500)
  const comeBack = leaveRoot(folder)
  try {
    assert.throws(() => makeTokenFiles(join(folder, 'closed'), [PATH], SOMEBODY), (error: unknown) => error instanceof HostError)
  } finally {
    comeBack()
    chmodSync(join(folder, 'closed'), 0o700)
  }
}))

test.run()
