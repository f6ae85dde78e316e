/** `mlstack watch` on the real engine: what each save leads to, and what it leaves alone. */
import { existsSync, readdirSync, readFileSync, rmSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { testOnEngine, withStack, type Stack } from './engine.ts'
import { withWatch, type Told } from './watch-session.ts'

type Answer = Readonly<Record<string, unknown>>

testOnEngine('each save leads to the work that it calls for, and to no more', () =>
  withStack('test/e2e/edits', (stack) =>
    withWatch(stack.folder, stack.env, [], async (session) => {
      const did = async (act: () => void) => shorten(await session.action(act))
      const set = (path: string, mark: number) => stack.replace(path, /MARK = \d+/.exec(stack.read(path))?.[0] ?? '', `MARK = ${mark}`)
      assert.is(await did(() => {}), 'start -> train, evaluate, serve')
      await stack.waitForHealth()
      const container = await idOf('serve', stack)

      assert.is(await did(() => set('serve.py', 1)), 'serve.py -> serve')
      await answers(stack, { serve: 1 })
      assert.is(await did(() => set('evaluate.py', 1)), 'evaluate.py -> evaluate')
      await answers(stack, { evaluate: 1 })
      assert.is(await did(() => set('train.py', 1)), 'train.py -> train, evaluate, serve')
      await answers(stack, { train: 1, 'served with': 0 })
      assert.is(await did(() => set('shared.py', 1)), 'shared.py -> train, evaluate, serve')
      await answers(stack, { 'trained with': 1, 'served with': 1 })
      assert.is(await did(() => stack.write('words.txt', '1\n')), 'words.txt -> serve')
      await answers(stack, { words: '1' })
      assert.is(await idOf('serve', stack), container, 'the container of the server has been the same all along')

      await session.settle()
      const told = session.told.length
      utimesSync(join(stack.folder, 'train.py'), new Date(), new Date())
      stack.write('serve.py', stack.read('serve.py'))
      stack.write('.train.py.swp', 'swap')
      await session.settle()
      assert.equal(session.told.slice(told).filter(({ event }) => event === 'action'), [], 'nothing has changed')

      assert.is(await did(() => stack.replace('mlstack.yaml', 'MODE: "0"', 'MODE: "1"')), 'mlstack.yaml -> train, evaluate, serve')
      await answers(stack, { mode: '1' })
      assert.is(await did(() => stack.write('mlstack.yaml', `# more words\n${stack.read('mlstack.yaml')}`)), 'mlstack.yaml -> compile')
      assert.is(await did(() => stack.write('mlstack.yaml', `${stack.read('mlstack.yaml')}services: { other: { image: ${stack.project}-train, command: [sleep, "600"], init: true } }\n`)), 'mlstack.yaml -> other')
      assert.is(await did(() => stack.write('mlstack.yaml', stack.read('mlstack.yaml').replace(/services:.*\n/, ''))), 'mlstack.yaml -> remove other')
      assert.is(await idOf('other', stack), '')
    }),
  ),
)

testOnEngine('whatever is wrong is told, and leaves what runs alone; the next good save mends it', () =>
  withStack('test/e2e/edits', (stack) =>
    withWatch(stack.folder, stack.env, [], async (session) => {
      await session.action(() => {})
      await stack.waitForHealth()
      const container = await idOf('serve', stack)
      const files = ['mlstack.yaml', 'serve.py', 'train.py'].map((path) => [path, stack.read(path)] as const)
      const [config = '', serve = '', train = ''] = files.map(([, text]) => text)

      const diagnostics = await session.until(isDiagnostics, () => stack.write('mlstack.yaml', config.replace('require', 'requir')))
      assert.equal(codesIn(diagnostics), [['MLS1101', 'mlstack.yaml', 6]])
      await session.settle()
      assert.is(shorten(await session.action(() => stack.write('serve.py', serve.replace('MARK = 0', 'MARK = 5')))), 'serve.py -> serve')
      await answers(stack, { serve: 5 })
      await session.until(isDiagnostics, () => stack.write('mlstack.yaml', config))
      await session.settle()

      await session.until(({ event, line }) => event === 'log' && String(line).includes('waits for changed code'), () => stack.write('serve.py', 'nonsense('))
      await session.action(() => stack.write('serve.py', serve))
      await answers(stack, { serve: 0 })

      const failed = await session.action(() => stack.write('train.py', `raise SystemExit('no')`))
      assert.is(shorten(failed), 'train.py -> train failed: the command failed (status 1)')
      assert.is(shorten(await session.action(() => stack.write('mlstack.yaml', config.replace('>= 1', '>= 2')))), 'mlstack.yaml -> ', 'evaluate waits for train')
      await session.action(() => stack.write('mlstack.yaml', config))
      await session.action(() => stack.write('train.py', train))
      assert.is(shorten(await session.action(() => stack.write('mlstack.yaml', config.replace('>= 1', '>= 2')))), 'mlstack.yaml -> evaluate failed: score 1 misses >= 2 by 1')
      await answers(stack, { serve: 0, train: 0 })
      await session.action(() => stack.write('mlstack.yaml', config))

      const broken = await session.until((told) => isDiagnostics(told) && codesIn(told).length > 0, () => stack.write('requirements.txt', '# one\nno-such-package-there-is==1.0\n'))
      assert.equal(codesIn(broken), [['MLS6001', 'requirements.txt', 2]])
      await answers(stack, { serve: 0, train: 0 })
      assert.is(await idOf('serve', stack), container)
      const mended = await session.until(({ event, outcome }) => event === 'action' && outcome === 'done', () => rmSync(join(stack.folder, 'requirements.txt')))
      assert.is(shorten(mended), 'requirements.txt -> train, evaluate, serve')
      await stack.waitForHealth()
    }),
  ),
)

testOnEngine('ending leaves the stack up and no process behind, and a second session takes up what is there', () =>
  withStack('test/e2e/edits', async (stack) => {
    await withWatch(stack.folder, stack.env, [], async (session) => {
      await session.action(() => {})
      await stack.waitForHealth()
      assert.ok(childrenOf(session.pid).length > 0)
      assert.is(await session.stop(), 0)
      assert.equal(session.told.at(-1), { ...session.told.at(-1), event: 'stopped', is_stack_up: true, how_to_stop: 'docker compose down' })
      assert.not(existsSync(`/proc/${session.pid}`))
    })
    assert.is((await ask(stack))['serve'], 0)

    await withWatch(stack.folder, stack.env, ['--down'], async (session) => {
      const note = await session.until(({ event }) => event === 'note')
      assert.match(String(note['message']), /^train and evaluate succeeded before/)
      await session.settle()
      assert.equal(session.told.filter(({ event, service }) => event === 'log' && service === 'train'), [])
      assert.is(shorten(await session.action(() => stack.replace('serve.py', 'MARK = 0', 'MARK = 7'))), 'serve.py -> serve')
      await answers(stack, { serve: 7 })
      await session.stop()
    })
    assert.is((await stack.compose('ps', '-aq')).output.trim(), '')
  }),
)

function shorten({ causes, did, outcome, reason }: Told): string {
  const failed = outcome === 'done' ? '' : ` ${outcome}${reason === undefined ? '' : `: ${reason}`}`
  return `${(causes as readonly string[]).join(', ')} -> ${(did as readonly string[]).join(', ')}${failed}`
}

function isDiagnostics({ event }: Told): boolean {
  return event === 'diagnostics'
}

function codesIn({ diagnostics }: Told): readonly (readonly unknown[])[] {
  return (diagnostics as readonly Answer[]).map(({ code, file, line }) => [code, file, line])
}

async function answers(stack: Stack, expected: Answer): Promise<void> {
  await stack.waitFor(async () => {
    const answer = await ask(stack)
    return Object.entries(expected).every(([key, value]) => answer[key] === value)
  })
}

/** A connection to a server that ends just then may never be answered. */
async function ask(stack: Stack): Promise<Answer> {
  return (await fetch(stack.url, { signal: AbortSignal.timeout(1000) })).json() as Promise<Answer>
}

async function idOf(service: string, { compose }: Stack): Promise<string> {
  return (await compose('ps', '--all', '--quiet', '--no-trunc', '--orphans', service)).output.trim()
}

/** The processes that a process has started. */
function childrenOf(pid: number): readonly string[] {
  return readdirSync(`/proc/${pid}/task`).flatMap((task) => readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter((child) => child !== ''))
}

test.run()
