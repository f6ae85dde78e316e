/** Folders that jobs write into: made where they are missing, and given to whom containers run as where root makes them. */
import { mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { makeOutputFolders } from '../../../src/write/output-folders.ts'
import { HostError } from '../../../src/write/host-error.ts'
import { inFolder } from './folder.ts'

const OWNER = { uid: 12345, gid: 12346 }

test('what is missing is made, from the folder of compose.yaml, and what is there stays as it is', inFolder((folder) => {
  mkdirSync(join(folder, 'model'))
  const before = statSync(join(folder, 'model'))
  makeOutputFolders(join(folder), ['./model', './runs/one', join(folder, 'absolute'), '../' + folder.split('/').at(-1) + '/up'], OWNER)
  assert.is(statSync(join(folder, 'model')).uid, before.uid)
  const isRoot = process.getuid?.() === 0
  for (const path of ['runs', 'runs/one', 'absolute', 'up']) {
    const { uid, gid } = statSync(join(folder, path))
    assert.equal([uid, gid], isRoot ? [12345, 12346] : [process.getuid?.(), before.gid], path)
  }
}))

test('a file in the way is said in words', inFolder((folder) => {
  writeFileSync(join(folder, 'taken'), '')
  assert.throws(() => makeOutputFolders(folder, ['./taken/runs'], OWNER), (error: unknown) => error instanceof HostError)
}))

test('a link to nowhere is no folder', inFolder((folder) => {
  symlinkSync(join(folder, 'nowhere'), join(folder, 'link'))
  assert.throws(() => makeOutputFolders(folder, ['./link'], OWNER), /cannot make the folder .*link: it is not there/)
}))

test('a place that takes no folder is an error of the machine, and ends', () => {
  if (process.platform !== 'linux') return
  assert.throws(() => makeOutputFolders('/proc', ['./mlstack/runs'], OWNER), /cannot make the folder \/proc\/mlstack/)
})

test.run()
