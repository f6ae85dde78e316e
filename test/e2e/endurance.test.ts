/** A session that goes on for long holds no more than at its beginning. */
import { mkdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { execa } from 'execa'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { withFolder } from '../../src/build/sample-folder.ts'
import { testOnEngine, withStack, type Stack } from './engine.ts'
import { testUnless } from '../machine.ts'
import { CAN_LOOK, childrenOf, isRunning, readResources, REPORTING, type Resources } from './resources.ts'
import { withWatch, type WatchSession } from './watch-session.ts'

const EDITS = 1000
/** By then, all code has been compiled and all caches are full. */
const WARM = 200
const GROWTH = 20 * 1024 * 1024

/** Milliseconds between saves that nobody waits for: many of them are one to the debounce. */
const BURST = 10
/** By then, watches have been made anew after folders came and went. */
const REST = 2500

const CONFIG = 'name: endurance\nframework: python\ntrain: train.py\nserve: serve.py\n'
const PROJECT = { 'mlstack.yaml': CONFIG, 'train.py': 'import pkg.model\n', 'serve.py': 'import pkg.model\n', 'pkg/model.py': '', 'requirements.txt': '' }

interface Edit {
  /** Whether the session says what comes of it. */
  readonly isAnswered: boolean
  readonly make: (number: number, files: Files) => void
}

interface Files {
  readonly at: (path: string) => string
  readonly write: (path: string, text: string) => void
}

/** One after the other, again and again. After the last one all files are where they were at the first. */
const KINDS: readonly Edit[] = [
  { isAnswered: true, make: (number, { write }) => write('mlstack.yaml', `${CONFIG}environment: { EDIT: "${number}" }\n`) },
  { isAnswered: true, make: (number, { write }) => write('mlstack.yaml', `${CONFIG}unknown${number}: 1\n`) },
  // Other files are watched then.
  { isAnswered: true, make: (number, { write }) => write('mlstack.yaml', `${CONFIG}${number % 20 < 10 ? 'requirements: requirements.txt' : ''}\n`) },
  { isAnswered: false, make: (number, { write }) => write('serve.py', `import pkg.model\nEDIT = ${number}\n`) },
  { isAnswered: false, make: (number, { write }) => write(`new${number}/inner/part.py`, 'VALUE = 1\n') },
  { isAnswered: false, make: (_, { at }) => renameSync(at('pkg/model.py'), at('pkg/other.py')) },
  { isAnswered: false, make: (_, { at }) => renameSync(at('pkg/other.py'), at('pkg/model.py')) },
  { isAnswered: false, make: (number, { at }) => rmSync(at(`new${number - 3}`), { recursive: true }) },
  { isAnswered: false, make: (number, { write, at }) => (write('.train.py.new', `EDIT = ${number}\n`), renameSync(at('.train.py.new'), at('train.py'))) },
  { isAnswered: false, make: (_, { at }) => utimesSync(at('pkg/model.py'), new Date(), new Date()) },
]

testUnless(CAN_LOOK ? undefined : 'there is no /proc here to look at a process by', 'after a thousand edits a session holds no more than after two hundred', () =>
  withFolder(PROJECT, (folder) =>
    withWatch(folder, REPORTING, ['--no-up'], async (session) => {
      await session.until(({ event }) => event === 'watching')
      await edit(session, folder, 0, WARM)
      const before = await rest(session)
      await edit(session, folder, WARM, EDITS)
      const after = await rest(session)
      assert.ok(after.memory - before.memory < GROWTH, `resident memory grew from ${before.memory} to ${after.memory}`)
      assert.equal(countsOf(after), countsOf(before))
      assert.is(after.children, 0)
    }),
  ),
)

testOnEngine('after a hundred saves of code a session with a stack holds no more than after ten, and leaves no images behind', () =>
  withStack('test/e2e/edits', (stack) =>
    withWatch(stack.folder, { ...stack.env, ...REPORTING }, [], async (session) => {
      await session.action(() => {})
      await stack.waitForHealth()
      await saveCode(session, stack, 0, 10)
      const before = await rest(session)
      const images = await countDanglingImages(stack)
      await saveCode(session, stack, 10, 110)
      const after = await rest(session)
      assert.ok(after.memory - before.memory < GROWTH, `resident memory grew from ${before.memory} to ${after.memory}`)
      assert.equal(countsOf(after), countsOf(before))
      assert.is(await countDanglingImages(stack), images)
    }),
  ),
)

testOnEngine('nothing that a session started outlives it: after a kill, it ends when Docker next has something to say', () =>
  withStack('test/e2e/edits', async (stack) => {
    await stack.mlstack('compile')
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGKILL'] as const) {
      const children = await endSession(stack, signal)
      if (signal === 'SIGKILL') {
        await stack.compose('restart', 'serve')
        await stack.waitFor(async () => !children.some(isRunning))
      }
      assert.equal(children.filter(isRunning), [], signal)
    }
  }),
)

/** Gives what the session had started, when it has ended. */
function endSession(stack: Stack, signal: NodeJS.Signals): Promise<readonly number[]> {
  return withWatch(stack.folder, stack.env, [], async (session) => {
    await session.until(({ event, service, state }) => event === 'service' && service === 'serve' && state === 'running')
    await stack.waitForHealth()
    await session.settle()
    const children = childrenOf(session.pid)
    assert.ok(children.length > 0)
    process.kill(session.pid, signal)
    return children
  })
}

async function saveCode(session: WatchSession, stack: Stack, from: number, to: number): Promise<void> {
  for (let mark = from + 1; mark <= to; mark++) await session.action(() => stack.replace('serve.py', `MARK = ${mark - 1}`, `MARK = ${mark}`))
}

async function countDanglingImages({ env }: Stack): Promise<number> {
  const { stdout } = await execa('docker', ['images', '--quiet', '--filter', 'dangling=true', '--filter', `label=com.docker.compose.project=${env['COMPOSE_PROJECT_NAME']}`])
  return stdout.split('\n').filter((id) => id !== '').length
}

async function edit(session: WatchSession, folder: string, from: number, to: number): Promise<void> {
  const at = (path: string) => join(folder, path)
  const write = (path: string, text: string) => {
    mkdirSync(dirname(at(path)), { recursive: true })
    writeFileSync(at(path), text)
  }
  for (let number = from; number < to; number++) {
    const { isAnswered, make } = KINDS[number % KINDS.length] as Edit
    const act = () => make(number, { at, write })
    if (isAnswered) await session.action(act)
    else await sleep(BURST).then(act)
  }
}

async function rest(session: WatchSession): Promise<Resources> {
  await sleep(REST)
  const samples = [await readResources(session), await readResources(session), await readResources(session)]
  return samples.toSorted((one, other) => one.memory - other.memory)[1] as Resources
}

function countsOf({ timers, descriptors, inotifyWatches, children }: Resources): Partial<Resources> {
  return { timers, descriptors, inotifyWatches, children }
}

test.run()
