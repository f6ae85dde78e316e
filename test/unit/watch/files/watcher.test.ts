import fs, { appendFileSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { setTimeout as wait } from 'node:timers/promises'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { createDebounce } from '../../../../src/watch/files/debounce.ts'
import { takeSnapshot } from '../../../../src/watch/files/snapshot.ts'
import { watchFiles, type WatchOptions, type WatchProblem } from '../../../../src/watch/files/watcher.ts'
import { makeProjectFolder, until, type ProjectFolder } from '../project-folder.ts'

// Where there are no events, the watcher looks once a second; here, twenty times.
const { setInterval: begin } = globalThis
globalThis.setInterval = ((work: () => void, delay: number) => begin(work, delay / 20)) as typeof setInterval

const isIgnored = (path: string) => /\/(ignored|\.git)(\/|$)/.test(path)

/** Watches as a session does: events, a quiet moment, then a comparison of contents. Changes are told as `changed src/a.py`. */
async function watch(project: ProjectFolder, options: Partial<WatchOptions> = {}) {
  const roots = options.roots ?? [project.root]
  const snapshot = await takeSnapshot({ roots, isIgnored })
  const told: string[] = []
  const paths: string[] = []
  const problems: WatchProblem[] = []
  let doubts = 0
  const tell = (changes: Awaited<ReturnType<typeof snapshot.update>>) => told.push(...changes.map(({ kind, path }) => `${kind} ${path.slice(project.root.length + 1)}`))
  const debounce = createDebounce({ quiet: 15, onQuiet: (each) => void snapshot.update(each).then(tell) })
  const watcher = await watchFiles({
    roots,
    isIgnored,
    isPolling: false,
    onPaths: (each) => {
      paths.push(...each)
      each.forEach(debounce.add)
    },
    onProblem: (problem) => problems.push(problem),
    onDoubt: () => {
      doubts += 1
      void snapshot.sweep().then(tell)
    },
    ...options,
  })
  return {
    watcher,
    told,
    paths,
    problems,
    doubts: () => doubts,
    /** Waits until all of this was told, in any order. */
    tells: (...expected: readonly string[]) => until(() => expected.every((each) => told.includes(each)), expected.slice(0, 5).join(', ')),
    close: async () => {
      debounce.close()
      await watcher.close()
    },
  }
}

/** Ways to save that tell of one change each. */
const SAVES: readonly { readonly name: string; readonly save: (project: ProjectFolder) => void }[] = [
  { name: 'in place', save: ({ write }) => write('src/a.py', 'new') },
  { name: 'by a rename over it', save: ({ at, write }) => (write('src/a.py.tmp', 'new'), renameSync(at('src/a.py.tmp'), at('src/a.py'))) },
  { name: 'as vim does, with a backup', save: ({ at, write }) => (renameSync(at('src/a.py'), at('src/a.py~')), write('src/a.py', 'new'), unlinkSync(at('src/a.py~'))) },
  { name: 'in pieces', save: ({ at, write }) => (write('src/a.py', ''), appendFileSync(at('src/a.py'), 'n'), appendFileSync(at('src/a.py'), 'ew')) },
  { name: 'by deleting and making it anew', save: ({ at, write }) => (rmSync(at('src/a.py')), write('src/a.py', 'new')) },
]

for (const { name, save } of SAVES) {
  test(`a file saved ${name} changes once, time and again`, async () => {
    const project = makeProjectFolder('src/a.py')
    const { told, tells, close } = await watch(project)
    for (const round of [1, 2]) {
      save(project)
      await tells('changed src/a.py')
      assert.equal(told.splice(0), ['changed src/a.py'], `round ${round}`)
      project.write('src/a.py')
      await tells('changed src/a.py')
      told.length = 0
    }
    await close()
  })

  test(`a single file as the root saved ${name} changes once, time and again`, async () => {
    const project = makeProjectFolder('src/a.py', 'src/other.py')
    const { told, tells, close, paths } = await watch(project, { roots: [project.at('src/a.py')] })
    for (const round of [1, 2]) {
      save(project)
      project.write('src/other.py', `${round}`)
      await tells('changed src/a.py')
      assert.equal(told.splice(0), ['changed src/a.py'], `round ${round}`)
      project.write('src/a.py')
      await tells('changed src/a.py')
      told.length = 0
    }
    assert.equal([...new Set(paths)], [project.at('src/a.py')])
    await close()
  })
}

test('a save of the same content is an event and no change', async () => {
  const project = makeProjectFolder('a.py')
  const { told, paths, close } = await watch(project)
  project.write('a.py')
  await until(() => paths.length > 0, 'an event')
  await wait(120)
  assert.equal(told, [])
  await close()
})

test('new folders in folders, with files written at once, are seen, and so is what comes later', async () => {
  const project = makeProjectFolder('a.py')
  const { told, tells, close } = await watch(project)
  project.write('new/deep/er/b.py')
  project.write('new/c.py')
  await tells('added new/deep/er/b.py', 'added new/c.py')
  project.write('new/deep/er/b.py', 'new')
  await tells('changed new/deep/er/b.py')
  assert.is(told.length, 3)
  await close()
})

test('a folder that is renamed moves its files, and is watched under its new name', async () => {
  const project = makeProjectFolder('src/deep/a.py')
  const { told, tells, close } = await watch(project)
  renameSync(project.at('src'), project.at('lib'))
  await tells('removed src/deep/a.py', 'added lib/deep/a.py')
  project.write('lib/deep/a.py', 'new')
  await tells('changed lib/deep/a.py')
  assert.is(told.length, 3)
  await close()
})

test('a folder that is made anew within a moment is watched again', async () => {
  const project = makeProjectFolder('src/deep/a.py')
  cpSync(project.at('src'), project.at('../copy'), { recursive: true })
  const { told, tells, close, doubts } = await watch(project)
  rmSync(project.at('src'), { recursive: true })
  renameSync(project.at('../copy'), project.at('src'))
  await until(() => doubts() > 0, 'a look at everything')
  assert.equal(told, [])
  project.write('src/deep/a.py', 'new')
  await tells('changed src/deep/a.py')
  await close()
})

test('500 files in one go are told each once', async () => {
  const project = makeProjectFolder('a.py')
  const { told, tells, close } = await watch(project)
  const files = Array.from({ length: 500 }, (_, index) => `many/${index % 7}/${index}.py`)
  files.forEach((path) => project.write(path))
  await tells(...files.map((path) => `added ${path}`))
  assert.is(told.length, 500)
  await close()
})

test('a link round in a circle is no harm', async () => {
  const project = makeProjectFolder('src/a.py')
  symlinkSync(project.root, project.at('src/round'))
  const { told, tells, close } = await watch(project)
  project.write('src/a.py', 'new')
  await tells('changed src/a.py')
  assert.equal(told, ['changed src/a.py'])
  await close()
})

test('paths are told as they were given, whatever links lead to them', async () => {
  const project = makeProjectFolder('src/a.py', 'conf/real.yaml')
  const link = `${project.root}-link`
  symlinkSync(project.root, link)
  symlinkSync('conf/real.yaml', project.at('mlstack.yaml'))
  const { paths, close } = await watch(project, { roots: [`${link}/src`, `${link}/mlstack.yaml`] })
  project.write('src/a.py', 'new')
  project.write('conf/real.yaml', 'new')
  await until(() => paths.includes(`${link}/src/a.py`) && paths.includes(`${link}/mlstack.yaml`), 'both')
  assert.is(new Set(paths).size, 2)
  await close()
})

test('what is ignored gives no events, and its 5,000 files no watches', async () => {
  const project = makeProjectFolder('src/a.py', '.git/index')
  for (let folder = 0; folder < 10; folder += 1) {
    mkdirSync(project.at(`ignored/${folder}`), { recursive: true })
    for (let file = 0; file < 500; file += 1) writeFileSync(project.at(`ignored/${folder}/${file}`), '')
  }
  const before = countWatches()
  const { paths, tells, close } = await watch(project)
  // One for the root and one for `src`.
  if (before === undefined) console.warn('skipped: this system does not tell how many watches there are')
  else assert.is(Number(countWatches()) - before, 2)
  project.write('ignored/1/1', 'new')
  project.write('.git/index', 'new')
  project.write('src/a.py', 'new')
  await tells('changed src/a.py')
  assert.equal([...new Set(paths)], [project.at('src/a.py')])
  await close()
  if (before !== undefined) assert.is(countWatches(), before)
})

/** How many inotify watches this process has; undefined where the system does not tell. */
function countWatches(): number | undefined {
  if (!existsSync('/proc/self/fdinfo')) return undefined
  const infos = readdirSync('/proc/self/fdinfo').map((each) => (existsSync(`/proc/self/fdinfo/${each}`) ? readFileSync(`/proc/self/fdinfo/${each}`, 'utf8') : ''))
  return infos.join('\n').split('\n').filter((line) => line.startsWith('inotify wd:')).length
}

test('a root that is deleted and comes back is watched again', async () => {
  const project = makeProjectFolder('src/a.py')
  const { tells, told, close } = await watch(project, { roots: ['src', 'late'].map(project.at) })
  rmSync(project.at('src'), { recursive: true })
  await tells('removed src/a.py')
  project.write('src/b.py')
  project.write('late/c.py')
  await tells('added src/b.py', 'added late/c.py')
  await wait(250)
  project.write('src/b.py', 'new')
  project.write('late/c.py', 'new')
  await tells('changed src/b.py', 'changed late/c.py')
  assert.is(told.length, 5)
  await close()
})

test('polling finds changes without a watch', async () => {
  const project = makeProjectFolder('src/a.py')
  const before = countWatches()
  const { watcher, paths, told, tells, close } = await watch(project, { isPolling: true })
  assert.is(watcher.isPolling, true)
  assert.is(countWatches(), before)
  project.write('src/a.py', 'new')
  project.write('new/b.py')
  await tells('changed src/a.py', 'added new/b.py')
  assert.is(told.length, 2)
  assert.equal(paths, [])
  await close()
})

/** Runs with a function of node:fs replaced, for chokidar as well. */
async function withForged<Name extends 'watch' | 'statfsSync'>(name: Name, forged: (typeof fs)[Name], run: () => Promise<void>): Promise<void> {
  const real = fs[name]
  fs[name] = forged
  syncBuiltinESMExports()
  try {
    await run()
  } finally {
    fs[name] = real
    syncBuiltinESMExports()
  }
}

const failing = (code: string, isHit: (path: string) => boolean): typeof fs.watch => {
  const real = fs.watch
  const forged = (path: string, ...rest: readonly never[]) => {
    if (isHit(path)) throw Object.assign(new Error(`${code}: forged, watch '${path}'`), { code, syscall: 'watch' })
    return real(path, ...rest)
  }
  return forged as typeof fs.watch
}

for (const [code, setting] of [
  ['ENOSPC', 'sudo sysctl fs.inotify.max_user_watches=524288'],
  ['EMFILE', 'sudo sysctl fs.inotify.max_user_instances=512'],
] as const) {
  test(`${code} is told once, with the line that helps, and changes are found nevertheless`, async () => {
    const project = makeProjectFolder('src/a.py', 'lib/b.py')
    await withForged('watch', failing(code, (path) => !path.endsWith('/project')), async () => {
      const before = countWatches()
      const { watcher, problems, tells, close } = await watch(project)
      assert.is(problems.length, 1)
      assert.match(problems[0]?.help ?? '', setting)
      assert.is(watcher.isPolling, true)
      assert.is(countWatches(), before)
      project.write('src/a.py', 'new')
      await tells('changed src/a.py')
      await close()
    })
  })
}

test('a limit that is reached later is no end either', async () => {
  const project = makeProjectFolder('src/a.py')
  await withForged('watch', failing('ENOSPC', (path) => path.includes('/late')), async () => {
    const { watcher, problems, tells, close } = await watch(project)
    assert.is(watcher.isPolling, false)
    project.write('late/b.py')
    await until(() => watcher.isPolling, 'polling')
    await tells('added late/b.py')
    project.write('late/b.py', 'new')
    await tells('changed late/b.py')
    assert.is(problems.length, 1)
    await close()
  })
})

test('one folder that cannot be watched does not end the watch of the others', async () => {
  const project = makeProjectFolder('src/a.py', 'closed/b.py')
  await withForged('watch', failing('EACCES', (path) => path.endsWith('/closed')), async () => {
    const { watcher, problems, tells, close } = await watch(project)
    assert.match(problems.map(({ message }) => message).join(), `${project.root}/closed`)
    assert.is(watcher.isPolling, false)
    project.write('src/a.py', 'new')
    await tells('changed src/a.py')
    await close()
  })
})

test('a file system that tells of nothing is polled, and named', async () => {
  const project = makeProjectFolder('a.py')
  const forged = (() => ({ type: -0xacb2be })) as unknown as typeof fs.statfsSync
  await withForged('statfsSync', forged, async () => {
    const { watcher, problems, close } = await watch(project)
    assert.is(watcher.isPolling, true)
    assert.equal(problems.map(({ message }) => message), ['the project lies on CIFS, which tells of no changes'])
    await close()
  })
})

test('after a close nothing is told', async () => {
  const project = makeProjectFolder('a.py')
  const { paths, close, doubts } = await watch(project)
  project.write('new/b.py')
  await until(() => paths.length > 0, 'an event')
  await close()
  paths.length = 0
  project.write('a.py', 'new')
  await wait(300)
  assert.equal(paths, [])
  assert.is(doubts(), 0)
})

test.run()
