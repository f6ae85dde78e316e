/** The helper that starts a ready-made server, run with commands that stand for servers: which model it finds, what it says where there is none, and how it ends. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { execa } from 'execa'
import { testWithTool } from '../../machine.ts'
import { PYTHON } from './python.ts'

const HELPER = resolve(import.meta.dirname, '../../../src/emit/helper/model_server.py')
const missing = PYTHON === undefined ? 'there is no python3' : undefined
const RUNTIMES = ['--runtime', 'sklearn.Model=model.joblib,model.pkl', '--runtime', 'xgboost.Model=model.ubj']

interface Ended {
  readonly exitCode: number | undefined
  readonly stderr: string
  /** The words that the server was started with, and what is in `model-settings.json`. */
  readonly started: readonly string[] | undefined
  readonly settings: { readonly name: string; readonly implementation: string; readonly parameters: { readonly uri: string } } | undefined
}

/** Starts a server on a model of these files; the server is a line of a shell. */
async function run(server: 'mlserver' | 'mlflow', files: readonly string[], line = 'exit 1'): Promise<Ended> {
  const folder = mkdtempSync(join(tmpdir(), 'mlstack-server-'))
  try {
    for (const file of files) {
      mkdirSync(dirname(join(folder, 'model', file)), { recursive: true })
      writeFileSync(join(folder, 'model', file), '')
    }
    mkdirSync(join(folder, 'bin'))
    writeFileSync(join(folder, 'bin', server), `#!/bin/sh\necho "$@" > ${folder}/started\n${line}\n`, { mode: 0o755 })
    const env = { PATH: `${folder}/bin:/usr/bin:/bin`, MODEL_DIR: `${folder}/model`, TMPDIR: folder, HOST: '0.0.0.0', PORT: '9000' }
    const { exitCode, stderr } = await execa(PYTHON ?? '', ['-I', HELPER, server, ...(server === 'mlserver' ? ['--name', 'prices', ...RUNTIMES] : [])], { env, extendEnv: false, reject: false })
    const read = (path: string) => {
      try {
        return readFileSync(join(folder, path), 'utf8').replaceAll(folder, '')
      } catch {
        return undefined
      }
    }
    const settings = read('models/prices/model-settings.json')
    return { exitCode, stderr: stderr.replaceAll(folder, ''), started: read('started')?.trim().split(' '), settings: settings === undefined ? undefined : (JSON.parse(settings) as Ended['settings']) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const FOUND: readonly (readonly [files: readonly string[], implementation: string, uri: string])[] = [
  [['model.pkl', 'model.ubj'], 'sklearn.Model', '/model/model.pkl'],
  [['model.ubj', 'notes.txt'], 'xgboost.Model', '/model/model.ubj'],
  [['prices.joblib', 'columns.json'], 'sklearn.Model', '/model/prices.joblib'],
]

for (const [files, implementation, uri] of FOUND) {
  testWithTool(missing, `of ${files.join(' and ')}, ${uri} is served`, async () => {
    const { settings, started } = await run('mlserver', files)
    assert.equal(settings, { name: 'prices', implementation, parameters: { uri } })
    assert.equal(started, ['start', '/models/prices'])
  })
}

testWithTool(missing, 'what is missing is said before a server starts', async () => {
  const two = await run('mlserver', ['a.joblib', 'b.joblib'])
  assert.is(two.started, undefined)
  assert.is(two.exitCode, 1)
  assert.is(two.stderr, 'mlstack: serve: there is no model that MLServer could load in /model, which has: a.joblib, b.joblib\nmlstack: serve: it looks for model.joblib, model.pkl, model.ubj, or a single file that ends like one of them')
  assert.match((await run('mlserver', ['model/MLmodel'])).stderr, 'what MLflow has saved is served by `server: mlflow`')
  assert.match((await run('mlflow', ['model.joblib'])).stderr, 'there is no model that MLflow has saved in /model, which has: model.joblib')
})

testWithTool(missing, 'MLflow gets the folder that has its file, and the port', async () => {
  const words = 'models serve --env-manager local --host 0.0.0.0 --port 9000 --model-uri /model/model'
  assert.equal((await run('mlflow', ['model/MLmodel', 'model/model.pkl'])).started, words.split(' '))
})

testWithTool(missing, 'a server that ends by itself has failed, and one that was told to has not', async () => {
  assert.is((await run('mlserver', ['model.pkl'], 'exit 0')).exitCode, 1)
  assert.is((await run('mlserver', ['model.pkl'], 'exit 3')).exitCode, 3)
  assert.is((await run('mlserver', ['model.pkl'], 'kill -9 $$')).exitCode, 137)
  assert.is((await run('mlserver', ['model.pkl'], 'trap "exit 0" TERM; kill -TERM $PPID; while :; do sleep 0.02; done')).exitCode, 0)
})

test.run()
