/** The diff of changes: its names, its hunks, and that git takes it. */
import { spawnSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { formatDiff } from '../../../src/write/diff.ts'
import { missingProgram, testWithTool } from '../../machine.ts'
import { compare, compile, inFolder, list, made } from './folder.ts'

test('created, changed, removed, the same', () => {
  assert.is(
    formatDiff([
      { kind: 'create', path: 'a', after: 'one\ntwo\n' },
      { kind: 'change', path: 'b', before: 'one\r\ntwo\r\n', after: 'one\n2\n' },
      { kind: 'same', path: 'c', before: 'x\r\n', after: 'x\n' },
      { kind: 'remove', path: 'd', before: 'one\n' },
    ]),
    '--- /dev/null\n+++ b/a\n@@ -0,0 +1,2 @@\n+one\n+two\n' +
      '--- a/b\n+++ b/b\n@@ -1,2 +1,2 @@\n one\n-two\n+2\n' +
      '--- a/d\n+++ /dev/null\n@@ -1,1 +0,0 @@\n-one\n',
  )
})

test('what is refused is shown as force would do it; a link or a folder has no text to show', () => {
  const edited = { kind: 'edited', path: 'a', before: 'mine\n', after: 'ours\n' } as const
  const link = { kind: 'foreign', path: 'b', found: 'link', needed: 'file', before: undefined, after: 'x\n' } as const
  const folder = { kind: 'foreign', path: '.mlstack', found: 'link', needed: 'folder', before: undefined, after: undefined } as const
  assert.is(
    formatDiff([edited, link, folder]),
    '--- a/a\n+++ b/a\n@@ -1,1 +1,1 @@\n-mine\n+ours\n--- /dev/null\n+++ b/b\n@@ -0,0 +1,1 @@\n+x\n',
  )
})

testWithTool(missingProgram('git'), 'git apply makes of it what compile would', inFolder((folder) => {
  compile(folder, [made('compose.yaml', 'a\nb\nc'), made('.mlstack/é "x".sh', 'x\n')])
  const next = [made('compose.yaml', 'a\nB\nc\n'), made('.mlstack/new.sh', 'y\n')]
  const patch = formatDiff(compare(folder, next))
  writeFileSync(join(folder, 'patch'), patch)
  const applied = spawnSync('git', ['apply', 'patch'], { cwd: folder, encoding: 'utf8' })
  assert.is(applied.stderr, '')
  rmSync(join(folder, 'patch'))
  assert.ok(compare(folder, next).every(({ kind }) => kind === 'same'))
  assert.equal(list(folder), ['.mlstack/', '.mlstack/manifest.json', '.mlstack/new.sh', 'compose.yaml'])
}))

test.run()
