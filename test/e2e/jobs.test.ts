/** Jobs on a real engine: which run and which are skipped, a kill and what follows it, a failure, and who owns what they write. */
import { existsSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { testOnEngine, withStack, type Stack } from './engine.ts'

/** Whoever runs this; root's own containers would be root's too, which is nobody's case. */
const OWNER = process.getuid?.() || 12345

testOnEngine('jobs run when something that they depend on has changed, and not otherwise', () =>
  withJobs(async (stack) => {
    await up(stack)
    assert.equal(takeLog(stack), ['check', 'train with 0 checkpoints', 'evaluate'])
    await stack.waitForHealth()
    assert.is(await ask(stack), '6')
    assert.is(statSync(join(stack.folder, 'runs/log')).uid, OWNER)

    // The same containers, started again: what the last runs wrote among the code is no code.
    await up(stack)
    assert.equal(takeLog(stack), [])
    assert.match(await logs(stack, 'train'), /mlstack: train: skipped: nothing has changed since run \S+, which succeeded; to run it all the same: MLSTACK_RERUN=always docker compose up/)

    // New containers, and a server that is healthy within ten seconds of its start.
    await stack.compose('down')
    await up(stack)
    const start = Date.now()
    await stack.waitForHealth()
    assert.ok(Date.now() - start < 10_000)
    assert.equal(takeLog(stack), [])

    stack.replace('mlstack.yaml', 'scale: 1', 'scale: 2')
    await compileAndUp(stack)
    assert.equal(takeLog(stack), ['evaluate'])
    assert.match(await logs(stack, 'evaluate'), 'mlstack: evaluate runs again: changed since its last run: the parameter scale')

    stack.replace('mlstack.yaml', 'step: 1', 'step: 2')
    await compileAndUp(stack)
    assert.equal(takeLog(stack), ['train with 0 checkpoints', 'evaluate'])
    await stack.waitFor(async () => (await ask(stack)) === '12')

    stack.write('data/numbers.txt', '7 0\n')
    await up(stack)
    assert.equal(takeLog(stack), ['train with 0 checkpoints', 'evaluate'])

    stack.replace('mlstack.yaml', '>= 1', '>= 2')
    await compileAndUp(stack)
    assert.equal(takeLog(stack), ['evaluate'])

    await up(stack.with({ MLSTACK_RERUN: 'always' }))
    assert.equal(takeLog(stack), ['check', 'train with 0 checkpoints', 'evaluate'])
    await up(stack)
    assert.equal(takeLog(stack), [])

    for (const expected of [['score 14'], []]) {
      const { exitCode, output } = await stack.compose('run', '--rm', 'score')
      assert.is(exitCode, 0, output)
      assert.equal(takeLog(stack), expected)
    }
  }),
)

testOnEngine('a killed job goes on with its checkpoints, a failed one is not done, and what is served stays as it is', () =>
  withJobs(async (stack) => {
    await up(stack)
    await stack.waitForHealth()
    takeLog(stack)

    stack.write('data/numbers.txt', '18 600\n')
    await stack.whileComposing(['up', '-d'], async () => {
      await stack.waitFor(async () => stack.read('runs/log').includes('train'))
      assert.is(await ask(stack), '6', 'what is served while another one is made')
      await stack.compose('kill', '--signal', 'KILL', 'train')
    })
    assert.equal(takeLog(stack), ['train with 0 checkpoints'])
    await up(stack)
    assert.equal(takeLog(stack), ['train resumed', 'evaluate'])
    assert.match(await logs(stack, 'train'), 'mlstack: train runs again: its last run did not finish, so RESUME=1 is set')
    await stack.waitFor(async () => (await ask(stack)) === '18')

    stack.write('data/verdict.txt', 'fail\n')
    for (let tries = 0; tries < 2; tries++) {
      assert.is((await stack.compose('up', '-d')).exitCode, 1)
      assert.equal(takeLog(stack), ['check'])
    }
    assert.is(await ask(stack), '18')
    stack.write('data/verdict.txt', 'pass\n')
    await up(stack)
    assert.equal(takeLog(stack), ['check'])
  }),
)

function withJobs(use: (stack: Stack) => Promise<void>): Promise<void> {
  return withStack('test/e2e/jobs', async (ofNobody) => {
    const stack = ofNobody.with({ MLSTACK_UID: String(OWNER), MLSTACK_GID: String(OWNER) })
    await stack.mlstack('compile', '--dry-run')
    assert.not(existsSync(join(stack.folder, 'runs')))
    await stack.mlstack('compile')
    const { exitCode, output } = await stack.compose('build')
    assert.is(exitCode, 0, output)
    await use(stack)
    // As whoever is not root could not, were they another's.
    rmSync(join(stack.folder, 'runs'), { recursive: true })
  })
}

async function compileAndUp(stack: Stack): Promise<void> {
  await stack.mlstack('compile')
  await up(stack)
}

async function up(stack: Stack): Promise<void> {
  const { exitCode, output } = await stack.compose('up', '-d')
  assert.is(exitCode, 0, output)
}

/** What has run since the last look. */
function takeLog(stack: Stack): readonly string[] {
  const lines = stack.read('runs/log').split('\n').filter((line) => line !== '')
  stack.write('runs/log', '')
  return lines
}

async function logs(stack: Stack, service: string): Promise<string> {
  return (await stack.compose('logs', '--no-color', '--no-log-prefix', service)).output
}

async function ask(stack: Stack): Promise<string> {
  return (await fetch(stack.url)).text()
}

test.run()
