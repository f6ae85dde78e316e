/** Whether a job has to run: what counts and what does not, what a kill and a failure leave, and who waits for whom. */
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { execa } from 'execa'
import fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { testUnless, testWithTool } from '../../machine.ts'
import { together } from '../../together.ts'
import { FINGERPRINT, ORDINARY, PYTHON, put, type RunOptions, type Store, withStore } from './entrypoint/store.ts'

/** What a job has around it, and how to run it: each run adds a line to a file. */
interface Job {
  readonly store: Store
  readonly root: string
  /** Runs the job, and tells whether its command ran. */
  readonly runs: (run?: RunOptions & { readonly isRestart?: boolean }, ...options: string[]) => Promise<boolean>
  readonly said: () => string
}

const beside = together()

const SCRIPT = 'echo x >> "$COUNTER"'

function check(name: string, body: (job: Job) => Promise<void>) {
  testWithTool(PYTHON === undefined ? 'there is no python3' : undefined, name, beside(() =>
    withStore(async (store) => {
      const root = join(store.folder, '..')
      const counter = join(root, 'counter')
      const count = () => (existsSync(counter) ? readFileSync(counter, 'utf8').length : 0)
      let said = ''
      put(join(root, 'app/train.py'), 'print(1)')
      put(join(root, 'elsewhere/module.py'), 'print(1)')
      put(join(root, 'evaluate.py'), 'print(1)')
      put(join(root, 'data/digits.csv'), '1,2')
      put(join(root, 'params.json'), '{"lr": 3e-4, "optim": {"momentum": 0.9}}')
      await body({
        store,
        root,
        said: () => said,
        runs: async (run = {}, ...options) => {
          // Another container, but where the test says that it is the same.
          if (run.isRestart !== true) rmSync(join(root, 'tmp/mlstack-code.json'), { force: true })
          const before = count()
          const env = { COUNTER: counter, DATASET_DIGITS: join(root, 'data'), PARAMS_FILE: join(root, 'params.json'), ...run.env }
          const outcome = await store.run(['prepare', '--job', ...options], SCRIPT, { ...run, env })
          assert.is(outcome.status, 0, outcome.said)
          said = outcome.said
          return count() > before
        },
      })
    }),
  ))
}

check('a job that has succeeded is skipped in one line, which names the run that stands for it', async ({ runs, said }) => {
  assert.ok(await runs())
  assert.not(await runs())
  assert.match(said(), /^mlstack: prepare: skipped: nothing has changed since run \d{8}-\d{6}-[0-9a-f]{4}, which succeeded; to run it all the same: MLSTACK_RERUN=always docker compose up$/)
})

const CHANGES: readonly (readonly [words: string, change: (job: Job) => RunOptions | void])[] = [
  ['the code', ({ root }) => put(join(root, 'app/train.py'), 'print(2)')],
  ['the code', ({ root }) => put(join(root, 'app/new/module.py'), '')],
  ['the code', ({ root }) => rmSync(join(root, 'app/train.py'))],
  ['the code', ({ root }) => chmodSync(join(root, 'app/train.py'), 0o755)],
  ['the code', ({ root }) => put(join(root, 'elsewhere/module.py'), 'print(2)')],
  ['the code', ({ root }) => put(join(root, 'evaluate.py'), 'print(2)')],
  ['the dataset DIGITS', ({ root }) => put(join(root, 'data/digits.csv'), '1,3')],
  ['the dataset DIGITS', ({ root }) => put(join(root, 'data/more.csv'), '')],
  ['the parameter lr', ({ root }) => put(join(root, 'params.json'), '{"lr": 1e-3, "optim": {"momentum": 0.9}}')],
  ['the parameter optim.momentum', ({ root }) => put(join(root, 'params.json'), '{"lr": 3e-4, "optim": {"momentum": 0.8}}')],
  ['the variable MODE', () => ({ env: { MODE: 'fast' } })],
]

for (const [index, [words, change]] of CHANGES.entries()) {
  check(`a change of ${words} runs it again, and is named (${index})`, async (job) => {
    const places = ['--code', join(job.root, 'elsewhere'), '--code', join(job.root, 'evaluate.py')]
    assert.ok(await job.runs({}, ...places))
    assert.ok(await job.runs(change(job) ?? {}, ...places))
    assert.match(job.said(), `mlstack: prepare runs again: changed since its last run: ${words}`)
  })
}

check('what is no input is no change', async ({ root, runs }) => {
  const secret = (value: string) => {
    put(join(root, 'token'), value)
    return { env: { TOKEN_FILE: join(root, 'token') } }
  }
  assert.ok(await runs(secret('one'), '--export', 'TOKEN'))
  put(join(root, 'app/__pycache__/train.cpython-311.pyc'), 'x')
  utimesSync(join(root, 'app/train.py'), 1, 1)
  utimesSync(join(root, 'data/digits.csv'), 1, 1)
  const others = { HOSTNAME: 'a', TERM: 'xterm', https_proxy: 'http://proxy', OMP_NUM_THREADS: '2', MLSTACK_RERUN: '', SHLVL: '7' }
  assert.not(await runs({ env: { ...secret('two').env, ...others } }, '--export', 'TOKEN'))
})

check('what a run has written among the code is none when its container starts again, and an edit of the code is one', async ({ root, runs }) => {
  const app = join(root, 'app')
  // Where this folder is on a mount of its own, as /tmp may be, code is taken for mounted, and counts as a whole.
  if (readFileSync('/proc/self/mountinfo', 'utf8').split('\n').some((line) => line.split(' ')[4] === tmpdir())) return
  assert.ok(await runs())
  put(join(app, 'result.txt'), 'x')
  assert.not(await runs({ isRestart: true }))
  put(join(app, 'train.py'), 'print(3)')
  assert.ok(await runs({ isRestart: true }))
  assert.ok(await runs(), 'in another container it is code')
})

check('a dataset counts by its check, and one that was fetched by what was fetched', async ({ root, runs }) => {
  const file = join(root, 'data/digits.csv')
  for (const [how, content, time] of [['content', true, false], ['stat', true, true], ['none', false, false]] as const) {
    await runs({}, '--check', `DIGITS=${how}`)
    assert.not(await runs({}, '--check', `DIGITS=${how}`))
    utimesSync(file, 5, 5)
    assert.is(await runs({}, '--check', `DIGITS=${how}`), time, how)
    put(file, `${how} is longer`)
    assert.is(await runs({}, '--check', `DIGITS=${how}`), content, how)
  }
  put(join(root, 'data/.mlstack-fetch.json'), '{"digest": "abc"}')
  assert.ok(await runs())
  put(file, 'another time')
  assert.not(await runs())
  put(join(root, 'data/.mlstack-fetch.json'), '{"digest": "abd"}')
  assert.ok(await runs())
})

check('rerun says when, and the shell says so for once', async ({ store, runs, said }) => {
  assert.ok(await runs())
  assert.ok(await runs({}, '--rerun', 'always'))
  assert.ok(await runs({ env: { MLSTACK_RERUN: 'always' } }))
  assert.not(await runs({ env: { MODE: 'other' } }, '--rerun', 'never'))
  assert.match(said(), /skipped: run \S+ succeeded, and `rerun: never` lets it run but once/)
  const wrong = await store.run(['prepare', '--job'], SCRIPT, { env: { MLSTACK_RERUN: 'yes' } })
  assert.is(wrong.status, 2)
  assert.is(wrong.said, "mlstack: prepare: MLSTACK_RERUN is 'yes': write MLSTACK_RERUN=always, or leave it out")
})

check('what it made has to be there', async ({ root, runs }) => {
  const output = join(root, 'runs')
  mkdirSync(output)
  assert.ok(await runs({}, '--output', output))
  assert.not(await runs({}, '--output', output), 'nothing was made there')
  put(join(output, 'log'), 'x')
  await runs({ env: { MLSTACK_RERUN: 'always' } }, '--output', output)
  assert.not(await runs({}, '--output', output))
  rmSync(join(output, 'log'))
  assert.ok(await runs({}, '--output', output))
})

check('what a job that is waited for depends on counts, and not that it ran', async ({ store, runs }) => {
  const first = (script: string, ...options: string[]) => store.run(['first', '--job', ...options], script)
  await first('true')
  assert.ok(await runs({}, '--needs', 'first'))
  await first('true', '--rerun', 'always')
  assert.not(await runs({}, '--needs', 'first'))
  await first('true;')
  assert.ok(await runs({}, '--needs', 'first'))
})

check('a failed job is not done, goes on with its checkpoints, and starts anew on other inputs', async ({ store }) => {
  const script = 'echo "$RESUME:$(ls "$CHECKPOINT_DIR")"; touch "$CHECKPOINT_DIR/$NAME"; exit "$STATUS"'
  const job = async (NAME: string, STATUS: string) => (await store.run(['prepare', '--job', '--export', 'STATUS'], script, { env: { NAME, STATUS_FILE: statusFile(store, STATUS) } })).printed
  assert.is(await job('one', '3'), ':')
  assert.is(await job('one', '3'), '1:one')
  assert.is(await job('two', '0'), ':')
  assert.is(await job('two', '0'), '', 'it has succeeded')
  assert.is(await job('one', '0'), ':')
})

/** A secret is what does not count, so that it may tell a job to fail. */
function statusFile(store: Store, status: string): string {
  const path = join(store.folder, '../status')
  put(path, status)
  return path
}

check('a folder of the user is never emptied', async ({ store, root }) => {
  const folder = join(root, 'checkpoints')
  put(join(folder, 'mine'), '')
  for (const NAME of ['one', 'two']) await store.run(['prepare', '--job', '--output', folder], 'touch "$CHECKPOINT_DIR/$NAME"', { env: { NAME, CHECKPOINT_DIR: folder } })
  assert.equal(readdirSync(folder).sort(), ['mine', 'one', 'two'])
})

check('a killed training trains again with RESUME, on an empty candidate', async ({ store }) => {
  // It outlives the helper, and whoever waits for its output would wait for its end.
  const stay = 'while kill -0 $PPID 2> /dev/null; do sleep 0.05; done'
  const script = `echo "RESUME=$RESUME $(ls "$MODEL_DIR")"; echo half > "$MODEL_DIR/name"; test -n "$RESUME" || ${stay}`
  const killed = store.start(['train', '--fresh'], script)
  while (!store.exists('candidate/name')) await setTimeout(20)
  killed.kill('SIGKILL')
  await killed
  const { printed, said } = await store.run(['train', '--fresh'], script)
  assert.is(printed.trim(), 'RESUME=1')
  assert.is(said, 'mlstack: train runs again: its last run did not finish, so RESUME=1 is set')
})

// The model

check('after a failed gate train is skipped, and the same candidate is measured again', async ({ store }) => {
  const evaluate = (bound: string) => store.evaluate('{"accuracy": 0.9}', '--require', `accuracy >= ${bound}`)
  await store.train('one')
  assert.is((await evaluate('0.95')).status, 1)
  assert.match((await store.train('one')).said, 'mlstack: train: skipped: ')
  const same = await evaluate('0.95')
  assert.is(same.status, 1)
  assert.not.match(same.said, 'skipped')
  const lower = await evaluate('0.8')
  assert.match(lower.said, 'release 0001 is now in service')
  assert.match((await evaluate('0.8')).said, 'skipped')
})

check('a candidate that another run has made is another one, and one that is gone is made again', async ({ store }) => {
  await store.train('one')
  await store.evaluate('{}')
  await store.train('two')
  assert.not.match((await store.evaluate('{}')).said, 'skipped')
  assert.is(store.read('current/model/name'), 'two')
  assert.not.match((await store.train('one')).said, 'skipped')
  rmSync(store.path('candidate'), { recursive: true })
  assert.not.match((await store.train('one')).said, 'skipped')
})

check('a job between that runs again works on a copy of what is served', async ({ store }) => {
  const between = (word: string) => store.run(['calibrate', '--after', 'train'], `echo ${word} > "$MODEL_DIR/name"`)
  const evaluate = () => store.run(['evaluate', '--after', 'train', '--after', 'calibrate', '--promote'], 'true')
  await store.train('one')
  await between('two')
  await evaluate()
  assert.is((await store.run(['calibrate', '--after', 'train'], 'echo half > "$MODEL_DIR/name"; exit 1')).status, 1)
  assert.is(store.read('current/model/name'), 'two')
  await between('three')
  assert.is(store.read('current/model/name'), 'two')
  assert.match((await evaluate()).said, 'release 0002 is now in service')
  assert.is(store.read('current/model/name'), 'three')
  assert.match((await store.train('one')).said, 'skipped')
})

check('a job after the promotion runs again on each release', async ({ store, runs }) => {
  assert.ok(await runs({}, '--served'))
  assert.not(await runs({}, '--served'))
  await store.train('one')
  await store.evaluate('{}')
  assert.ok(await runs({}, '--served'))
  assert.not(await runs({}, '--served'))
})

check('of two at a time one waits for the other, whose run then stands for both', async ({ store }) => {
  const script = 'echo x >> "$MODEL_DIR/runs"; sleep 1'
  const both = await Promise.all([0, 1].map(() => store.run(['train', '--fresh'], script)))
  assert.equal(both.map(({ status }) => status), [0, 0])
  assert.is(store.read('candidate/runs'), 'x')
  const said = both.map((each) => each.said).sort((a, b) => a.length - b.length)
  assert.is(said[0], '')
  assert.match(said[1] ?? '', /waits for another container, which works on the same\n.*skipped/)
})

const ordinary = ORDINARY
if (ordinary === undefined) testUnless('this is root, and no other user may run python3', 'an output that cannot be written', () => undefined)
else {
  check('an output that cannot be written is said before a long run, with the cure', async ({ store, root }) => {
    const output = join(root, 'runs')
    mkdirSync(output)
    chmodSync(output, 0o555)
    const { status, said } = await store.run(['prepare', '--job', '--output', output], 'echo ran', ordinary)
    assert.is(status, 1)
    assert.match(said, /^mlstack: prepare: cannot write the output \/runs: Permission denied; it belongs to user \d+, and this is user \d+; set MLSTACK_UID="\$\(id -u\)" MLSTACK_GID="\$\(id -g\)" in the shell or \.env/)
  })
}

// Any input, and any moment

const word = fc.stringMatching(/^[a-z]{1,6}$/)
const caseOf = fc.record({
  files: fc.dictionary(fc.stringMatching(/^[a-z]{1,5}(\/[a-z]{1,5})?\.py$/), word, { maxKeys: 4 }).filter((files) => !Object.keys(files).some((path) => Object.keys(files).some((other) => other.startsWith(`${path}/`)))),
  params: fc.dictionary(word, fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }), word, fc.array(fc.boolean(), { maxLength: 3 }), fc.dictionary(word, word, { minKeys: 1, maxKeys: 2 })), { maxKeys: 4 }),
  environment: fc.dictionary(fc.stringMatching(/^[A-Z]{3,6}X$/), word, { maxKeys: 4 }),
})

testWithTool(PYTHON === undefined ? 'there is no python3' : undefined, 'equal inputs have equal digests, different ones do not, and the differences are those that there are', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mlstack-digests-'))
  try {
    await fc.assert(
      fc.asyncProperty(caseOf, caseOf, word, async (one, other, noise) => {
        const noisy = { ...one, files: { ...one.files, '__pycache__/a.py': noise, 'out/b.py': noise }, environment: { ...one.environment, TOKEN: noise, HOSTNAME: noise } }
        const { stdout } = await execa(PYTHON ?? '', ['-I', '-S', join(import.meta.dirname, 'entrypoint/digests.py'), FINGERPRINT, join(folder, 'work')], { input: JSON.stringify([one, noisy, other]) })
        const [first, second, third] = JSON.parse(stdout) as readonly { readonly digest: Record<string, unknown>; readonly differences: readonly string[] }[]
        assert.equal(second, first)
        for (const kind of ['files', 'params', 'environment'] as const) {
          const name = kind === 'files' ? 'code' : kind
          const isSame = sorted(one[kind]) === sorted(other[kind])
          assert.is(JSON.stringify(first?.digest[name]) === JSON.stringify(third?.digest[name]) || sorted(first?.digest[name]) === sorted(third?.digest[name]), isSame, kind)
        }
        assert.is(third?.differences.includes('the code'), sorted(one.files) !== sorted(other.files))
        const variables = [...new Set([...Object.keys(one.environment), ...Object.keys(other.environment)])].filter((name) => one.environment[name] !== other.environment[name])
        assert.equal(third?.differences.filter((each) => each.startsWith('the variable')), variables.sort().map((name) => `the variable ${name}`))
      }),
      { numRuns: 12 },
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

/** JSON in which the order of keys is always the same. */
function sorted(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => (inner !== null && typeof inner === 'object' && !Array.isArray(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner))
}

check('a kill at any moment leaves a whole model in service, and the next run goes through', async ({ store }) => {
  const options = ['train', '--fresh', '--promote', '--export', 'NAME', '--metrics', store.path('metrics/metrics.json')]
  const script = 'for part in a b c; do echo "$NAME" > "$MODEL_DIR/$part"; done; echo "{\\"name\\": ${#NAME}}" > "$METRICS_FILE"'
  const run = (name: string) => {
    put(join(store.folder, '../name'), name)
    return store.start(options, script, { env: { NAME_FILE: join(store.folder, '../name'), MLSTACK_RERUN: 'always' } })
  }
  await run('x')
  for (let round = 0; round < 12; round++) {
    const running = run('x'.repeat(round + 2))
    await setTimeout(Math.random() * 250)
    running.kill('SIGKILL')
    await running
    const parts = ['a', 'b', 'c'].map((part) => store.read(`current/model/${part}`))
    assert.is(new Set(parts).size, 1, parts.join())
    assert.is((JSON.parse(store.read('current/metrics.json')) as { name: number }).name, parts[0]?.length)
  }
  assert.is((await run('last')).exitCode, 0)
  assert.is(store.read('current/model/a'), 'last')
})

test.run()
