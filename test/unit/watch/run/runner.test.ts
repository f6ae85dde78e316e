/** The loop with a Docker in memory: what it does in which order, and what it does when something comes between. */
import { setTimeout as sleep } from 'node:timers/promises'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { createContainerWatch } from '../../../../src/watch/run/container-watch.ts'
import type { WatchEvent } from '../../../../src/watch/event.ts'
import { createRunner, type Runner } from '../../../../src/watch/run/runner.ts'
import { workFromNothing } from '../../../../src/watch/work/classify.ts'
import { NO_DELIVERY, NO_WORK, type Work } from '../../../../src/watch/work/work.ts'
import { CONFIG, plan } from '../stacks.ts'
import { createFakeDocker, type FakeDocker } from './fake-docker.ts'

interface Bench {
  readonly docker: FakeDocker
  readonly runner: Runner
  /** Actions in short: `serve.py -> serve`. */
  readonly actions: string[]
  readonly events: WatchEvent[]
  add(work: Work, cause: string): Promise<void>
  /** Lets everything happen that can. */
  settle(): Promise<void>
  /** What Docker was asked to do since this was last asked. */
  done(): readonly string[]
}

const set = (...names: readonly string[]) => new Set(names)
const code = (path: string, services: readonly string[] = []): Work => ({ ...NO_WORK, now: { ...NO_DELIVERY, copy: set(path), restart: set(...services) }, build: set('train') })
const jobs = (from: number): Work => ({ ...NO_WORK, build: set('train'), jobsFrom: from })

async function withRunner(use: (bench: Bench) => Promise<void>, config = CONFIG): Promise<void> {
  const { stack } = plan(config)
  const docker = createFakeDocker(['train', 'evaluate'])
  const events: WatchEvent[] = []
  const actions: string[] = []
  const show = (event: WatchEvent) => {
    events.push(event)
    if (event.kind === 'action') actions.push(`${event.causes.join(', ')} -> ${event.did.join(', ')}${event.outcome === 'done' ? '' : ` ${event.outcome}`}${event.reason === undefined ? '' : `: ${event.reason}`}`)
  }
  const containers = createContainerWatch({ docker, show, onEnd: () => {} })
  const runner = createRunner({ docker, containers, show, onBuildEnd: () => {}, onDockerError: ({ message }) => show({ kind: 'problem', message }) })
  // Containers are looked at a moment after an event. Short waits, which begin again when something happens: on a busy machine one long wait may end before others had their turn.
  const settle = async () => {
    const happened = () => docker.done.length + events.length
    for (let rounds = 0, before = happened(); rounds < 6; rounds = happened() === before ? rounds + 1 : 0) {
      before = happened()
      await sleep(10)
    }
  }
  let seen = 0
  const bench: Bench = {
    docker,
    runner,
    actions,
    events,
    settle,
    add: async (work, cause) => {
      runner.add({ stack, codePath: (path) => `/nowhere/${path}`, composeFiles: ['/project/compose.yaml'] }, work, [cause])
      await settle()
    },
    done: () => docker.done.slice(seen, (seen = docker.done.length)),
  }
  try {
    await bench.add(workFromNothing(stack), 'start')
    await use(bench)
  } finally {
    await runner.stop({ isDown: false })
  }
}

/** Both jobs succeed, and the server is up. */
async function bringUp({ docker, settle, done, actions }: Bench): Promise<void> {
  for (const job of ['train', 'evaluate']) {
    docker.endJob(job, 0)
    await settle()
  }
  done()
  actions.length = 0
}

test('at the start: build, one job after the other, then the server', () =>
  withRunner(async (bench) => {
    assert.equal(bench.done(), ['build train', 'up! train'])
    bench.docker.endJob('train', 0)
    await bench.settle()
    assert.equal(bench.done(), ['up! evaluate'])
    assert.equal(bench.actions, [])
    bench.docker.endJob('evaluate', 0)
    await bench.settle()
    assert.equal(bench.done(), ['up serve'])
    assert.equal(bench.actions, ['start -> train, evaluate, serve'])
    assert.is(bench.events.findLast(({ kind }) => kind === 'state')?.kind, 'state')
  }))

test('a failed job ends it, and what is held stays so until a run succeeds', () =>
  withRunner(async (bench) => {
    bench.docker.endJob('train', 1)
    await bench.settle()
    assert.equal(bench.done(), ['build train', 'up! train'])
    assert.equal(bench.actions, ['start -> train failed: the command failed (status 1)'])

    await bench.add(jobs(1), 'evaluate.py')
    assert.equal(bench.done(), ['build train'], 'evaluate has nothing to work on')
    assert.is(bench.events.filter(({ kind }) => kind === 'note').length, 1)

    await bench.add(jobs(0), 'train.py')
    await bringUp(bench)
    assert.equal(bench.docker.done.slice(-1), ['up serve'])
  }))

test('a server starts anew on a model that was promoted, whichever job began, and on no other', () =>
  withRunner(async (bench) => {
    await bringUp(bench)
    await bench.add(jobs(1), 'evaluate.py')
    bench.docker.endJob('evaluate', 0)
    await bench.settle()
    assert.equal(bench.actions, ['evaluate.py -> evaluate, serve'])
    bench.docker.skipJobs()
    await bench.add(jobs(0), 'train.py')
    for (const job of ['train', 'evaluate']) {
      bench.docker.endJob(job, 0)
      await bench.settle()
    }
    assert.equal(bench.actions.slice(1), ['train.py -> train, evaluate'])
  }))

test('code goes into a running server before anything is built', () =>
  withRunner(async (bench) => {
    await bringUp(bench)
    bench.docker.holdBuilds()
    await bench.add(code('serve.py', ['serve']), 'serve.py')
    assert.equal(bench.done(), ['exec serve', 'kill serve', 'build train'])
    assert.equal(bench.actions, ['serve.py -> serve'], 'said before the image has followed')
    await bench.add(code('model.py', ['serve']), 'model.py')
    bench.docker.endBuild(0)
    await bench.settle()
    assert.equal(bench.done(), ['exec serve', 'kill serve', 'build train'], 'once more, not once for each')
  }))

test('a server that has ended is brought up from the image that has its code', () =>
  withRunner(async (bench) => {
    await bringUp(bench)
    bench.docker.crash('serve')
    await bench.runner.findOutdatedJobs()
    await bench.add(code('serve.py', ['serve']), 'serve.py')
    assert.equal(bench.done(), ['build train', 'up serve'])
    assert.equal(bench.actions, ['serve.py -> serve'])
  }))

test('a newer change stops the job that it outdates, and leaves an earlier one alone', () =>
  withRunner(async (bench) => {
    await bringUp(bench)
    await bench.add(jobs(0), 'train.py')
    assert.equal(bench.done(), ['build train', 'up! train'])
    await bench.add(jobs(0), 'model.py')
    assert.equal(bench.done(), ['stop train', 'build train', 'up! train'])
    assert.equal(bench.actions, ['train.py -> train aborted'])
    await bench.add(jobs(1), 'evaluate.py')
    assert.equal(bench.done(), ['build train'], 'train goes on')
    bench.docker.endJob('train', 0)
    await bench.settle()
    bench.docker.endJob('evaluate', 0)
    await bench.settle()
    assert.equal(bench.done(), ['up! evaluate'])
    assert.equal(bench.actions.slice(1), ['train.py, model.py, evaluate.py -> train, evaluate, serve'])
  }))

test('a server is given its code while a job runs, and both are told of apart', () =>
  withRunner(async (bench) => {
    await bringUp(bench)
    await bench.add(jobs(0), 'train.py')
    await bench.add(code('serve.py', ['serve']), 'serve.py')
    assert.equal(bench.done(), ['build train', 'up! train', 'exec serve', 'kill serve', 'build train'])
    assert.equal(bench.actions, ['serve.py -> serve'])
    await bench.add({ ...NO_WORK, now: { ...NO_DELIVERY, copy: set('README.md') }, build: set('train') }, 'README.md')
    assert.equal(bench.actions.slice(1), ['README.md -> build train'])
    bench.docker.endJob('train', 0)
    await bench.settle()
    bench.docker.endJob('evaluate', 0)
    await bench.settle()
    assert.equal(bench.actions.slice(2), ['train.py -> train, evaluate, serve'])
  }))

test('other packages abort the build under way', () =>
  withRunner(async (bench) => {
    await bringUp(bench)
    bench.docker.holdBuilds()
    const packages: Work = { ...jobs(0), held: { ...NO_DELIVERY, up: set('serve') } }
    await bench.add(packages, 'requirements.txt')
    await bench.add(packages, 'requirements.txt')
    assert.equal(bench.done(), ['build train', 'build train'])
    bench.docker.endBuild(0)
    await bench.settle()
    assert.equal(bench.done(), ['up! train'])
  }))

test('a failed build leaves all as it is, and the next change tries again', () =>
  withRunner(async (bench) => {
    await bringUp(bench)
    bench.docker.holdBuilds()
    await bench.add(jobs(0), 'requirements.txt')
    bench.docker.endBuild(1, 'failed to solve: no')
    await bench.settle()
    assert.equal(bench.done(), ['build train'])
    assert.equal(bench.actions, ['requirements.txt -> build train failed: the build failed'])
    await bench.add(NO_WORK, 'again')
    bench.docker.endBuild(0)
    await bench.settle()
    assert.equal(bench.done(), ['build train', 'up! train'])
  }))

test('a change during a build that fails is tried at once', () =>
  withRunner(async (bench) => {
    await bringUp(bench)
    bench.docker.holdBuilds()
    await bench.add(jobs(0), 'train.py')
    await bench.add(code('fix.py'), 'fix.py')
    bench.docker.endBuild(1, 'failed to solve: no')
    await bench.settle()
    assert.equal(bench.done(), ['build train', 'exec serve', 'build train'])
    bench.docker.endBuild(0)
    await bench.settle()
    assert.equal(bench.done(), ['up! train'])
  }))

test('what Compose refuses is told in its words, and tried again with the next change', () =>
  withRunner(async (bench) => {
    await bringUp(bench)
    bench.docker.failUp('first line\nBind for 127.0.0.1:8080 failed: port is already allocated\n')
    await bench.add({ ...NO_WORK, now: { ...NO_DELIVERY, up: set('serve') } }, 'mlstack.yaml')
    assert.equal(bench.actions, ['mlstack.yaml ->  failed: Bind for 127.0.0.1:8080 failed: port is already allocated'])
    await bench.add(NO_WORK, 'again')
    assert.equal(bench.done(), ['up serve', 'up serve'])
    assert.equal(bench.actions.slice(1), ['again -> serve'])
  }))

test('while Docker is away nothing is lost', () =>
  withRunner(async (bench) => {
    await bringUp(bench)
    bench.docker.setAway(true)
    await bench.add(code('serve.py', ['serve']), 'serve.py')
    await bench.add(jobs(1), 'evaluate.py')
    assert.equal(bench.done(), [])
    assert.is(bench.events.filter(({ kind }) => kind === 'problem').length, 1, 'said once')
    bench.docker.setAway(false)
    bench.runner.resume()
    await bench.settle()
    assert.equal(bench.done(), ['exec serve', 'kill serve', 'build train', 'up! evaluate'])
  }))

test('a project that was renamed leaves nothing behind', () =>
  withRunner(async (bench) => {
    await bringUp(bench)
    bench.docker.rename('numbers')
    const { stack } = plan(CONFIG.replace('name: digits', 'name: numbers'))
    bench.runner.add({ stack, codePath: (path) => path, composeFiles: ['/project/compose.yaml'] }, workFromNothing(stack), ['mlstack.yaml'])
    await bench.settle()
    await bench.settle()
    assert.equal(bench.done(), ['digits down --remove-orphans', 'build train', 'up! train'])
  }))

test('a job that still runs at the end is told of', async () => {
  let events: readonly WatchEvent[] = []
  await withRunner(async (bench) => {
    events = bench.events
    await bench.settle()
  })
  assert.equal(events.filter(({ kind }) => kind === 'note'), [{ kind: 'note', message: 'train goes on, and nothing follows it: see docker compose ps' }])
})

test('a server that has never been up waits for its first model', () =>
  withRunner(async (bench) => {
    bench.docker.endJob('train', 1)
    await bench.settle()
    bench.done()
    await bench.add({ ...NO_WORK, now: { ...NO_DELIVERY, up: set('serve', 'other') } }, 'mlstack.yaml')
    assert.equal(bench.done(), ['up other'])
  }))

test('a service that has gone is removed', () =>
  withRunner(async (bench) => {
    await bringUp(bench)
    await bench.add({ ...NO_WORK, remove: set('serve') }, 'mlstack.yaml')
    assert.equal(bench.done(), ['stop serve', 'rm serve'])
    assert.equal(bench.actions, ['mlstack.yaml -> remove serve'])
  }))

test.run()
