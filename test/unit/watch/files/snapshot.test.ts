import { chmodSync, createWriteStream, mkdirSync, renameSync, rmSync, statSync, symlinkSync, truncateSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { takeSnapshot, type FileChange, type Snapshot } from '../../../../src/watch/files/snapshot.ts'
import { leaveRoot } from '../../../machine.ts'
import { makeProjectFolder, type ProjectFolder } from '../project-folder.ts'

/** A snapshot of a new folder, whose changes are told as `changed src/a.py`. */
async function begin(files: readonly string[], prepare: (project: ProjectFolder) => void = () => undefined) {
  const project = makeProjectFolder(...files)
  prepare(project)
  const snapshot = await takeSnapshot({ roots: [project.root], isIgnored: (path) => path.endsWith('/ignored') })
  const tell = (changes: readonly FileChange[]) => changes.map(({ kind, path }) => `${kind} ${path.slice(project.root.length + 1)}`)
  return {
    ...project,
    snapshot,
    files: () => snapshot.files.map((path) => path.slice(project.root.length + 1)),
    update: async (...paths: readonly string[]) => tell(await snapshot.update(paths.map(project.at))),
    sweep: async () => tell(await snapshot.sweep()),
  }
}

type Project = Awaited<ReturnType<typeof begin>>

/** What is done to `a.py`, `src/b.py` and `src/deep/c.py`, what is looked at, and what really differs. */
const CASES: readonly { readonly name: string; readonly change: (project: Project) => void; readonly look: readonly string[]; readonly told: readonly string[] }[] = [
  { name: 'new content', change: ({ write }) => write('a.py', 'new'), look: ['a.py'], told: ['changed a.py'] },
  { name: 'new content of the same length', change: ({ write }) => write('a.py', 'TEXT of a.py\n'), look: ['a.py'], told: ['changed a.py'] },
  { name: 'the same content', change: ({ write }) => write('a.py'), look: ['a.py'], told: [] },
  { name: 'the same content by a rename', change: ({ at, write }) => (write('x'), writeFileSync(at('x'), 'text of a.py\n'), renameSync(at('x'), at('a.py'))), look: ['a.py'], told: [] },
  { name: 'a touch', change: ({ at }) => utimesSync(at('a.py'), 1, 1), look: ['a.py'], told: [] },
  { name: 'a new mode', change: ({ at }) => chmodSync(at('a.py'), 0o755), look: ['a.py'], told: [] },
  { name: 'a new file', change: ({ write }) => write('d.py'), look: ['d.py'], told: ['added d.py'] },
  { name: 'an empty file', change: ({ at }) => truncateSync(at('a.py')), look: ['a.py'], told: ['changed a.py'] },
  { name: 'a removed file', change: ({ at }) => rmSync(at('a.py')), look: ['a.py'], told: ['removed a.py'] },
  { name: 'a path that never was', change: () => undefined, look: ['x/y/z'], told: [] },
  { name: 'a removed folder', change: ({ at }) => rmSync(at('src'), { recursive: true }), look: ['src'], told: ['removed src/b.py', 'removed src/deep/c.py'] },
  { name: 'a file of a removed folder', change: ({ at }) => rmSync(at('src'), { recursive: true }), look: ['src/deep/c.py'], told: ['removed src/deep/c.py'] },
  { name: 'a renamed folder', change: ({ at }) => renameSync(at('src'), at('lib')), look: ['lib', 'src'], told: ['added lib/b.py', 'added lib/deep/c.py', 'removed src/b.py', 'removed src/deep/c.py'] },
  { name: 'a folder in place of a file', change: ({ at, write }) => (rmSync(at('a.py')), write('a.py/in')), look: ['a.py'], told: ['removed a.py', 'added a.py/in'] },
  { name: 'a file in place of a folder', change: ({ at, write }) => (rmSync(at('src'), { recursive: true }), write('src')), look: ['src'], told: ['added src', 'removed src/b.py', 'removed src/deep/c.py'] },
  { name: 'everything', change: ({ at, write }) => (write('new/d.py'), rmSync(at('a.py')), write('src/b.py', 'new')), look: [''], told: ['removed a.py', 'added new/d.py', 'changed src/b.py'] },
  { name: 'the folder around the root', change: ({ write }) => write('a.py', 'new'), look: ['..'], told: ['changed a.py'] },
  { name: 'something ignored', change: ({ write }) => write('ignored/x.py'), look: ['ignored', 'ignored/x.py'], told: [] },
  { name: 'something elsewhere', change: ({ at }) => writeFileSync(at('../x.py'), 'x'), look: ['../x.py'], told: [] },
]

for (const { name, change, look, told } of CASES) {
  test(`an update tells of ${name} what it should, once`, async () => {
    const project = await begin(['a.py', 'src/b.py', 'src/deep/c.py'])
    change(project)
    assert.equal(await project.update(...look), told)
    assert.equal(await project.update(...look), [])
  })
}

test('a sweep tells of everything, however it came', async () => {
  const project = await begin(['a.py', 'src/b.py', 'same.py'])
  renameSync(project.at('src'), project.at('lib'))
  project.write('a.py', 'TEXT of a.py\n')
  project.write('same.py')
  assert.equal(await project.sweep(), ['changed a.py', 'added lib/b.py', 'removed src/b.py'])
  assert.equal(await project.sweep(), [])
  assert.equal(project.files(), ['a.py', 'lib/b.py', 'same.py'])
})

test('one of two names of a renamed folder and a sweep give what both would', async () => {
  const project = await begin(['src/b.py'])
  renameSync(project.at('src'), project.at('lib'))
  assert.equal(await project.update('lib'), ['added lib/b.py'])
  assert.equal(await project.sweep(), ['removed src/b.py'])
})

test('a content that keeps size and time is seen', async () => {
  const project = await begin(['a.py'], ({ at }) => utimesSync(at('a.py'), 1, 1))
  project.write('a.py', 'TEXT of a.py\n')
  utimesSync(project.at('a.py'), 1, 1)
  assert.equal(await project.sweep(), ['changed a.py'])
})

test('what is doubted is told of again, if it exists', async () => {
  const project = await begin(['a.py', 'b.py', 'c.py'])
  project.snapshot.doubt(['a.py', 'b.py'].map(project.at))
  rmSync(project.at('b.py'))
  assert.is(project.snapshot.hashOf(project.at('a.py')), undefined)
  assert.equal(await project.update('c.py'), ['changed a.py', 'removed b.py'])
  assert.ok(project.snapshot.hashOf(project.at('a.py')))
  assert.equal(await project.update('a.py', 'b.py'), [])
})

test('a doubt during a look is not lost', async () => {
  const project = await begin(['a.py'])
  project.write('a.py', 'new')
  const first = project.update('a.py')
  await Promise.resolve()
  project.snapshot.doubt([project.at('a.py')])
  assert.equal(await first, ['changed a.py'])
  assert.equal(await project.update('a.py'), ['changed a.py'])
})

test('two looks at once tell of a change once', async () => {
  const project = await begin(['a.py'])
  project.write('a.py', 'new')
  assert.equal((await Promise.all([project.update('a.py'), project.sweep(), project.update('')])).flat(), ['changed a.py'])
})

test('a link counts by what it leads to, and a loop or a broken one as missing', async () => {
  const project = await begin(['../outside/x.py', '../outside/folder/y.py', 'src/a.py', 'lib/b.py'], ({ at }) => {
    symlinkSync(at('../outside/x.py'), at('x.py'))
    symlinkSync(at('../outside/folder'), at('folder'))
    symlinkSync(at('nowhere'), at('broken'))
    symlinkSync('itself', at('itself'))
    symlinkSync(at('src'), at('src/round'))
    symlinkSync(at('lib'), at('src/lib'))
    symlinkSync(at('src'), at('lib/src'))
  })
  assert.equal(project.files(), ['folder/y.py', 'lib/b.py', 'lib/src/a.py', 'src/a.py', 'src/lib/b.py', 'x.py'])
  project.write('../outside/x.py', 'new')
  project.write('../outside/folder/z.py')
  assert.equal(await project.update('src/a.py'), ['added folder/z.py', 'changed x.py'])
  rmSync(project.at('x.py'))
  symlinkSync(project.at('src/a.py'), project.at('x.py'))
  assert.equal(await project.update('x.py'), ['changed x.py'])
  rmSync(project.at('folder'))
  assert.equal(await project.update(), ['removed folder/y.py', 'removed folder/z.py'])
})

test('roots may be files, links, missing, or in a folder that is ignored', async () => {
  const { root, at, write } = makeProjectFolder('src/a.py', 'mlstack.yaml', 'other.txt', 'ignored/keep.py', 'ignored/drop.py')
  symlinkSync(at('src'), at('link'))
  const roots = ['mlstack.yaml', 'link', 'ignored/keep.py', '.env'].map(at)
  const snapshot: Snapshot = await takeSnapshot({ roots, isIgnored: (path) => path.includes('/ignored') || path.endsWith('.yaml') })
  assert.equal(snapshot.files, ['ignored/keep.py', 'link/a.py', 'mlstack.yaml'].map(at))
  for (const path of ['.env', 'ignored/keep.py', 'ignored/drop.py', 'other.txt']) write(path, 'new')
  assert.equal(await snapshot.update([root]), [
    { path: at('.env'), kind: 'added' },
    { path: at('ignored/keep.py'), kind: 'changed' },
  ])
})

test('large files are told apart too, and the largest by size and time alone', async () => {
  const project = await begin(['large.bin', 'largest.bin'], ({ at }) => {
    truncateSync(at('large.bin'), 2 * 1024 * 1024)
    truncateSync(at('largest.bin'), 65 * 1024 * 1024)
  })
  const { size, mtimeMs } = statSync(project.at('largest.bin'))
  assert.match(project.snapshot.hashOf(project.at('largest.bin')) ?? '', `${size}:${mtimeMs}`)
  assert.match(project.snapshot.hashOf(project.at('large.bin')) ?? '', /^[0-9a-f]{64}$/)
  truncateSync(project.at('large.bin'), 2 * 1024 * 1024 - 1)
  utimesSync(project.at('largest.bin'), 1, 1)
  assert.equal(await project.sweep(), ['changed large.bin', 'changed largest.bin'])
})

test('files that grow and vanish while they are read do no harm', async () => {
  const project = await begin(['a.py'])
  const log = createWriteStream(project.at('growing.log'))
  const churn = setInterval(() => {
    log.write('x'.repeat(1000))
    project.write('flicker/x.py')
    rmSync(project.at('flicker'), { recursive: true })
  }, 1)
  for (let index = 0; index < 6; index += 1) await project.sweep()
  clearInterval(churn)
  await new Promise((resolve) => log.end(resolve))
  await project.sweep()
  assert.equal(project.files(), ['a.py', 'growing.log'])
  assert.equal(await project.sweep(), [])
})

test('what cannot be read is known by its size and time', async () => {
  const project = await begin(['secret.key', 'closed/x.py'])
  const comeBack = leaveRoot(dirname(project.root))
  try {
    chmodSync(project.at('secret.key'), 0)
    assert.equal(await project.sweep(), ['changed secret.key'])
    assert.equal(await project.sweep(), [])
    chmodSync(project.at('closed'), 0)
    assert.equal(await project.sweep(), ['removed closed/x.py'])
  } finally {
    comeBack()
    chmodSync(project.at('closed'), 0o755)
  }
})

test('a large project does not hold up the process', async () => {
  const project = makeProjectFolder()
  for (let folder = 0; folder < 5; folder += 1) {
    mkdirSync(project.at(`f${folder}`))
    for (let file = 0; file < 100; file += 1) writeFileSync(project.at(`f${folder}/${file}.py`), `${file}`)
  }
  let ticks = 0
  const ticking = setInterval(() => (ticks += 1), 2)
  const snapshot = await takeSnapshot({ roots: [project.root], isIgnored: () => false })
  clearInterval(ticking)
  assert.is(snapshot.files.length, 500)
  assert.ok(ticks > 1)
})

test.run()
