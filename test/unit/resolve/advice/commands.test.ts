/** Servers that nobody reaches, processes without GPUs, and programs that are not there. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { parseCommand } from '../../../../src/config/command.ts'
import { Sink } from '../../../../src/diagnostics/sink.ts'
import { FRAMEWORKS } from '../../../../src/facts/frameworks.ts'
import { SERVE_PORT } from '../../../../src/facts/servers.ts'
import { ROLE_KINDS } from '../../../../src/plan/role-kinds.ts'
import { createMemoryProject } from '../../../../src/project/memory-project.ts'
import { advise } from '../../../../src/resolve/advice/advise.ts'
import { invocationsOf } from '../../../../src/resolve/advice/words.ts'
import { readUserRequirements } from '../../../../src/resolve/user-requirements.ts'
import { applyEdits } from '../../../edits.ts'
import { parseConfig } from '../../../../src/syntax/parse.ts'
import { createSource } from '../../../../src/syntax/source.ts'
import { configOf, textOf } from '../setup.ts'
import { applyFix, testCases, withConfig } from './cases.ts'

const serve = (command: string, ...problems: readonly string[]) => withConfig(`framework: python\nserve: ${command}`, ...problems)
const train = (command: string, ...problems: readonly string[]) => withConfig(`framework: python\ntrain: ${command}`, ...problems)

testCases([
  serve('serve.py'),
  serve('uvicorn app:app --host 0.0.0.0 --port 8080'),
  serve('uvicorn app:app --host 0.0.0.0 --port $PORT'),
  serve('uvicorn app:app --host $HOST --port "${PORT}"'),
  serve('{command: uvicorn app:app, environment: {UVICORN_HOST: 0.0.0.0, UVICORN_PORT: 8080}}'),
  serve('[uvicorn, "app:app", --host, 0.0.0.0, --port, "8000"]', 'MLS2059 at "8000"'),
  serve('{command: uvicorn app:app --host 0.0.0.0, port: 8000}'),
  serve('uvicorn app:app', 'MLS2057 at uvicorn', 'MLS2059 at uvicorn'),
  serve('python -m uvicorn app:app --port 8080', 'MLS2057 at uvicorn'),
  serve('uvicorn app:app --host 127.0.0.1 --port 8080', 'MLS2057 at 127.0.0.1'),
  serve('uvicorn app:app --uds /tmp/app.sock'),
  serve('{command: uvicorn app:app --port 8080, env_file: ./serve.env}'),
  serve('tensorflow_model_server --port=8500 --rest_api_port=8080'),
  serve('{command: python serve.py --port 9000, ports: ["9000:9000"], healthcheck: {disable: true}}'),
  serve('gunicorn app:app'),
  serve('gunicorn app:app --bind 127.0.0.1:8080', 'MLS2057 at 127.0.0.1:8080'),
  serve('gunicorn app:app --bind=0.0.0.0:8000', 'MLS2059 at 8000'),
  serve('gunicorn -k uvicorn.workers.UvicornWorker app:app -b 0.0.0.0:8080'),
  serve('flask --app app run --port 8080', 'MLS2057 at flask'),
  serve('flask --app app run --debug --host=0.0.0.0 --port=8080', 'MLS2058 at --debug'),
  serve('uvicorn app:app --reload --host 0.0.0.0 --port 8080', 'MLS2058 at --reload'),
  serve('fastapi run app.py --port 8080'),
  serve('streamlit run app.py'),
  serve('{command: tensorboard --logdir /model, port: 6006}', 'MLS2057 at tensorboard'),
  serve('{command: tensorboard --logdir /model --bind_all, port: 6006}'),
  serve('python serve.py --host localhost', 'MLS2057 at localhost'),
  serve('python serve.py --database-host localhost --port 8080'),
  serve('{command: python serve.py --port 9000, port: 8080}', 'MLS2059 at 9000'),
  serve('mlflow models serve -m /model --host 0.0.0.0 -p 8080'),
  serve('redis-server & exec uvicorn app:app --host 0.0.0.0 --port 8000', 'MLS2059 at 8000'),
  serve('"python proxy.py --port 8080 & uvicorn app:app --host 0.0.0.0 --port 8000"'),
  train('sudo python train.py', 'MLS2062 at sudo'),
  train('docker run image', 'MLS2062 at docker'),
  train('"conda activate ml && python train.py"', 'MLS2062 at conda'),
  train('"source .venv/bin/activate && python train.py"', 'MLS2062 at .venv/bin/activate'),
  train('|\n  set -x\n  # sudo nothing\n  curl -O https://example.org/data\n  python train.py', 'MLS2062 at curl'),
  withConfig('framework: python\nsystem: [curl, sudo]\ntrain: "sudo -n true; curl -O https://example.org/data; python train.py"'),
  withConfig('framework: python\nbuild: {from: "registry.example.org/base:1"}\ntrain: "curl -O https://example.org/data; sudo true"'),
  train('|\n  cat > note <<EOF\n  sudo docker\n  EOF\n  python train.py'),
  train('"echo sudo; python train.py --tool docker"'),
  train('pip install -r requirements.txt && python train.py', 'MLS2063 at pip install'),
  train('"FOO=1 exec python train.py"'),
  withConfig('framework: torch\ngpu: 2\ntrain: torchrun --standalone --nproc-per-node=4 train.py', 'MLS2060 at 4'),
  withConfig('framework: torch\ngpu: [0, 1]\ntrain: python -m torch.distributed.run --nproc_per_node 3 train.py', 'MLS2060 at 3'),
  withConfig('framework: torch\ngpu: 2\ntrain: torchrun --standalone --nproc-per-node=gpu train.py'),
  withConfig('framework: torch\ngpu: 4\ntrain: torchrun --standalone --nproc-per-node 4 train.py'),
  withConfig('framework: torch\ngpu: all\ntrain: torchrun --standalone --nproc-per-node 8 train.py'),
  withConfig('framework: torch\ntrain: torchrun --standalone --nproc-per-node 2 train.py'),
])

test('fixes make the server reachable', () => {
  const fixed = (command: string) => applyFix(`framework: python\nserve: ${command}`).split('serve: ')[1]
  assert.is(fixed('uvicorn app:app --host 127.0.0.1 --port 8080'), 'uvicorn app:app --host 0.0.0.0 --port 8080')
  assert.is(fixed('"gunicorn app:app -b localhost:8080"'), '"gunicorn app:app -b 0.0.0.0:8080"')
  assert.is(fixed('uvicorn app:app --port=8080'), 'uvicorn --host 0.0.0.0 app:app --port=8080')
  assert.is(fixed('flask run --port 8080'), 'flask run --host 0.0.0.0 --port 8080')
  assert.is(fixed('uvicorn app:app --host 0.0.0.0'), 'uvicorn --port 8080 app:app --host 0.0.0.0')
  assert.is(fixed('gunicorn app:app -b 0.0.0.0:80'), 'gunicorn app:app -b 0.0.0.0:8080')
  assert.is(fixed('uvicorn app:app --reload --host 0.0.0.0 --port 8080'), 'uvicorn app:app --host 0.0.0.0 --port 8080')
  assert.is(fixed('{command: [python, serve.py, --host=localhost], port: 8080}'), '{command: [python, serve.py, --host=0.0.0.0], port: 8080}')
})

const SCRIPTS: readonly (readonly [command: string, fixed: string | undefined])[] = [
  ['train.py', 'torchrun --standalone train.py'],
  ['python train.py --epochs 3', 'torchrun --standalone train.py --epochs 3'],
  ['torchrun --standalone train.py', undefined],
  ['python -m train', undefined],
]
for (const [command, fixed] of SCRIPTS) {
  test(`two GPUs, a framework with a launcher, and ${command}`, () => {
    const sink = new Sink()
    const config = configOf(`framework: torch\ngpu: 2\ntrain: ${command}`, sink)
    const facts = FRAMEWORKS.find(({ name }) => name === 'pytorch')
    const release = facts?.releases.at(-1)
    const place = config.frameworks[0]?.span
    assert.ok(facts && release && place)
    const framework = { facts: { ...facts, launcher: ['torchrun', '--standalone'] }, version: release.version, release, build: 'cuda' as const, place }
    advise({ config, requirements: readUserRequirements(config, createMemoryProject({}), sink), frameworks: [framework], python: '3.11', baseImage: 'python:3.11-slim-bookworm' }, sink)
    const [found, ...others] = sink.sorted()
    assert.equal(others, [])
    assert.is(found?.code, fixed && 'MLS2061')
    const edits = found?.fix?.edits
    assert.is(edits && applyEdits(config.span.source.text, edits).split('train: ')[1], fixed)
  })
}

test('a line for a shell is split into programs and words, each at its place', () => {
  const split = (text: string) => {
    const tree = parseConfig(createSource('mlstack.yaml', text), new Sink())
    const command = tree && parseCommand(tree.entries[0]?.value ?? tree, new Sink())
    assert.ok(command)
    return invocationsOf(command).map(({ program, words, span }) => [program, textOf(span), ...words.map(({ value }) => value)])
  }
  assert.equal(split('c: A=1 ./bin/tool "a b" \'c\' | tee log # and more'), [['tool', './bin/tool', 'a b', 'c'], ['tee', 'tee', 'log']])
  assert.equal(split('c: |\n  one \\\n    two\n  three; four $X\n').slice(-3), [['one', 'one', 'two'], ['three', 'three'], ['four', 'four', '\0']])
  assert.equal(split('c: [python, -m, flask, run]'), [['flask', 'flask', 'run']])
})

test('the port of a server is the one of the plan', () => {
  assert.is(SERVE_PORT, ROLE_KINDS.service.port)
})

test.run()
