/** Writing: all or nothing, only what changed, nothing of a person's, and words where the machine refuses. */
import { chmodSync, lstatSync, mkdirSync, readlinkSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { HostError } from '../../../src/write/host-error.ts'
import { writeOutputs } from '../../../src/write/write.ts'
import { leaveRoot } from '../../machine.ts'
import { compile, inFolder, kinds, list, made, read } from './folder.ts'

const OLD = [made('compose.yaml', 'old\n'), made('.mlstack/train.Dockerfile', 'FROM old\n'), made('.mlstack/deep/er/a.sh', 'a\n')]
const NEW = [made('compose.yaml', 'new\n'), made('.mlstack/train.Dockerfile', 'FROM old\n')]
const ALL = ['.mlstack/', '.mlstack/deep/', '.mlstack/deep/er/', '.mlstack/deep/er/a.sh', '.mlstack/manifest.json', '.mlstack/train.Dockerfile', 'compose.yaml']
const LONG_AGO = new Date('2001-01-01T00:00:00Z')

function caught(step: () => void): HostError {
  try {
    step()
  } catch (error) {
    if (error instanceof HostError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

test('files are written into a folder that is made, mode 0644 whatever the umask', inFolder((outer) => {
  const folder = join(outer, 'a/b')
  const umask = process.umask(0o077)
  try {
    compile(folder, OLD)
  } finally {
    process.umask(umask)
  }
  assert.equal(list(folder), ALL)
  for (const path of ['compose.yaml', '.mlstack/manifest.json']) assert.is(statSync(join(folder, path)).mode & 0o777, 0o644)
}))

test('what is the same is not touched, the manifest included', inFolder((folder) => {
  compile(folder, NEW)
  const paths = ['compose.yaml', '.mlstack/train.Dockerfile', '.mlstack/manifest.json'].map((path) => join(folder, path))
  for (const path of paths) utimesSync(path, LONG_AGO, LONG_AGO)
  compile(folder, NEW)
  assert.equal(paths.map((path) => statSync(path).mtimeMs === LONG_AGO.getTime()), [true, true, true])
  compile(folder, [made('compose.yaml', 'newer\n'), ...NEW.slice(1)])
  assert.equal(paths.map((path) => statSync(path).mtimeMs === LONG_AGO.getTime()), [false, true, false])
}))

test('stale files go, with the folders they leave empty', inFolder((folder) => {
  compile(folder, OLD)
  compile(folder, NEW)
  assert.equal(list(folder), ['.mlstack/', '.mlstack/manifest.json', '.mlstack/train.Dockerfile', 'compose.yaml'])
  assert.not.match(read(folder, '.mlstack/manifest.json'), 'a.sh')
}))

test('a folder that holds a person\'s file stays', inFolder((folder) => {
  compile(folder, OLD)
  writeFileSync(join(folder, '.mlstack/deep/mine'), '')
  compile(folder, NEW)
  assert.ok(list(folder).includes('.mlstack/deep/mine'))
  assert.not.ok(list(folder).includes('.mlstack/deep/er/'))
}))

test('where one file is refused, nothing at all is written', inFolder((folder) => {
  compile(folder, OLD)
  writeFileSync(join(folder, '.mlstack/train.Dockerfile'), 'FROM mine\n')
  const manifest = read(folder, '.mlstack/manifest.json')
  assert.equal(compile(folder, NEW), ['edited .mlstack/train.Dockerfile'])
  assert.equal(list(folder), ALL)
  assert.is(read(folder, 'compose.yaml'), OLD[0]?.text)
  assert.is(read(folder, '.mlstack/manifest.json'), manifest)
}))

test('force overwrites edited and foreign files, and removes an edited stale one', inFolder((folder) => {
  compile(folder, OLD)
  writeFileSync(join(folder, 'compose.yaml'), 'mine\n')
  writeFileSync(join(folder, '.mlstack/deep/er/a.sh'), `${OLD[2]?.text}mine\n`)
  assert.equal(compile(folder, NEW), ['edited compose.yaml', 'edited .mlstack/deep/er/a.sh'])
  assert.equal(compile(folder, NEW, { isForced: true }), [])
  assert.is(read(folder, 'compose.yaml'), NEW[0]?.text)
  assert.not.ok(list(folder).includes('.mlstack/deep/'))
  assert.equal(kinds(folder, NEW), ['same compose.yaml', 'same .mlstack/train.Dockerfile'])
}))

test('force replaces a link and leaves alone what it leads to', inFolder((folder) => {
  writeFileSync(join(folder, 'elsewhere'), 'mine\n')
  symlinkSync('elsewhere', join(folder, 'compose.yaml'))
  assert.equal(compile(folder, NEW), ['foreign compose.yaml'])
  assert.is(readlinkSync(join(folder, 'compose.yaml')), 'elsewhere')
  assert.equal(compile(folder, NEW, { isForced: true }), [])
  assert.ok(lstatSync(join(folder, 'compose.yaml')).isFile())
  assert.is(read(folder, 'elsewhere'), 'mine\n')
}))

test('force does not remove a folder', inFolder((folder) => {
  mkdirSync(join(folder, 'compose.yaml'))
  assert.equal(compile(folder, NEW, { isForced: true }), ['foreign compose.yaml'])
}))

test('a failure before the first rename changes nothing and leaves nothing', inFolder((folder) => {
  compile(folder, NEW)
  writeFileSync(join(folder, 'taken'), '')
  const before = list(folder)
  const change = { kind: 'change', path: 'compose.yaml', before: '', after: 'newer\n' } as const
  const error = caught(() =>
    writeOutputs(folder, [change, { kind: 'create', path: 'new/x', after: '' }, { kind: 'create', path: 'taken/x', after: '' }]),
  )
  assert.match(error.message, join(folder, 'taken'))
  assert.match(error.message, /a file is where a folder is needed; move that file away/)
  assert.equal(list(folder), before)
  assert.is(read(folder, 'compose.yaml'), NEW[0]?.text)
}))

test('a failure after it leaves whole files, no temporary ones, and the old manifest', inFolder((folder) => {
  compile(folder, NEW)
  const manifest = read(folder, '.mlstack/manifest.json')
  // Only the rename meets the limit on names: the temporary one is short.
  const files = [made('compose.yaml', 'newer\n'), made('x'.repeat(300), ''), made('z', '')]
  const error = caught(() => writeOutputs(folder, files.map(({ path, text }) => ({ kind: 'create', path, after: text }))))
  assert.is(error.code, 'ENAMETOOLONG')
  assert.is(read(folder, 'compose.yaml'), files[0]?.text)
  assert.is(read(folder, '.mlstack/manifest.json'), manifest)
  assert.equal(list(folder), ['.mlstack/', '.mlstack/manifest.json', '.mlstack/train.Dockerfile', 'compose.yaml'])
  assert.equal(compile(folder, NEW), [])
  assert.is(read(folder, 'compose.yaml'), NEW[0]?.text)
}))

test('an output folder that is a file: words, and the file stays', inFolder((folder) => {
  writeFileSync(join(folder, 'out'), 'mine')
  const error = caught(() => compile(join(folder, 'out'), NEW))
  assert.match(error.message, join(folder, 'out'))
  assert.match(error.message, /choose another folder with -o/)
  assert.is(read(folder, 'out'), 'mine')
}))

test('a folder that may not be written: words, and nothing is left', inFolder((folder) => {
  chmodSync(folder, 0o555)
  const comeBack = leaveRoot(folder)
  try {
    const error = caught(() => compile(folder, NEW))
    assert.is(error.code, 'EACCES')
    assert.match(error.message, /permission denied; give yourself access/)
    assert.equal(list(folder), [])
  } finally {
    comeBack()
    chmodSync(folder, 0o755)
  }
}))

test('what killed runs left is removed, and what a running one needs is not', inFolder((folder) => {
  compile(folder, NEW)
  const dead = spawnSync(process.execPath, ['--version']).pid
  const kept = [`.mlstack-${process.ppid}-aaaaaaaaaaaa.tmp`, '.mlstack-1.tmp', '.mlstack-mine', 'x.tmp']
  const leftovers = [`.mlstack-${dead}-aaaaaaaaaaaa.tmp`, `.mlstack-${process.pid}-aaaaaaaaaaaa.tmp`, `.mlstack-${process.ppid}-bbbbbbbbbbbb.tmp`]
  for (const name of [...kept, ...leftovers]) writeFileSync(join(folder, name), '')
  writeFileSync(join(folder, '.mlstack', leftovers[0] ?? ''), '')
  utimesSync(join(folder, leftovers[2] ?? ''), LONG_AGO, LONG_AGO)
  compile(folder, NEW)
  assert.equal(
    list(folder).filter((path) => path.includes('mlstack-') || path.endsWith('.tmp')),
    kept.toSorted(),
  )
  assert.not.ok(list(folder).includes(`.mlstack/${leftovers[0]}`))
  rmSync(folder, { recursive: true })
}))

test('a place that takes no folder is an error of the machine, and ends', () => {
  if (process.platform !== 'linux') return
  assert.throws(() => writeOutputs('/proc/mlstack', [{ kind: 'create', path: 'compose.yaml', after: '' }]), /cannot make the folder \/proc\/mlstack/)
})

test.run()
