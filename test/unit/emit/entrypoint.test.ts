/** The container helper, run as containers run it: jobs, gate, promotion, signals, secrets, and a kill at every step. */
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { execa } from 'execa'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { testUnless, testWithTool } from '../../machine.ts'
import { together } from '../../together.ts'
import { ENTRYPOINT, ORDINARY, PYTHON, put, type RunOptions, type Store, withStore } from './entrypoint/store.ts'

const beside = together()

/** Adds a test that gets a store of its own. */
function check(name: string, body: (store: Store) => Promise<void>) {
  testWithTool(PYTHON === undefined ? 'there is no python3' : undefined, name, beside(() => withStore(body)))
}

/** Adds a test that also gets what to run as a user whom file modes bind. */
function checkModes(name: string, body: (store: Store, ordinary: RunOptions) => Promise<void>) {
  const ordinary = ORDINARY
  if (ordinary !== undefined) check(name, (store) => body(store, ordinary))
  else testUnless('this is root, and no other user may run python3', name, () => undefined)
}

async function waitFor(isTrue: () => boolean) {
  for (let tries = 0; tries < 500 && !isTrue(); tries++) await setTimeout(10)
  assert.ok(isTrue(), 'waited for 5 seconds')
}

// Promotion

check('a candidate is served once both jobs have succeeded, and not before', async (store) => {
  assert.is((await store.train('one')).status, 0)
  assert.is(store.link('current'), undefined)
  const { status, said } = await store.evaluate('{"accuracy": 0.97}', '--require', 'accuracy >= 0.95')
  assert.is(status, 0)
  assert.is(said, 'mlstack: evaluate: accuracy 0.97 meets >= 0.95\nmlstack: evaluate: release 0001 is now in service')
  assert.is(store.link('current'), 'releases/0001')
  assert.is(store.link('candidate'), 'releases/0001/model')
  assert.is(store.read('current/model/name'), 'one')
  assert.is(store.read('current/metrics.json'), '{"accuracy": 0.97}')
  assert.equal(Object.keys(JSON.parse(store.read('state.json')).completed), ['train', 'evaluate'])
})

check('train alone promotes, and the one before is kept for a server that reads it, but no more than that', async (store) => {
  for (const name of ['one', 'two', 'three']) {
    const { status } = await store.run(['train', '--fresh', '--promote'], `ls "$MODEL_DIR"; echo ${name} > "$MODEL_DIR/name"`)
    assert.is(status, 0)
  }
  assert.is(store.read('current/model/name'), 'three')
  assert.is(store.read('current/metrics.json'), '{}')
  assert.is(store.read('releases/0002/model/name'), 'two')
  assert.not(store.exists('releases/0001'))
})

check('a second run starts on an empty candidate, and the served model stays until it is promoted', async (store) => {
  await store.train('one')
  await store.evaluate('{}')
  const again = await store.run(['train', '--fresh'], 'ls "$MODEL_DIR"; echo two > "$MODEL_DIR/name"')
  assert.is(again.printed, '')
  assert.is(store.link('candidate'), undefined)
  assert.is(store.read('current/model/name'), 'one')
  await store.evaluate('{}')
  assert.is(store.read('current/model/name'), 'two')
})

check('a candidate may begin with a copy of a model that exists, which is promoted like any other', async (store) => {
  const origin = store.path('origin')
  mkdirSync(join(origin, 'inside'), { recursive: true })
  writeFileSync(join(origin, 'inside/name'), 'given')
  writeFileSync(join(origin, '.mlstack-fetch.json'), '{}')
  const evaluate = (accuracy: number) => store.run(['evaluate', '--fresh', '--from', origin, '--promote', '--require', 'accuracy >= 0.5'], `cat "$MODEL_DIR/inside/name"; echo '{"accuracy": ${accuracy}}' > "$METRICS_FILE"`)
  const bad = await evaluate(0.4)
  assert.is(bad.status, 1)
  assert.is(bad.printed, 'given')
  assert.is(store.link('current'), undefined)
  const good = await evaluate(0.6)
  assert.is(good.status, 0, good.said)
  assert.is(store.read('current/model/inside/name'), 'given')
  assert.not(store.exists('current/model/.mlstack-fetch.json'))
  const empty = await store.run(['evaluate', '--fresh', '--from', store.path('nothing'), '--promote'], 'true')
  assert.is(empty.status, 1)
  assert.match(empty.said, 'nothing')
})

check('evaluate may run again on a promoted candidate, which renews the metrics of its release', async (store) => {
  await store.train('one')
  await store.evaluate('{"accuracy": 0.97}')
  const again = await store.evaluate('{"accuracy": 0.98}', '--require', 'accuracy >= served')
  assert.match(again.said, 'accuracy 0.98 meets >= served (0.97)')
  assert.match(again.said, 'release 0001 is in service already; its metrics are renewed')
  assert.is(store.read('current/metrics.json'), '{"accuracy": 0.98}')
  assert.is(store.link('current'), 'releases/0001')
  const worse = await store.evaluate('{"accuracy": 0.5}', '--require', 'accuracy >= 0.95')
  assert.is(worse.status, 1)
  assert.is(store.read('current/metrics.json'), '{"accuracy": 0.98}')
})

check('a job waits for those before it, and a failed one counts no more', async (store) => {
  const early = await store.evaluate('{}')
  assert.is(early.status, 1)
  assert.is(early.said, 'mlstack: evaluate: train has not completed on this candidate; run it first: docker compose up train')
  await store.train('one')
  const failed = await store.run(['train', '--fresh'], 'echo half > "$MODEL_DIR/name"; exit 3')
  assert.is(failed.status, 3)
  assert.is(failed.said, 'mlstack: train runs again: changed since its last run: the command\nmlstack: train: the command failed (status 3)\nmlstack: train: no model is served yet')
  assert.is((await store.evaluate('{}')).status, 1)
  assert.not(store.exists('current'))
})

check('a job between the two works on the candidate that train left', async (store) => {
  await store.train('one')
  const between = await store.run(['quantize', '--after', 'train'], 'test "$(cat "$MODEL_DIR/name")" = one && echo small >> "$MODEL_DIR/name"')
  assert.is(between.status, 0)
  const last = await store.run(['evaluate', '--after', 'train', '--after', 'quantize', '--promote'], ['true'])
  assert.is(last.status, 0)
  assert.is(store.read('current/model/name'), 'one\nsmall')
  await store.train('two')
  const skipped = await store.run(['evaluate', '--after', 'train', '--after', 'quantize', '--promote'], ['true'])
  assert.match(skipped.said, 'quantize has not completed on this candidate')
})

check('a candidate that was removed by hand, or is a broken link, must be trained again', async (store) => {
  await store.train('one')
  rmSync(store.path('candidate'), { recursive: true })
  assert.match((await store.evaluate('{}')).said, 'train has not completed')
  symlinkSync('releases/0009/model', store.path('candidate'))
  assert.match((await store.evaluate('{}')).said, 'train has not completed')
  assert.is((await store.train('two')).status, 0)
  assert.is(store.read('candidate/name'), 'two')
})

check('an empty candidate never takes the place of a model', async (store) => {
  const nothing = await store.run(['train', '--fresh', '--promote'], ['true'])
  assert.is(nothing.status, 0)
  assert.is(nothing.said, 'mlstack: train: there is nothing to promote: no model was saved in /model/candidate ($MODEL_DIR); no model is served yet')
  await store.train('one')
  await store.evaluate('{}')
  const again = await store.run(['train', '--fresh', '--promote'], 'rm -r "$MODEL_DIR"')
  assert.match(again.said, 'nothing to promote')
  assert.match(again.said, 'the served model stays: release 0001')
  assert.is(store.read('current/model/name'), 'one')
})

check('what a kill or a person left in the store does not stop the next run', async (store) => {
  await store.train('one')
  await store.evaluate('{}')
  put(store.path('state.json'), '{"comp')
  put(store.path('state.json.tmp'), 'half')
  put(store.path('releases/0002/model/half'), '')
  put(store.path('releases/notes.txt'), 'mine')
  symlinkSync('releases/0002', store.path('current.tmp'))
  assert.is((await store.train('two')).status, 0)
  assert.is((await store.evaluate('{}')).status, 0)
  assert.is(store.link('current'), 'releases/0003')
  assert.is(store.read('current/model/name'), 'two')
  assert.not(store.exists('releases/0002'))
  assert.is(store.read('releases/0001/model/name'), 'one')
  assert.is(store.read('releases/notes.txt'), 'mine')
})

// The gate

check('a gate that fails says by how much, and leaves the served model', async (store) => {
  await store.train('one')
  await store.evaluate('{"accuracy": 0.97, "loss": 0.1}')
  await store.train('two')
  const { status, said } = await store.evaluate(
    '{"accuracy": 0.93, "loss": 0.25, "f1": 1}',
    ...['accuracy >= 0.95', 'loss < served + 0.05', 'f1 > 1', 'f1 == 1'].flatMap((each) => ['--require', each]),
  )
  assert.is(status, 1)
  assert.equal(said.split('\n'), [
    'mlstack: evaluate runs again: changed since its last run: the gate, the variable WRITE, the model that train made',
    'mlstack: evaluate: accuracy 0.93 misses >= 0.95 by 0.02',
    'mlstack: evaluate: loss 0.25 misses < served + 0.05 (0.15) by 0.10',
    'mlstack: evaluate: f1 1 misses > 1 by 0',
    'mlstack: evaluate: the served model stays: release 0001',
  ])
  assert.is(store.link('current'), 'releases/0001')
  assert.is(store.read('metrics/metrics.json'), '{"accuracy": 0.93, "loss": 0.25, "f1": 1}', 'kept, to be looked at')
  const better = await store.evaluate('{"accuracy": 0.96}', '--require', 'accuracy >= 0.95')
  assert.is(better.status, 0, 'the candidate can be evaluated again')
})

const FILE = 'the metrics file /model/metrics/metrics.json'
const REFUSED: readonly (readonly [metrics: string, requirement: string, line: string])[] = [
  ['', 'accuracy > 0', `${FILE} cannot be read as JSON: Expecting value: line 1 column 1 (char 0)`],
  ['{"accuracy": 0.9', 'accuracy > 0', `${FILE} cannot be read as JSON: Expecting ',' delimiter: line 1 column 17 (char 16)`],
  ['[0.9]', 'accuracy > 0', `${FILE} must be a flat object of numbers, and is a list`],
  ['0.9', 'accuracy > 0', `${FILE} must be a flat object of numbers, and is a number`],
  ['{"accuracy": 1, "accuracy": 2}', 'accuracy > 0', `${FILE} cannot be read as JSON: it gives accuracy more than once`],
  ['{}', 'accuracy > 0', 'accuracy is not in the metrics file, which has: nothing'],
  ['{"acc": 1, "f1": 1}', 'accuracy > 0', 'accuracy is not in the metrics file, which has: acc, f1'],
  ['{"test": {"accuracy": 1}}', 'accuracy > 0', 'accuracy is nested in test: the metrics file must be a flat object of numbers'],
  ['{"accuracy": {"mean": 1}}', 'accuracy > 0', 'accuracy is an object, not a number'],
  ['{"accuracy": [1]}', 'accuracy > 0', 'accuracy is a list, not a number'],
  ['{"accuracy": true}', 'accuracy > 0', 'accuracy is a boolean, not a number'],
  ['{"accuracy": "0.97"}', 'accuracy > 0', 'accuracy is a string, not a number'],
  ['{"accuracy": null}', 'accuracy > 0', 'accuracy is null, not a number'],
  ['{"accuracy": NaN}', 'accuracy != 0', 'accuracy is NaN, not a finite number'],
  ['{"loss": -Infinity}', 'loss <= 0', 'loss is -Infinity, not a finite number'],
  ['{"loss": 0.30000000000000004}', 'loss <= 0.3', 'loss 0.30000000000000004 misses <= 0.3 by 4e-17'],
  ['{"count": 9007199254740993}', 'count == 9007199254740992', 'count 9007199254740993 misses == 9007199254740992 by 1'],
  ['{"loss": 1e400}', 'loss < 5', 'loss 1E+400 misses < 5 by 1.00e+400'],
  ['{"präzision@5 %": 0.5}', 'präzision@5 % >= .75', 'präzision@5 % 0.5 misses >= .75 by 0.25'],
  ['{"drift": 0}', 'drift != 0', 'drift 0 misses != 0 by 0'],
  ['{"r2": -3}', 'r2 > -2.5e0', 'r2 -3 misses > -2.5e0 by 0.5'],
]

if (PYTHON !== undefined) {
  test('each way to fall short has its own words', async () => {
    const script = 'printf %s "$WRITE" > "$METRICS_FILE"'
    await Promise.all(REFUSED.map(([metrics, requirement, line]) => withStore(async (store) => {
      const { status, said } = await store.run(['evaluate', '--promote', '--require', requirement], script, { env: { WRITE: metrics } })
      assert.is(said, `mlstack: evaluate: ${line}\nmlstack: evaluate: no model is served yet`)
      assert.is(status, 1)
      assert.not(store.exists('current'))
    })))
  })
}

check('requirements that hold: decimals as written, either end, extra values of any kind', async (store) => {
  await store.train('one')
  const { status, said } = await store.evaluate(
    '{"a": 0.1, "b": 1e400, "c": 100, "名前": 1, "note": "text", "table": [[1]]}',
    ...['a==0.10', 'b > 1e399', 'c >= 100', 'c<=100', '名前 > 0', 'a >= served - 0.005'].flatMap((each) => ['--require', each]),
  )
  assert.is(status, 0)
  assert.match(said, 'a 0.1 meets == 0.10')
  assert.match(said, 'b 1E+400 meets > 1e399')
  assert.match(said, '名前 1 meets > 0')
  assert.match(said, 'a 0.1 passes >= served - 0.005: no model is served yet')
})

check('a requirement that is relative to the served model compares exactly', async (store) => {
  await store.train('one')
  await store.evaluate('{"accuracy": 0.95}')
  await store.train('two')
  const exact = await store.evaluate('{"accuracy": 0.945, "f1": 1}', '--require', 'accuracy >= served - 0.005', '--require', 'f1 >= served')
  assert.is(exact.status, 0)
  assert.match(exact.said, 'accuracy 0.945 meets >= served - 0.005 (0.945)')
  assert.match(exact.said, 'f1 1 passes >= served: the served model has no f1')
  await store.train('three')
  const worse = await store.evaluate('{"accuracy": 0.93}', '--require', 'accuracy >= served - 0.005')
  assert.match(worse.said, 'accuracy 0.93 misses >= served - 0.005 (0.940) by 0.010')
  assert.is(store.read('current/model/name'), 'two')
})

check('a served model whose metrics are unreadable lets a relative requirement pass, and says so', async (store) => {
  await store.train('one')
  await store.evaluate('not JSON')
  await store.train('two')
  const { status, said } = await store.evaluate('{"accuracy": 0.9}', '--require', 'accuracy >= served')
  assert.is(status, 0)
  assert.match(said, 'accuracy 0.9 passes >= served: the served model has no accuracy')
})

check('metrics of an earlier run never count', async (store) => {
  await store.train('one')
  await store.evaluate('{"accuracy": 0.97}')
  const { status, said } = await store.run(['evaluate', '--after', 'train', '--promote', '--require', 'accuracy > 0'], ['true'])
  assert.is(status, 1)
  assert.match(said, 'the command wrote no metrics file: there is no /model/metrics/metrics.json')
  assert.match(said, 'the served model stays: release 0001')
})

check('metrics where the user wants them, also relative to the working folder, are kept in the store too', async (store) => {
  const cwd = join(store.folder, '../app')
  for (const [path, name] of [['metrics.json', 'one'], ['out/deep/metrics.json', 'two'], [join(cwd, 'absolute.json'), 'three']] as const) {
    await store.train(name)
    put(join(cwd, 'metrics.json'), '{"accuracy": 1}')
    const options = ['evaluate', '--after', 'train', '--promote', '--metrics', path, '--require', 'accuracy < 0.6']
    const { status, said } = await store.run(options, `test ! -e ${path} && echo '{"accuracy": 0.5}' > ${path}`)
    assert.is(status, 0, said)
    assert.is(store.read('current/metrics.json'), '{"accuracy": 0.5}')
    assert.is(store.read('metrics/metrics.json'), '{"accuracy": 0.5}')
  }
  const missing = await store.run(['evaluate', '--after', 'train', '--metrics', 'out/none.json', '--require', 'accuracy > 0'], ['true'])
  assert.match(missing.said, 'there is no /app/out/none.json')
  assert.not(store.exists('metrics/metrics.json'))
  const folder = await store.run(['evaluate', '--after', 'train', '--metrics', 'out', '--require', 'accuracy > 0'], ['true'])
  assert.is(folder.status, 1)
  assert.match(folder.said, /^mlstack: evaluate: \/app\/out: /, 'a folder is refused, not removed')
})

check("the command's own status wins over the gate", async (store) => {
  await store.train('one')
  const options = ['evaluate', '--after', 'train', '--promote', '--require', 'accuracy > 2']
  const { status, said } = await store.run(options, 'echo "{}" > "$METRICS_FILE"; exit 42')
  assert.is(status, 42)
  assert.not.match(said, 'accuracy')
})

// The command line

check('words after -- reach the command as they are, with another -- and empty ones', async (store) => {
  const words = ['', 'a b', '--', '--fresh', '$HOME', '*', 'naïve 名前', '-x']
  for (const options of [['train', '--fresh'], ['serve']]) {
    const { printed } = await store.run(options, ['printf', '<%s>', ...words])
    assert.is(printed, words.map((word) => `<${word}>`).join(''))
  }
})

check('a wrong command line is told by status 2, before anything runs', async (store) => {
  const wrong = [['train', '--frsh'], ['train', '--fres'], ['evaluate', '--require', 'accuracy is good'], ['evaluate', '--require', 'a > １'], ['a', 'b']]
  for (const options of wrong) assert.is((await store.run(options, ['true'])).status, 2, options.join(' '))
  const none = await store.run(['train', '--fresh'], [])
  assert.is(none.status, 2)
  assert.match(none.said, 'there is no command after --')
  assert.not(store.exists('.'))
})

check('a command that cannot run ends as in a shell', async (store) => {
  put(join(store.folder, '../app/plain.sh'), 'true')
  for (const options of [['train', '--fresh'], ['serve']]) {
    const unknown = await store.run(options, ['no-such-program'])
    assert.is(unknown.status, 127)
    assert.match(unknown.said, 'cannot run no-such-program: No such file or directory')
    const plain = await store.run(options, ['./plain.sh'])
    assert.is(plain.status, 126)
    assert.match(plain.said, 'cannot run ./plain.sh: Permission denied')
  }
})

// Signals and services

check('a signal reaches the command, and one that then ends with 0 has not succeeded', async (store) => {
  const cases = [['SIGTERM', 143, 'was told to stop'], ['SIGINT', 130, 'was interrupted'], ['SIGHUP', 129, 'failed']] as const
  for (const [signal, status, words] of cases) {
    rmSync(store.path('candidate'), { recursive: true, force: true })
    const script = `trap 'echo saved; exit 0' ${signal.slice(3)}; touch "$MODEL_DIR/ready"; for _ in $(seq 1000); do sleep 0.01; done`
    const running = store.start(['train', '--fresh', '--promote'], script)
    await waitFor(() => store.exists('candidate/ready'))
    running.kill(signal)
    const { exitCode, stdout, stderr } = await running
    assert.is(exitCode, status)
    assert.is(stdout, 'saved')
    assert.match(String(stderr), `the command ${words} (status ${status})`)
    assert.not(store.exists('current'))
  }
})

check('a command that a signal ends gives 128 + N, and its own status after a signal is kept', async (store) => {
  const killed = await store.run(['train', '--fresh', '--promote'], 'kill -KILL $$')
  assert.is(killed.status, 137)
  assert.match(killed.said, 'the command was killed, as it is when memory runs out (status 137)')
  const running = store.start(['train', '--fresh', '--promote'], `trap 'exit 5' TERM; touch "$MODEL_DIR/ready"; for _ in $(seq 1000); do sleep 0.01; done`)
  await waitFor(() => store.exists('candidate/ready'))
  running.kill('SIGTERM')
  assert.is((await running).exitCode, 5)
})

check('a service takes the place of the helper, needs no store and writes none', async (store) => {
  const { status, printed, said } = await store.run(['serve'], 'echo $$; exit 7')
  assert.is(status, 7)
  assert.is(said, '')
  assert.match(printed, /^\d+$/)
  const running = store.start(['serve'], ['sh', '-c', 'echo $$'])
  assert.is(String((await running).stdout), String(running.pid))
  assert.not(store.exists('.'))
  const quiet = await store.run(['serve'], ['sh', '-c', 'yes | head -1; trap - PIPE; yes 2>&1 | true'])
  assert.not.match(quiet.said, 'Broken pipe')
})

check('a server goes on reading its release while the next is trained, promoted and evaluated again', async (store) => {
  await store.train('one')
  await store.evaluate('{}')
  const release = store.link('current')
  await store.train('two')
  await store.evaluate('{}')
  await store.evaluate('{}')
  assert.is(store.read(`${release}/model/name`), 'one')
})

/** Shortens the helper's waits, which are made for servers and people. */
function hurry(store: Store): void {
  setSeconds(store, { BETWEEN_LOOKS: 0.1, TO_END: 0.1 })
}

function setSeconds(store: Store, seconds: Readonly<Record<string, number>>): void {
  const path = join(store.folder, '../entrypoint.py')
  for (const [name, value] of Object.entries(seconds)) {
    const before = readFileSync(path, 'utf8')
    const after = before.replace(new RegExp(`^SECONDS_${name} = \\d+`, 'm'), `SECONDS_${name} = ${value}`)
    assert.is.not(after, before)
    put(path, after)
  }
}

check('a server starts anew on each release, and nothing that it started stays behind', async (store) => {
  hurry(store)
  await store.train('one')
  await store.evaluate('{}')
  const worker = `(trap 'touch "$STARTED-ended"; exit' TERM; touch "$STARTED-$name"; for _ in $(seq 200); do sleep 0.05; done) > /dev/null 2>&1 &`
  const script = `name=$(cat "$MODEL_DIR/name"); echo $name; ${worker} wait`
  const started = join(store.folder, '../started')
  const env = { MODEL_DIR: store.path('current/model'), STARTED: started }
  const running = store.start(['serve', '--reload'], script, { env })
  await waitFor(() => existsSync(`${started}-one`))
  await store.evaluate('{"accuracy": 1}')
  await store.train('two')
  await store.evaluate('{}')
  await waitFor(() => existsSync(`${started}-two`))
  running.kill('SIGTERM')
  const { exitCode, stdout, stderr } = await running
  assert.equal([exitCode, stdout, stderr], [143, 'one\ntwo', 'mlstack: serve: starts anew on release 0002'])
  assert.ok(existsSync(`${started}-ended`))
})

check('a server that does not listen is ended all the same', async (store) => {
  hurry(store)
  const started = join(store.folder, '../started')
  const script = `trap '' TERM; test -e "$STARTED" && exit 9; touch "$STARTED"; while :; do sleep 0.05; done`
  const running = store.start(['serve', '--reload'], script, { env: { STARTED: started } })
  await waitFor(() => existsSync(started))
  await store.train('one')
  await store.evaluate('{}')
  assert.is((await running).exitCode, 9)
})

check('a server that ends by itself or is told to keeps its status', async (store) => {
  assert.is((await store.run(['serve', '--reload'], 'exit 7')).status, 7)
  assert.is((await store.run(['serve', '--reload'], ['no-such-program'])).status, 127)
  await store.train('one')
  await store.evaluate('{}')
  const running = store.start(['serve', '--reload'], `trap 'echo bye; exit 0' TERM; touch "$MODEL_DIR/ready"; for _ in $(seq 1000); do sleep 0.01; done`)
  await waitFor(() => store.exists('candidate/ready'))
  running.kill('SIGTERM')
  const { exitCode, stdout } = await running
  assert.equal([exitCode, stdout], [0, 'bye'])
})

// Changed code

/** Gives the body a server whose code is a shell script, which tells in a file what it does; ends it and gives its status. */
async function develop(store: Store, code: string, body: (server: ReturnType<typeof startServer>) => Promise<void>) {
  const server = startServer(store, code)
  try {
    await body(server)
  } finally {
    server.signal('SIGTERM')
  }
  return (await server.running).exitCode
}

function startServer(store: Store, code: string) {
  const [path, log] = [join(store.folder, '../serve.sh'), join(store.folder, '../log')]
  const save = (text: string, mode = 0o755) => {
    put(path, `#!/bin/sh\nexec 2> /dev/null # where shells say what was terminated\n${text}`)
    chmodSync(path, mode)
  }
  save(code)
  const running = store.start(['serve', '--watch'], [path], { env: { LOG: log, MODEL_DIR: store.path('current/model') } })
  let said = ''
  running.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString().replaceAll('mlstack: serve: ', '').replaceAll(join(store.folder, '..'), '')))
  const linesOf = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join('')
  return {
    save,
    running,
    signal: (name: 'SIGUSR1' | 'SIGTERM' | 'SIGINT') => running.kill(name),
    hasLogged: (...lines: string[]) => waitFor(() => existsSync(log) && readFileSync(log, 'utf8') === linesOf(lines)),
    hasSaid: (...lines: string[]) => waitFor(() => said === linesOf(lines)),
  }
}

const STAY = 'while :; do sleep 0.01; done'

check('changed code starts a server anew without a look at the clock, and needs no model', async (store) => {
  setSeconds(store, { BETWEEN_LOOKS: 1000, TO_END: 0.1 })
  const worker = `(trap 'echo ended >> "$LOG"; exit' TERM; echo one >> "$LOG"; ${STAY}) & wait`
  const status = await develop(store, worker, async ({ save, signal, hasLogged, hasSaid }) => {
    await hasLogged('one')
    save(`echo two >> "$LOG"; ${STAY}`)
    signal('SIGUSR1')
    await hasLogged('one', 'ended', 'two')
    await hasSaid('starts anew on changed code')
  })
  assert.is(status, 143)
  assert.not(store.exists('.'))
})

check('code that changes again and again while the server ends makes one new start', async (store) => {
  setSeconds(store, { TO_END: 2 })
  const slow = `trap 'echo ends >> "$LOG"; until test -e "$LOG-go"; do sleep 0.01; done; exit' TERM; echo started >> "$LOG"; ${STAY}`
  const status = await develop(store, slow, async ({ save, signal, hasLogged, hasSaid }) => {
    await hasLogged('started')
    signal('SIGUSR1')
    await hasLogged('started', 'ends')
    for (let times = 0; times < 5; times++) signal('SIGUSR1')
    save(`trap 'exit 7' TERM; echo last >> "$LOG"; ${STAY}`)
    put(join(store.folder, '../log-go'), '')
    await hasLogged('started', 'ends', 'last')
    await setTimeout(50)
    await hasLogged('started', 'ends', 'last')
    await hasSaid('starts anew on changed code')
  })
  assert.is(status, 7)
})

check('code that changes before the command is started does not end the helper', async (store) => {
  const secret = join(store.folder, '../token')
  await execa('mkfifo', [secret])
  const running = store.start(['serve', '--watch', '--export', 'TOKEN'], 'test "$TOKEN" = geheim && kill -TERM $PPID; exec sleep 5', { env: { TOKEN_FILE: secret } })
  const pipe = await open(secret, 'w')
  running.kill('SIGUSR1')
  await pipe.write('geheim')
  await pipe.close()
  const { exitCode, stderr } = await running
  assert.equal([exitCode, stderr], [143, ''])
})

const ENDS: readonly (readonly [code: string, words: string])[] = [
  ['exit 1', 'the command failed (status 1)'],
  ['exit 0', 'the command ended (status 0)'],
  ['kill -KILL $$', 'the command was killed, as it is when memory runs out (status 137)'],
]

for (const [code, words] of ENDS) {
  check(`a watched server is waited for after ${code}`, async (store) => {
    setSeconds(store, { BETWEEN_LOOKS: 1000 })
    await develop(store, code, async ({ save, signal, hasLogged, hasSaid }) => {
      await hasSaid(`${words}; waits for changed code`)
      save(`echo well >> "$LOG"; ${STAY}`)
      signal('SIGUSR1')
      await hasLogged('well')
      await hasSaid(`${words}; waits for changed code`, 'starts anew on changed code')
    })
  })
}

check('a watched server that cannot run at all is waited for, too', async (store) => {
  hurry(store)
  await develop(store, `echo one >> "$LOG"; ${STAY}`, async ({ save, signal, hasLogged, hasSaid }) => {
    await hasLogged('one')
    save(STAY, 0o644)
    signal('SIGUSR1')
    await hasSaid('starts anew on changed code', 'cannot run /serve.sh: Permission denied; waits for changed code')
    save(`echo two >> "$LOG"; ${STAY}`)
    signal('SIGUSR1')
    await hasLogged('one', 'two')
  })
})

check('the wait for changed code is over with a signal, at once', async (store) => {
  setSeconds(store, { BETWEEN_LOOKS: 1000 })
  for (const [name, status] of [['SIGTERM', 143], ['SIGINT', 130]] as const) {
    const ended = await develop(store, 'exit 3', async ({ signal, hasSaid, running }) => {
      await hasSaid('the command failed (status 3); waits for changed code')
      signal(name)
      // A second signal could meet Python when it has put its handlers away.
      await running
    })
    assert.is(ended, status)
  }
})

check('a watched server starts anew on a release, whether it has ended or runs', async (store) => {
  hurry(store)
  await develop(store, `cat "$MODEL_DIR/name" >> "$LOG" || exit 2; ${STAY}`, async ({ hasLogged, hasSaid }) => {
    const ended = 'the command failed (status 2); waits for changed code'
    await hasSaid(ended)
    await store.train('one')
    await store.evaluate('{}')
    await hasLogged('one')
    await store.train('two')
    await store.evaluate('{}')
    await hasLogged('one', 'two')
    await hasSaid(ended, 'starts anew on release 0001', 'starts anew on release 0002')
  })
})

// Secrets

check('a secret is exported from its file, without its last newline, to jobs and services, and never printed', async (store) => {
  const file = join(store.folder, '../token')
  put(file, 'geheim\nligne é\r\n')
  for (const options of [['serve'], ['train', '--fresh']]) {
    const script = 'test "$TOKEN" = "$(printf "geheim\\nligne é")" && test "${EMPTY-unset}" = "" && exit 3'
    put(join(store.folder, '../empty'), '')
    const env = { TOKEN_FILE: file, EMPTY_FILE: join(store.folder, '../empty') }
    const { status, said, printed } = await store.run([...options, '--export', 'TOKEN', '--export', 'EMPTY'], script, { env })
    assert.is(status, 3, said)
    assert.not.match(said + printed, 'geheim')
  }
})

check('a secret that cannot be exported is named, and nothing runs', async (store) => {
  const missing = await store.run(['serve', '--export', 'MLSTACK_TEST_TOKEN'], ['echo', 'ran'])
  assert.is(missing.status, 1)
  assert.is(missing.said, 'mlstack: serve: secret MLSTACK_TEST_TOKEN is missing: there is no file /run/secrets/MLSTACK_TEST_TOKEN')
  assert.is(missing.printed, '')
  const file = join(store.folder, '../token')
  put(file, 'geheim\0er')
  const binary = await store.run(['train', '--fresh', '--export', 'TOKEN'], ['echo', 'ran'], { env: { TOKEN_FILE: file } })
  assert.is(binary.status, 1)
  assert.is(binary.said, 'mlstack: train: secret TOKEN has a zero byte, so it cannot be a variable: grant it as a file')
  assert.not(store.exists('.'), 'the last candidate is not lost either')
})

// Permissions

checkModes('a secret that this user may not read is told with its owner', async (store, ordinary) => {
  const file = join(store.folder, '../token')
  put(file, 'geheim')
  chmodSync(file, 0)
  const { status, said } = await store.run(['serve', '--export', 'TOKEN'], ['echo', 'ran'], { env: { TOKEN_FILE: file }, ...ordinary })
  assert.is(status, 1)
  assert.match(said, /^mlstack: serve: secret TOKEN cannot be read from \/token: it belongs to user \d+, and this is user \d+; set MLSTACK_UID/)
})

checkModes('a store that cannot be written is told before the command runs, for each of its folders', async (store, ordinary) => {
  await store.train('one')
  await store.evaluate('{}')
  await store.train('two')
  for (const folder of ['.', 'candidate', 'releases', 'metrics']) chmodSync(store.path(folder), 0o777)
  for (const folder of ['releases', 'candidate', 'metrics', '.']) {
    chmodSync(store.path(folder), 0o555)
    const { status, said, printed } = await store.run(['evaluate', '--after', 'train', '--promote'], ['echo', 'ran'], ordinary)
    chmodSync(store.path(folder), 0o777)
    assert.is(status, 1)
    assert.is(printed, '')
    assert.match(said, `cannot write ${join('/model', folder).replace(/\/$/, '')}: Permission denied; it belongs to user `)
    assert.match(said, /user \d+, and this is user \d+; set MLSTACK_UID/)
  }
})

checkModes('a serve role reads a store that it cannot write', async (store, ordinary) => {
  await store.train('one')
  await store.evaluate('{}')
  chmodSync(store.folder, 0o555)
  const { status, printed } = await store.run(['serve'], ['cat', store.path('current/model/name')], ordinary)
  chmodSync(store.folder, 0o755)
  assert.is(status, 0)
  assert.is(printed, 'one')
})

// A kill at every step

interface KilledRun {
  readonly role: 'train' | 'evaluate'
  readonly step: number
  readonly status: number
  /** The model in service and its accuracy, after the kill. */
  readonly served: readonly [string, number]
  /** `evaluate` alone, run again: its status, and what is served then. */
  readonly again: readonly [number, string, number]
  /** Both jobs, run again: their statuses, and what is served then. */
  readonly next: readonly [number, number, string, number]
  /** How many releases there are in the end. */
  readonly left: number
}

const ACCURACY: Readonly<Record<string, number>> = { one: 0.91, two: 0.92, three: 0.93 }

if (PYTHON !== undefined) {
  const python = PYTHON
  test('a kill before any change to the disk leaves a whole release in service, and a store for the next run', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mlstack-kill-'))
    try {
      const { stdout } = await execa(python, [join(import.meta.dirname, 'entrypoint/kill-at-every-step.py'), ENTRYPOINT, folder])
      const runs = JSON.parse(stdout) as readonly KilledRun[]
      for (const run of runs) {
        const place = `${run.role}, step ${run.step}: ${JSON.stringify(run)}`
        const [name, accuracy] = run.served
        assert.is(accuracy, ACCURACY[name], place)
        assert.ok(run.role === 'train' ? name === 'one' : run.status === 0 ? name === 'two' : true, place)
        const [again, nameAgain, accuracyAgain] = run.again
        assert.ok(again === 0 || (again === 1 && nameAgain === name), place)
        assert.is(accuracyAgain, ACCURACY[nameAgain], place)
        assert.equal(run.next, [0, 0, 'three', ACCURACY['three']], place)
        assert.is(run.left, 2, place)
      }
      const ends = (role: string) => runs.filter((run) => run.role === role).map((run) => run.status)
      for (const role of ['train', 'evaluate']) {
        assert.is(ends(role).at(-1), 0)
        assert.ok(ends(role).filter((status) => status === -9).length > 15)
      }
      assert.ok(runs.some((run) => run.status === -9 && run.served[0] === 'two'), 'some kill came after the swap')
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
}

test.run()
