/** Two hundred random edits, good and bad, slow and in bursts: after each round the stack is what a fresh one of the same tree would be. */
import { cpSync, existsSync, mkdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { nameProject, testOnEngine, withStack, type Stack } from './engine.ts'
import { withWatch, type WatchSession } from './watch-session.ts'

const ROUNDS = 20
const EDITS_OF_A_ROUND = 10

/** Printed, so that a run that failed can be run again: SEED=… npm run test:e2e. */
const SEED = Number(process.env['SEED'] ?? Date.now() % 1_000_000)

/** Each file with the text that it has once all is well; what else is in the folder makes no difference. */
type Tree = Map<string, string>

interface Random {
  below(limit: number): number
  pick<Item>(items: readonly Item[]): Item
}

interface Edit {
  readonly name: string
  /** Changes the tree to come, or makes a mess on the disk that `heal` clears up. */
  make(tree: Tree, stack: Stack, random: Random): void | Promise<void>
}

const SOURCES = ['train.py', 'evaluate.py', 'serve.py', 'shared.py'] as const

const EDITS: readonly Edit[] = [
  { name: 'a new mark', make: (tree, stack, random) => save(stack, change(tree, random.pick(SOURCES), /MARK = \d+/, `MARK = ${random.below(1000)}`)) },
  { name: 'a new mark, by rename', make: (tree, stack, random) => saveByRename(stack, change(tree, random.pick(SOURCES), /MARK = \d+/, `MARK = ${random.below(1000)}`)) },
  { name: 'there and back again', make: (tree, stack, random) => thereAndBack(stack, tree, random.pick(SOURCES)) },
  { name: 'other words', make: (tree, stack, random) => save(stack, change(tree, 'words.txt', /.*/, `words ${random.below(1000)}`)) },
  { name: 'another mode', make: (tree, stack, random) => save(stack, change(tree, 'mlstack.yaml', /MODE: "\w*"/, `MODE: "${random.below(1000)}"`)) },
  { name: 'a comment in the config', make: (tree, stack, random) => save(stack, change(tree, 'mlstack.yaml', /^#.*/, `# ${random.below(1000)}`)) },
  { name: 'the config truncated', make: (_, stack) => stack.write('mlstack.yaml', '') },
  { name: 'the config wrong', make: (tree, stack) => stack.write('mlstack.yaml', `${tree.get('mlstack.yaml')}nonsense: [\n`) },
  { name: 'a gate that nothing passes', make: (tree, stack) => stack.write('mlstack.yaml', tree.get('mlstack.yaml')?.replace('>= 1', '>= 2') ?? '') },
  { name: 'a syntax error', make: (_, stack, random) => stack.write(random.pick(SOURCES), 'def (') },
  { name: 'a package that there is not', make: (_, stack) => stack.write('requirements.txt', 'no-such-package-there-is==1\n') },
  { name: 'a file deleted', make: (_, stack, random) => rmSync(join(stack.folder, random.pick([...SOURCES, 'mlstack.yaml'])), { force: true }) },
  { name: 'a file renamed', make: (_, stack, random) => renameIfThere(stack, random.pick(SOURCES)) },
  { name: 'a module into a package', make: (tree, stack) => moveShared(tree, stack) },
  { name: 'outputs deleted', make: (_, stack) => rmSync(join(stack.folder, '.mlstack'), { recursive: true, force: true, maxRetries: 5 }) },
  { name: 'a touch', make: (_, stack, random) => touch(stack, random.pick(SOURCES)) },
  { name: 'files that nobody reads', make: (_, stack, random) => put(stack, `notes/${random.below(5)}/n.md`, 'note') },
  { name: 'files that are ignored', make: (_, stack, random) => put(stack, `__pycache__/${random.below(5)}.pyc`, `${random.below(1000)}`) },
]

testOnEngine(`${ROUNDS * EDITS_OF_A_ROUND} random edits`, () =>
  withStack('test/e2e/edits', async (stack) => {
    console.log(`random edits with SEED=${SEED}`)
    const random = createRandom(SEED)
    const tree: Tree = new Map(['mlstack.yaml', 'words.txt', ...SOURCES].map((path) => [path, stack.read(path)]))
    await withWatch(stack.folder, stack.env, [], async (session) => {
      await session.action(() => {})
      await stack.waitForHealth()
      for (let round = 0; round < ROUNDS; round++) await playRound(round, { tree, stack, session, random })
      await session.settle()
      await compareWithFresh(stack)
    })
  }),
)

interface Game {
  readonly tree: Tree
  readonly stack: Stack
  readonly session: WatchSession
  readonly random: Random
}

async function playRound(round: number, { tree, stack, session, random }: Game): Promise<void> {
  const names: string[] = []
  for (let count = 0; count < EDITS_OF_A_ROUND; count++) {
    const edit = random.pick(EDITS)
    names.push(edit.name)
    await edit.make(tree, stack, random)
    await sleep(random.pick([0, 0, 10, 40, 120, 700]))
  }
  heal(tree, stack)
  await session.settle()
  const expected = expectedAnswer(tree)
  const context = `SEED=${SEED}, round ${round}: ${names.join('; ')}`
  // A server that has just started anew may refuse for a moment.
  for (let tries = 0; tries < 20 && JSON.stringify(await ask(stack).catch(() => undefined)) !== JSON.stringify(expected); tries++) await sleep(250)
  const answer = await ask(stack)
  if (JSON.stringify(answer) !== JSON.stringify(expected)) console.log(session.told.filter(({ event }) => event !== 'log' && event !== 'build').slice(-60).map((told) => JSON.stringify(told)).join('\n'))
  assert.equal(answer, expected, context)
}

/** Brings the disk to what the tree says: the last good save of whoever made the edits. */
function heal(tree: Tree, { folder, write, read }: Stack): void {
  for (const path of ['requirements.txt', 'other.py', ...(tree.has('shared.py') ? ['shared'] : ['shared.py'])]) rmSync(join(folder, path), { recursive: true, force: true })
  for (const [path, text] of tree) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    if (!existsSync(join(folder, path)) || read(path) !== text) write(path, text)
  }
}

/** What the code of the tree answers once it has been trained, measured and served. */
function expectedAnswer(tree: Tree): Readonly<Record<string, unknown>> {
  const mark = (path: string) => Number(/MARK = (\d+)/.exec(tree.get(path) ?? '')?.[1])
  const shared = mark(tree.has('shared.py') ? 'shared.py' : 'shared/__init__.py')
  const mode = /MODE: "(\w*)"/.exec(tree.get('mlstack.yaml') ?? '')?.[1]
  return { train: mark('train.py'), 'trained with': shared, mode, serve: mark('serve.py'), 'served with': shared, words: tree.get('words.txt')?.trim(), score: 1, evaluate: mark('evaluate.py'), of: mark('train.py') }
}

/** The same folder in another project, compiled and brought up from nothing: the same answer, files and settings. */
async function compareWithFresh(stack: Stack): Promise<void> {
  await withStack('test/e2e/edits', async (fresh) => {
    rmSync(fresh.folder, { recursive: true })
    cpSync(stack.folder, fresh.folder, { recursive: true })
    rmSync(join(fresh.folder, '.mlstack'), { recursive: true })
    rmSync(join(fresh.folder, 'compose.yaml'))
    nameProject(fresh)
    await fresh.mlstack('compile')
    assert.is(await stack.mlstack('compile', '--check'), '')
    const { exitCode, output } = await fresh.compose('up', '--build', '--detach')
    assert.is(exitCode, 0, output)
    await fresh.waitForHealth()
    assert.equal(await ask(stack), await ask(fresh))
    assert.is(await listCode(stack), await listCode(fresh))
    assert.equal(await listServices(stack), await listServices(fresh))
  })
}

/** Every file of the code in the server, by its content and owner. What mlstack made is no code. */
async function listCode({ compose }: Stack): Promise<string> {
  const list = 'find . -name .mlstack -prune -o -type f -printf "%p %U %m\\n" -exec sha256sum {} + | sort; find . -type d | sort'
  return (await compose('exec', '-T', 'serve', 'bash', '-c', list)).output
}

async function listServices({ compose }: Stack): Promise<readonly string[]> {
  return (await compose('ps', '--all', '--format', '{{.Service}} {{.State}} {{.ExitCode}}')).output.split('\n').sort()
}

function change(tree: Tree, given: string, pattern: RegExp, replacement: string): readonly [path: string, text: string] {
  const path = tree.has(given) ? given : 'shared/__init__.py'
  const text = tree.get(path)?.replace(pattern, replacement) ?? ''
  tree.set(path, text)
  return [path, text]
}

function save({ write, folder }: Stack, [path, text]: readonly [string, string]): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  write(path, text)
}

function saveByRename({ folder }: Stack, [path, text]: readonly [string, string]): void {
  const target = join(folder, path)
  mkdirSync(dirname(target), { recursive: true })
  writeFileSync(`${target}.tmp`, text)
  renameSync(`${target}.tmp`, target)
}

/** Between the two saves is as long as a build takes, or less. */
async function thereAndBack(stack: Stack, tree: Tree, given: string): Promise<void> {
  const path = tree.has(given) ? given : 'shared/__init__.py'
  save(stack, [path, `${tree.get(path)}MARK = -1\n`])
  await sleep(150)
  save(stack, [path, tree.get(path) ?? ''])
}

function renameIfThere({ folder }: Stack, path: string): void {
  if (existsSync(join(folder, path))) renameSync(join(folder, path), join(folder, 'other.py'))
}

/** `shared.py` becomes the package `shared`, or the package the module. */
function moveShared(tree: Tree, stack: Stack): void {
  const [from, to] = tree.has('shared.py') ? ['shared.py', 'shared/__init__.py'] : ['shared/__init__.py', 'shared.py']
  const text = tree.get(from) ?? ''
  tree.delete(from)
  tree.set(to, text)
  rmSync(join(stack.folder, from === 'shared.py' ? from : 'shared'), { recursive: true, force: true })
  save(stack, [to, text])
}

function touch({ folder }: Stack, path: string): void {
  if (existsSync(join(folder, path))) utimesSync(join(folder, path), new Date(), new Date())
}

function put(stack: Stack, path: string, text: string): void {
  save(stack, [path, text])
}

async function ask({ url }: Stack): Promise<unknown> {
  return (await fetch(url, { signal: AbortSignal.timeout(5000) })).json()
}

/** mulberry32: small, and good enough to choose edits. */
function createRandom(seed: number): Random {
  let state = seed
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  const below = (limit: number) => Math.floor(next() * limit)
  return { below, pick: (items) => items[below(items.length)] as (typeof items)[number] }
}

test.run()
