/** Several nodes as one job, by helpers that find each other on this machine: they run, are skipped, fail, are killed and are stopped together. */
import { existsSync, readFileSync } from 'node:fs'
import { connect, createServer, type AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { execa } from 'execa'
import fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { testWithTool } from '../../machine.ts'
import { together } from '../../together.ts'
import { NODES, put, PYTHON, type Store, withStore } from './entrypoint/store.ts'

const beside = together()
const NO_PYTHON = PYTHON === undefined ? 'there is no python3' : undefined

interface Team {
  readonly store: Store
  readonly port: number
  /** Starts the helper of a node of two, which has the job `train`. */
  readonly start: (number: 0 | 1, command: string, ...options: string[]) => ReturnType<Store['start']>
  /** Resolves once a file of that name is in the store, which commands make there. */
  readonly made: (name: string) => Promise<void>
}

function check(name: string, body: (team: Team) => Promise<void>, { secondsToMeet = 10, secondsToSettle = 0.3 } = {}): void {
  testWithTool(NO_PYTHON, name, beside(() =>
    withStore(async (store) => {
      const helper = join(store.folder, '../nodes.py')
      const patience = { SECONDS_TO_MEET: secondsToMeet, SECONDS_BETWEEN_TRIES: 0.02, SECONDS_TO_SETTLE: secondsToSettle }
      put(helper, Object.entries(patience).reduce((text, [constant, seconds]) => text.replace(new RegExp(`^${constant} = [\\d.]+`, 'm'), `${constant} = ${seconds}`), readFileSync(helper, 'utf8')))
      const port = await findPort()
      await body({
        store,
        port,
        start: (number, command, ...options) => store.start([number === 0 ? 'train' : 'train-1', ...(number === 0 ? ['--fresh', '--promote'] : []), '--node', `${number}/2`, '--meet', `127.0.0.1:${port}`, ...options], command, { env: { STORE: store.folder } }),
        made: async (file) => {
          while (!existsSync(store.path(file))) await sleep(10)
        },
      })
    }),
  ))
}

async function findPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((done) => server.once('listening', done))
  const { port } = server.address() as AddressInfo
  await new Promise((done) => server.close(done))
  return port
}

async function outcomes(...running: readonly ReturnType<Store['start']>[]): Promise<readonly { readonly status: number | undefined; readonly said: readonly string[] }[]> {
  return (await Promise.all(running)).map(({ exitCode, stderr }) => ({ status: exitCode, said: String(stderr).split('\n').filter((line) => line !== '') }))
}

const SAVE = 'echo model > "$MODEL_DIR/name"'

check('a job succeeds when all nodes have, and is skipped on all of them when nothing has changed', async ({ store, start }) => {
  const [first, second] = await outcomes(start(0, SAVE), start(1, 'true'))
  assert.equal(first, { status: 0, said: ['mlstack: train: release 0001 is now in service'] })
  assert.equal(second, { status: 0, said: [] })
  const [again, other] = await outcomes(start(0, SAVE), start(1, 'true'))
  assert.match(again?.said[0] ?? '', 'mlstack: train: skipped: nothing has changed')
  assert.equal(other, { status: 0, said: ['mlstack: train-1: skipped, with train'] })
  assert.is(store.link('current'), 'releases/0001')
})

check('the number of processes counts, and what only places a node does not', async ({ store, start }) => {
  await outcomes(start(0, SAVE), start(1, 'true'))
  const alone = await store.run(['train', '--fresh', '--promote'], SAVE, { env: { STORE: store.folder } })
  assert.match(alone.said, 'mlstack: train runs again: changed since its last run: the number of processes\n')
})

check('where a node fails, the others are stopped, and nothing is promoted', async ({ store, start, made }) => {
  const running = [start(0, `${SAVE}; touch "$STORE/began"; exec sleep 60`), start(1, 'while [ ! -e "$STORE/began" ]; do sleep 0.02; done; exit 3')] as const
  await made('began')
  const [first, second] = await outcomes(...running)
  assert.equal(first, { status: 3, said: ['mlstack: train: on its node train-1, the command failed (status 3)', 'mlstack: train: no model is served yet'] })
  assert.equal(second, { status: 3, said: ['mlstack: train-1: the command failed (status 3)'] })
  assert.is(store.link('current'), undefined)
})

check('where the first node fails, the others are told why', async ({ start }) => {
  const [first, second] = await outcomes(start(0, 'exit 4'), start(1, 'exec sleep 60'))
  assert.equal(first, { status: 4, said: ['mlstack: train: the command failed (status 4)', 'mlstack: train: no model is served yet'] })
  assert.equal(second, { status: 1, said: ['mlstack: train-1: train failed: the command failed (status 4)'] })
})

check('a node that is killed ends the job, whichever it is', async ({ start, made }) => {
  for (const [victim, words] of [[1, 'mlstack: train: its node train-1 was killed'], [0, 'mlstack: train-1: its first node, train, was killed']] as const) {
    const running = [start(0, `echo > "$STORE/first-${victim}"; exec sleep 2`), start(1, `echo > "$STORE/second-${victim}"; exec sleep 2`)] as const
    await Promise.all([made(`first-${victim}`), made(`second-${victim}`)])
    running[victim].kill('SIGKILL')
    const ends = await outcomes(...running)
    assert.is(ends[1 - victim]?.status, 1)
    assert.is(ends[1 - victim]?.said.find((line) => line.includes('killed')), words)
  }
})

check('whoever is told to stop tells the others, which may save; and the next run goes on', async ({ start, made, store }) => {
  for (const told of [0, 1] as const) {
    const script = (number: number) => `trap 'echo > "$STORE/saved-${told}-${number}"; exit 0' TERM; echo > "$STORE/ready-${told}-${number}"; while :; do sleep 0.02; done`
    const running = [start(0, script(0)), start(1, script(1))] as const
    await Promise.all([made(`ready-${told}-0`), made(`ready-${told}-1`)])
    running[told].kill('SIGTERM')
    const ends = await outcomes(...running)
    assert.equal(ends.map(({ status }) => status), [143, 143])
    assert.ok([0, 1].every((number) => store.exists(`saved-${told}-${number}`)))
  }
  const tell = (number: number) => `echo "$RESUME" > "$STORE/resume-${number}"; ${SAVE}`
  await outcomes(start(0, `kill -9 $$`), start(1, tell(1)))
  await outcomes(start(0, tell(0)), start(1, tell(1)))
  assert.equal([store.read('resume-0'), store.read('resume-1')], ['', ''], 'another command is no run to go on with')
})

check('a run that did not finish is gone on with on all nodes', async ({ start, store }) => {
  const command = 'if [ -z "$RESUME" ]; then kill -9 $$; fi; echo "$RESUME" > "$STORE/resume-0"'
  await outcomes(start(0, command), start(1, 'echo "$RESUME" > "$STORE/resume-1"'))
  await outcomes(start(0, command), start(1, 'echo "$RESUME" > "$STORE/resume-1"'))
  assert.equal([store.read('resume-0'), store.read('resume-1')], ['1', '1'])
})

check('a node without the others gives up, and says how to start all', async ({ start, store }) => {
  const [first] = await outcomes(start(0, SAVE))
  assert.equal(first, { status: 1, said: ['mlstack: train: its node train-1 did not come within 1 seconds; start all of them: docker compose up train', 'mlstack: train: no model is served yet'] })
  assert.is(store.link('current'), undefined)
  const [second] = await outcomes(start(1, 'true'))
  assert.equal(second, { status: 1, said: ['mlstack: train-1: its first node, train, was not there within 1 seconds; start all of them: docker compose up train'] })
}, { secondsToMeet: 1 })

check('where the first node cannot begin, the others end', async ({ start }) => {
  const [first, second] = await outcomes(start(0, SAVE, '--after', 'prepare'), start(1, 'true'))
  assert.match(first?.said[0] ?? '', 'mlstack: train: prepare has not completed on this candidate')
  assert.equal(second, { status: 1, said: ['mlstack: train-1: its first node, train, ended before it began: its log says why'] })
}, { secondsToSettle: 10 })

check('a command that cannot be run on one node is no killed node', async ({ start }) => {
  const first = start(0, 'exec sleep 60')
  const second = start(1, 'exec /no/such/program')
  const [one] = await outcomes(first, second)
  assert.equal(one?.said[0], 'mlstack: train: on its node train-1, the command failed (status 127)')
})

check('whoever else connects, and whatever he says, is sent away', async ({ start, port }) => {
  const first = start(0, SAVE)
  const strangers = ['GET / HTTP/1.1\r\n\r\n', '{"node": 7}\n', '{"node": "1"}\n', '[1, 2]\n', '\xff\n', '{}\n'].map((text) => tell(port, text))
  await Promise.all(strangers)
  const [one] = await outcomes(first, start(1, 'true'))
  assert.is(one?.status, 0, one?.said.join('\n'))
})

/** Says something to whoever listens there, as soon as someone does, until he hangs up. */
async function tell(port: number, text: string): Promise<void> {
  for (;;) {
    const isHeard = await new Promise<boolean>((done) => {
      const socket = connect(port, '127.0.0.1', () => socket.end(text, 'latin1'))
      socket.on('error', () => done(false))
      socket.on('close', () => done(socket.bytesWritten > 0))
      socket.resume()
    })
    if (isHeard) return
    await sleep(20)
  }
}

const LAUNCHES: readonly (readonly [command: readonly string[], processes: string | undefined, node: readonly number[] | undefined, launched: string])[] = [
  [['python', 'train.py', '--lr', '1'], '2', undefined, 'python -m torch.distributed.run --standalone --nproc_per_node 2 train.py --lr 1'],
  [['/opt/venv/bin/python3.11', '-m', 'package.train'], 'gpu', undefined, '/opt/venv/bin/python3.11 -m torch.distributed.run --standalone --nproc_per_node gpu -m package.train'],
  [['python', 'train.py'], '1', [1, 3], 'python -m torch.distributed.run --nnodes 3 --node_rank 1 --master_addr train-0 --master_port 29500 --nproc_per_node 1 train.py'],
  [['python', '-u', 'train.py'], '2', undefined, 'PYTHON -m torch.distributed.run --standalone --nproc_per_node 2 --no_python python -u train.py'],
  [['bash', '-c', 'python train.py'], '2', undefined, 'PYTHON -m torch.distributed.run --standalone --nproc_per_node 2 --no_python bash -c python train.py'],
  [['python'], '2', undefined, 'PYTHON -m torch.distributed.run --standalone --nproc_per_node 2 --no_python python'],
  [['python', 'train.py'], undefined, [0, 2], 'python train.py'],
]

testWithTool(NO_PYTHON, 'torchrun is put before a script, before a module, and around anything else', async () => {
  const program = 'import json, shutil, sys; shutil.which = lambda name: "PYTHON"; sys.path.insert(0, sys.argv[1]); import nodes; print(json.dumps([nodes.launch(*row) for row in json.load(sys.stdin)]))'
  const input = JSON.stringify(LAUNCHES.map(([command, processes, node]) => [command, processes ?? null, node ?? null]))
  const { stdout } = await execa(PYTHON ?? 'python3', ['-B', '-c', program, dirname(NODES)], { input, env: { MASTER_ADDR: 'train-0', MASTER_PORT: '29500' } })
  assert.equal((JSON.parse(stdout) as readonly string[][]).map((words) => words.join(' ')), LAUNCHES.map(([, , , launched]) => launched))
})

testWithTool(NO_PYTHON, 'whatever comes over a connection, in whatever pieces, is read as messages or ends it', async () => {
  const program = `
import json, socket, sys
sys.path.insert(0, sys.argv[1])
import nodes
results = []
for pieces in json.load(sys.stdin):
    ours, theirs = socket.socketpair()
    line, messages = nodes.Line(ours), []
    for piece in pieces:
        if line.is_open and piece:
            theirs.sendall(bytes(piece))
            messages += line.receive()
    theirs.close()
    messages += line.receive()
    results.append([messages, line.is_open])
    line.close()
print(json.dumps(results))
`
  const message = fc.dictionary(fc.string(), fc.oneof(fc.integer(), fc.string(), fc.boolean()))
  const bytes = fc.oneof(fc.array(message, { maxLength: 3 }).map((messages) => ({ messages, bytes: [...Buffer.from(messages.map((each) => `${JSON.stringify(each)}\n`).join(''))] })), fc.uint8Array({ maxLength: 40 }).map((array) => ({ messages: undefined, bytes: [...array] })))
  const inputs = fc.sample(fc.tuple(bytes, fc.nat(40)), 300)
  const input = JSON.stringify(inputs.map(([{ bytes: all }, at]) => [all.slice(0, at), all.slice(at)]))
  const { stdout } = await execa(PYTHON ?? 'python3', ['-B', '-c', program, dirname(NODES)], { input })
  const results = JSON.parse(stdout) as readonly (readonly [unknown, boolean])[]
  for (const [index, [found, isOpen]] of results.entries()) {
    const expected = inputs[index]?.[0].messages
    if (expected !== undefined) assert.is(JSON.stringify(found), JSON.stringify(expected))
    assert.not(isOpen)
  }
})

test.run()
