/** Folders that are the person's own, and closed to the containers. */
import { chmodSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { withFolder } from '../../../src/build/sample-folder.ts'
import { Sink } from '../../../src/diagnostics/sink.ts'
import { reportForeignUser } from '../../../src/write/foreign-user.ts'
import { HostError } from '../../../src/write/host-error.ts'
import { leaveRoot } from '../../machine.ts'

const SOMEBODY = { uid: 4242, gid: 4242 }

function notesOn(folder: string, owner: { uid: number; gid: number }, paths: readonly string[], edited: readonly string[] = []): readonly string[] {
  const sink = new Sink()
  const comeBack = leaveRoot(folder)
  try {
    reportForeignUser({ folder, composeFile: 'compose.yaml', paths, edited, owner, isGiven: false }, sink)
  } finally {
    comeBack()
  }
  return sink.sorted().map(({ code, message }) => `${code} ${message.replace(/you are \d+/, 'you are YOU')}`)
}

test('a folder of the person that others may not write is told, the first one only', () =>
  withFolder({}, async (folder) => {
    mkdirSync(join(folder, 'runs'))
    assert.equal(notesOn(folder, SOMEBODY, ['./runs', './missing']), ['MLS5008 jobs write into ./runs as user 4242, and you are YOU'])
    assert.equal(notesOn(folder, SOMEBODY, ['./missing']), ['MLS5008 jobs write into ./missing as user 4242, and you are YOU'])
  }))

test('nothing is said of a folder that all may write, and where the containers run as the person', () =>
  withFolder({}, async (folder) => {
    mkdirSync(join(folder, 'open'), { mode: 0o777 })
    const before = process.umask(0)
    mkdirSync(join(folder, 'shared'), { mode: 0o777 })
    process.umask(before)
    assert.equal(notesOn(folder, SOMEBODY, ['./shared']), [])
    const comeBack = leaveRoot(folder)
    const own = process.geteuid?.() ?? 0
    comeBack()
    assert.equal(notesOn(folder, { uid: own, gid: own }, ['./open', './missing']), [])
  }))

test('a project that the notebook cannot edit is told, once, and to root too', () =>
  withFolder({}, async (folder) => {
    chmodSync(folder, 0o755)
    assert.equal(notesOn(folder, SOMEBODY, [], ['.']), ['MLS5010 the notebook edits . as user 4242, and you are YOU'])
    assert.equal(notesOn(folder, SOMEBODY, ['./runs'], ['.']).map((note) => note.slice(0, 7)), ['MLS5008'])
    const sink = new Sink()
    reportForeignUser({ folder, composeFile: 'compose.yaml', paths: ['./runs'], edited: ['.'], owner: SOMEBODY, isGiven: false }, sink)
    if (process.geteuid?.() === 0) assert.equal(sink.sorted().map(({ code, help }) => [code, help]), [['MLS5010', 'give it to that user: sudo chown -R 4242:4242 .']])
  }))

test('a folder that cannot be looked at is an error of the machine', () =>
  withFolder({}, async (folder) => {
    mkdirSync(join(folder, 'locked'), { mode: 0o000 })
    assert.throws(() => notesOn(folder, SOMEBODY, ['./locked/runs']), (error: unknown) => error instanceof HostError && /^cannot look at .*locked\/runs: permission denied/.test(error.message))
    chmodSync(join(folder, 'locked'), 0o700)
  }))

test.run()
