/** What counts as ours, as edited, as a person's: every rule of it, on a real disk. */
import { linkSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { hashText } from '../../../src/emit/hash.ts'
import { compareOutputs } from '../../../src/write/compare.ts'
import { compare, compile, inFolder, kinds, list, made, read } from './folder.ts'

const OLD = [made('compose.yaml', 'old\n'), made('.mlstack/train.Dockerfile', 'FROM old\n')]
const NEW = [made('compose.yaml', 'new\n'), made('.mlstack/train.Dockerfile', 'FROM old\n')]
const put = (folder: string, path: string, text: string) => writeFileSync(join(folder, path), text)

test('create, then same, then change', inFolder((folder) => {
  assert.equal(kinds(folder, OLD), ['create compose.yaml', 'create .mlstack/train.Dockerfile'])
  compile(folder, OLD)
  assert.equal(compare(folder, OLD).map(({ kind }) => kind), ['same', 'same', 'same'])
  assert.equal(kinds(folder, NEW), ['change compose.yaml', 'same .mlstack/train.Dockerfile'])
}))

test('a file of ours that is no longer produced is removed', inFolder((folder) => {
  compile(folder, OLD)
  assert.equal(kinds(folder, OLD.slice(0, 1)), ['same compose.yaml', 'remove .mlstack/train.Dockerfile'])
}))

test('a file without our header is a person\'s', inFolder((folder) => {
  put(folder, 'compose.yaml', 'services: {}\n')
  assert.equal(kinds(folder, OLD), ['foreign compose.yaml', 'create .mlstack/train.Dockerfile'])
}))

test('a person\'s file with the very text we would write is the same', inFolder((folder) => {
  put(folder, 'compose.yaml', OLD[0]?.text ?? '')
  assert.equal(kinds(folder, OLD)[0], 'same compose.yaml')
}))

test('an edited body, an edited header and a removed header are edits', inFolder((folder) => {
  compile(folder, OLD)
  const text = read(folder, 'compose.yaml')
  for (const edited of [`${text}# mine\n`, text.replace('old', 'mine'), text.replace('Made by', 'Based on'), 'old\n', '']) {
    put(folder, 'compose.yaml', edited)
    assert.is(kinds(folder, NEW)[0], 'edited compose.yaml', edited)
  }
}))

test('line ends alone are no edit, nor a difference', inFolder((folder) => {
  compile(folder, OLD)
  for (const { path, text } of OLD) put(folder, path, text.replaceAll('\n', '\r\n'))
  put(folder, '.mlstack/manifest.json', read(folder, '.mlstack/manifest.json').replaceAll('\n', '\r\n'))
  assert.equal(compare(folder, OLD).map(({ kind }) => kind), ['same', 'same', 'same'])
  assert.equal(kinds(folder, NEW.slice(0, 1)), ['change compose.yaml', 'remove .mlstack/train.Dockerfile'])
}))

test('without a manifest, the header\'s own hash tells', inFolder((folder) => {
  compile(folder, OLD)
  rmSync(join(folder, '.mlstack/manifest.json'))
  assert.is(kinds(folder, NEW)[0], 'change compose.yaml')
  put(folder, 'compose.yaml', `${read(folder, 'compose.yaml')}mine\n`)
  assert.is(kinds(folder, NEW)[0], 'edited compose.yaml')
}))

test('with a spoilt hash, this very run tells, and so does the manifest', inFolder((folder) => {
  compile(folder, OLD)
  const spoilt = read(folder, 'compose.yaml').replace(/sha256:\w+/, 'sha256:0000000000000000')
  put(folder, 'compose.yaml', spoilt)
  assert.is(kinds(folder, OLD)[0], 'change compose.yaml')
  assert.is(kinds(folder, NEW)[0], 'edited compose.yaml')
  put(folder, '.mlstack/manifest.json', JSON.stringify({ version: 1, files: { 'compose.yaml': hashText(spoilt) } }))
  assert.is(kinds(folder, NEW)[0], 'change compose.yaml')
}))

test('a stale file that was edited is refused; one whose header is gone is a person\'s and stays', inFolder((folder) => {
  compile(folder, OLD)
  put(folder, '.mlstack/train.Dockerfile', `${OLD[1]?.text}RUN mine\n`)
  assert.is(kinds(folder, OLD.slice(0, 1))[1], 'edited .mlstack/train.Dockerfile')
  put(folder, '.mlstack/train.Dockerfile', 'FROM mine\n')
  assert.equal(kinds(folder, OLD.slice(0, 1)), ['same compose.yaml'])
}))

test('a hostile manifest removes nothing that mlstack did not make', inFolder((outer) => {
  const folder = join(outer, 'project')
  mkdirSync(join(folder, '.mlstack'), { recursive: true })
  put(outer, 'outside.yaml', OLD[0]?.text ?? '')
  put(folder, 'train.py', 'print()\n')
  symlinkSync('..', join(folder, 'up'))
  const paths = ['../outside.yaml', 'up/outside.yaml', join(outer, 'outside.yaml'), 'train.py', 'up', '.mlstack']
  const files = Object.fromEntries(paths.map((path) => [path, hashText(path === 'train.py' ? 'print()\n' : (OLD[0]?.text ?? ''))]))
  put(folder, '.mlstack/manifest.json', JSON.stringify({ version: 1, files }))
  assert.equal(kinds(folder, []), [])
  assert.equal(compile(folder, [], { isForced: true }), [])
  assert.equal(list(outer).filter((path) => !path.startsWith('project/.')), ['outside.yaml', 'project/', 'project/train.py', 'project/up'])
}))

test('a folder, a link or a broken link in the place is not ours, whatever it leads to', inFolder((folder) => {
  put(folder, 'elsewhere', OLD[0]?.text ?? '')
  for (const make of [
    () => mkdirSync(join(folder, 'compose.yaml')),
    () => symlinkSync('elsewhere', join(folder, 'compose.yaml')),
    () => symlinkSync('nowhere', join(folder, 'compose.yaml')),
  ]) {
    make()
    assert.is(kinds(folder, OLD)[0], 'foreign compose.yaml')
    rmSync(join(folder, 'compose.yaml'), { recursive: true })
  }
}))

test('a link, a file or a loop named .mlstack is told once, and nothing is read through it', inFolder((folder) => {
  mkdirSync(join(folder, 'elsewhere'))
  put(folder, 'elsewhere/train.Dockerfile', 'FROM mine\n')
  const files = [...OLD, made('.mlstack/serve.Dockerfile', 'FROM x\n')]
  for (const make of [
    () => symlinkSync('elsewhere', join(folder, '.mlstack')),
    () => symlinkSync('.mlstack', join(folder, '.mlstack')),
    () => put(folder, '.mlstack', 'mine\n'),
  ]) {
    make()
    assert.equal(kinds(folder, files), ['create compose.yaml', 'foreign .mlstack'])
    assert.equal(compile(folder, files, { isForced: true }), ['foreign .mlstack'])
    rmSync(join(folder, '.mlstack'))
  }
  assert.equal(list(folder), ['elsewhere/', 'elsewhere/train.Dockerfile'])
}))

test('a folder in the manifest\'s place is refused before anything is written', inFolder((folder) => {
  mkdirSync(join(folder, '.mlstack/manifest.json'), { recursive: true })
  assert.equal(compile(folder, OLD, { isForced: true }), ['foreign .mlstack/manifest.json'])
  assert.equal(list(folder), ['.mlstack/', '.mlstack/manifest.json/'])
}))

test('two names of one file, as on a disk that ignores case: the new one is not removed with the old', inFolder((folder) => {
  compile(folder, [made('.mlstack/Test.Dockerfile', 'FROM old\n')])
  linkSync(join(folder, '.mlstack/Test.Dockerfile'), join(folder, '.mlstack/test.Dockerfile'))
  assert.equal(kinds(folder, [made('.mlstack/test.Dockerfile', 'FROM new\n')]), ['change .mlstack/test.Dockerfile'])
}))

test('an output that would leave its folder is our own fault', () => {
  const state = { manifest: new Map(), entries: new Map() }
  for (const path of ['../x', '/x', 'C:/x', 'a/../../x']) {
    assert.throws(() => compareOutputs([{ path, text: '' }], state), /outside its folder/)
  }
})

test('a socket in the place is not ours, and no force removes it', async () => {
  const folders: string[] = []
  const server = createServer()
  const check = inFolder((folder) => {
    folders.push(folder)
    // The bind has happened when listen returns, and closing would remove the socket.
    server.listen(join(folder, 'compose.yaml'))
    assert.equal(compile(folder, OLD, { isForced: true }), ['foreign compose.yaml'])
    assert.equal(list(folder), ['compose.yaml'])
  })
  try {
    check()
  } finally {
    await new Promise((resolve) => server.close(resolve))
  }
})

test.run()
