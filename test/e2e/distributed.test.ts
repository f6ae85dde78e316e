/** Jobs of several processes and nodes on a real engine: that they train together, end as one, and leave what is served alone where one of them fails. */
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { testOnEngine, withStack, type Stack } from './engine.ts'

/** Whoever runs this; root's own containers would be root's too, which is nobody's case. */
const OWNER = process.getuid?.() || 12345

/** Milliseconds in which the others have to end when one is killed. */
const SECONDS = 15_000

interface Result {
  readonly rank: number
  readonly world: number
  readonly node: number
  readonly host: string
  readonly threads: string | null
  readonly resumed: string | null
  readonly found: number | null
  /** Digests of the weights: of the model that the processes train together, and of one that each trains for itself. */
  readonly together: string
  readonly alone: string
}

testOnEngine('two nodes of two processes train one model, are skipped as one, and end as one', () =>
  withStack('test/e2e/distributed', async (ofNobody) => {
    const stack = ofNobody.with({ MLSTACK_UID: String(OWNER), MLSTACK_GID: String(OWNER) })
    await stack.mlstack('compile')
    const built = await stack.compose('build')
    assert.is(built.exitCode, 0, built.output)

    await runToEnd(stack, { train: 0, 'train-1': 0 })
    const results = takeResults(stack)
    assert.equal(results.map(({ rank, world, node }) => [rank, world, node]), [[0, 4, 0], [1, 4, 0], [2, 4, 1], [3, 4, 1]])
    assert.is(new Set(results.map(({ host }) => host)).size, 2)
    assert.is(new Set(results.map(({ together }) => together)).size, 1, 'the weights are the same to the last bit')
    assert.is(new Set(results.map(({ alone }) => alone)).size, 4, 'and would differ, did the processes not speak to each other')
    assert.equal(results.map(({ threads, resumed }) => [threads, resumed]), Array.from({ length: 4 }, () => ['1', null]))
    assert.match(await logs(stack, 'train'), 'mlstack: train: release 0001 is now in service')

    await runToEnd(stack, { train: 0, 'train-1': 0 })
    assert.equal(takeResults(stack), [])
    assert.match(await logs(stack, 'train'), /mlstack: train: skipped: nothing has changed since run/)
    assert.match(await logs(stack, 'train-1'), 'mlstack: train-1: skipped, with train')

    stack.replace('mlstack.yaml', 'pause: 0', 'pause: 0.2')
    await stack.mlstack('compile')
    await whileTraining(stack, () => endBy(stack, 'train', ['kill', 'train-1']))
    assert.equal(await statuses(stack), { train: 1, 'train-1': 137 })
    assert.match(await logs(stack, 'train'), /mlstack: train: its node train-1 was killed\n.*mlstack: train: the served model stays: release 0001/)

    await whileTraining(stack, () => endBy(stack, 'train-1', ['kill', 'train']))
    assert.equal(await statuses(stack), { train: 137, 'train-1': 1 })
    assert.match(await logs(stack, 'train-1'), 'mlstack: train-1: its first node, train, was killed')

    await whileTraining(stack, async () => void (await stack.compose('stop')))
    assert.equal(await statuses(stack), { train: 143, 'train-1': 143 })
    assert.equal(takeResults(stack), [])

    await runToEnd(stack, { train: 0, 'train-1': 0 })
    const resumed = takeResults(stack)
    assert.is(resumed.length, 4)
    assert.ok(resumed.every((result) => result.resumed === '1' && result.found !== null && result.found > 0), JSON.stringify(resumed))
    assert.match(await logs(stack, 'train'), 'mlstack: train: release 0002 is now in service')
    // As whoever is not root could not, were they another's.
    rmSync(join(stack.folder, 'runs'), { recursive: true })
  }),
)

/** Brings all up, and waits for the statuses of the nodes. */
async function runToEnd(stack: Stack, expected: Readonly<Record<string, number>>): Promise<void> {
  const { exitCode, output } = await stack.compose('up', '--no-color')
  assert.is(exitCode, 0, output)
  assert.equal(await statuses(stack), expected, output)
}

/** Brings all up, and does something once each process has made some steps. */
async function whileTraining(stack: Stack, use: () => Promise<void>): Promise<void> {
  const began = [0, 1, 2, 3].map((rank) => join(stack.folder, 'runs', `began-${rank}`))
  for (const path of began) rmSync(path, { force: true })
  const { exitCode, output } = await stack.compose('up', '--detach')
  assert.is(exitCode, 0, output)
  await stack.waitFor(async () => began.every((path) => existsSync(path)))
  await use()
}

/** Does something by which a node is to end, and holds it to a few seconds. */
async function endBy(stack: Stack, service: string, command: readonly string[]): Promise<void> {
  const start = Date.now()
  await stack.compose(...command)
  while ((await statuses(stack))[service] === undefined) {
    assert.ok(Date.now() - start < SECONDS, `${service} goes on`)
    await sleep(200)
  }
}

/** The exit status of each service that has ended. */
async function statuses(stack: Stack): Promise<Readonly<Record<string, number>>> {
  const { output } = await stack.compose('ps', '--all', '--format', '{{.Service}} {{.State}} {{.ExitCode}}')
  const ended = output.trim().split('\n').map((line) => line.split(' ')).filter(([, state]) => state === 'exited')
  return Object.fromEntries(ended.map(([service = '', , status]) => [service, Number(status)]))
}

/** What the processes have written since the last look, by rank. */
function takeResults(stack: Stack): readonly Result[] {
  const names = readdirSync(join(stack.folder, 'runs')).filter((name) => name.startsWith('rank-')).sort()
  const results = names.map((name) => JSON.parse(stack.read(`runs/${name}`)) as Result)
  for (const name of names) rmSync(join(stack.folder, 'runs', name))
  return results
}

async function logs(stack: Stack, service: string): Promise<string> {
  return (await stack.compose('logs', '--no-color', '--no-log-prefix', service)).output
}

test.run()
