/** A project on disk: what is there, and which texts can be read. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createNodeProject } from '../../../src/project/node-project.ts'

const test = suite<{ folder: string }>('node project')

test.before.each((context) => {
  context.folder = mkdtempSync(join(tmpdir(), 'mlstack-project-'))
})
test.after.each(({ folder }) => rmSync(folder, { recursive: true }))

test('tells files, folders and links', ({ folder }) => {
  mkdirSync(join(folder, 'data'))
  writeFileSync(join(folder, 'data', 'a.csv'), '1\n')
  symlinkSync('data/a.csv', join(folder, 'link'))
  symlinkSync('nowhere', join(folder, 'dangling'))
  const project = createNodeProject(folder)
  const kinds = ['data', 'data/', './data/a.csv', 'link', 'dangling', 'nope', '.', '..', '/dev/null'].map((path) => project.kindOf(path))
  assert.equal(kinds, ['folder', 'folder', 'file', 'file', 'missing', 'missing', 'folder', 'folder', 'other'])
  assert.is(project.kindOf(join(folder, 'data', 'a.csv')), 'file')
  assert.is(project.kindOf('data/a.csv/x'), 'missing')
  assert.is(project.kindOf('nul\0byte'), 'missing')
})

test('says where a link leads, as seen from the folder around it', ({ folder }) => {
  mkdirSync(join(folder, 'lib/deep'), { recursive: true })
  mkdirSync(join(folder, 'app'))
  symlinkSync('../lib', join(folder, 'app/shared'))
  symlinkSync('nowhere', join(folder, 'app/dangling'))
  symlinkSync(join(folder, 'app'), join(folder, 'lib/deep/same'))
  for (const root of ['app', 'lib/deep/same']) {
    const project = createNodeProject(join(folder, root))
    assert.equal(['shared', '.', 'dangling', 'nope', '../app'].map((path) => project.linkOf(path)), [root === 'app' ? '../lib' : '../..', root === 'app' ? undefined : project.linkOf('.'), undefined, undefined, undefined])
  }
})

test('reads UTF-8 without its byte order mark, and nothing else', ({ folder }) => {
  writeFileSync(join(folder, 'plain'), 'grüße\r\n')
  writeFileSync(join(folder, 'marked'), '\ufefftext')
  writeFileSync(join(folder, 'latin'), Buffer.from([0x67, 0x72, 0xfc]))
  const project = createNodeProject(folder)
  assert.equal(['plain', 'marked', 'latin', 'nope', '.', '/dev/zero'].map((path) => project.read(path)), ['grüße\r\n', 'text', undefined, undefined, undefined, undefined])
})

test('the folder is absolute, without a slash at its end', ({ folder }) => {
  assert.is(createNodeProject(`${folder}/`).folder, folder)
  assert.is(createNodeProject('/').folder, '/')
  assert.is(createNodeProject('.').folder, process.cwd())
})

test.run()
