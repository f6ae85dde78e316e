/** The container helper's links for servers that take numbered versions, as the last job lays them. */
import { mkdirSync, realpathSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { relative } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { testWithTool } from '../../machine.ts'
import { together } from '../../together.ts'
import { PYTHON, type Store, withStore } from './entrypoint/store.ts'

const beside = together()
const FOLDER = 'current/versions/digits'
const OPTIONS = ['--versions', 'digits', '--holds', 'model.onnx', '--holds', 'model.pt,config.pbtxt']

/** Adds a test that gets a store of its own. */
function check(name: string, body: (store: Store) => Promise<void>) {
  testWithTool(PYTHON === undefined ? 'there is no python3' : undefined, name, beside(() => withStore(body)))
}

/** Trains a model of the files, as the only job; each run is another command, so none is skipped. */
function train(store: Store, text: string, files: readonly string[], options = OPTIONS) {
  const script = files.map((file) => `mkdir -p "$(dirname "$MODEL_DIR/${file}")"; echo ${text} > "$MODEL_DIR/${file}"`).join('; ')
  return store.run(['train', '--fresh', '--promote', ...options], script)
}

/** What a server that polls sees: each name, and where in the store it leads. */
function versions(store: Store): Record<string, string> {
  const folder = realpathSync(store.folder)
  return Object.fromEntries(readdirSync(store.path(FOLDER)).sort().map((name) => [name, relative(folder, realpathSync(store.path(`${FOLDER}/${name}`)))]))
}

check('each promoted model is a version, beside the one before it and no other', async (store) => {
  assert.is((await train(store, 'one', ['model.onnx'])).status, 0)
  assert.equal(versions(store), { 1: 'releases/0001/model' })
  await train(store, 'two', ['model.onnx'])
  assert.equal(versions(store), { 1: 'releases/0001/model', 2: 'releases/0002/model' })
  await train(store, 'three', ['model.onnx'])
  assert.equal(versions(store), { 2: 'releases/0002/model', 3: 'releases/0003/model' })
  assert.is(store.read(`${FOLDER}/3/model.onnx`), 'three')
})

check('links lead to the same wherever the store is mounted', async (store) => {
  await train(store, 'one', ['model.onnx'])
  assert.is(store.link(`${FOLDER}/1`), '../../model')
  await train(store, 'two', ['model.onnx'])
  assert.is(store.link(`${FOLDER}/1`), '../../../0001/model')
})

check('a configuration that a job wrote comes and goes with its version', async (store) => {
  await train(store, 'one', ['model.pt', 'config.pbtxt'])
  assert.equal(versions(store), { 1: 'releases/0001/model', 'config.pbtxt': 'releases/0001/model/config.pbtxt' })
  await train(store, 'two', ['model.onnx'])
  assert.equal(versions(store), { 1: 'releases/0001/model', 2: 'releases/0002/model' })
})

check('what is served may be in a folder of its own', async (store) => {
  await train(store, 'one', ['notes.txt', 'export/model.onnx', 'export/config.pbtxt'])
  assert.equal(versions(store), { 1: 'releases/0001/model/export', 'config.pbtxt': 'releases/0001/model/export/config.pbtxt' })
  const both = await train(store, 'two', ['a/model.onnx', 'b/model.onnx'])
  assert.is(both.status, 1)
  assert.match(both.said, 'a/ and b/ in $MODEL_DIR could each be what is served: leave one of them')
})

check('a model that the server cannot take is not promoted, and takes no place', async (store) => {
  await train(store, 'one', ['model.onnx'])
  const { status, said } = await train(store, 'two', ['model.pt', 'weights/last.pt'])
  assert.is(status, 1)
  assert.match(said, 'mlstack: train: the model has no model.onnx or model.pt with config.pbtxt, which its server takes: $MODEL_DIR has model.pt, weights\nmlstack: train: the served model stays: release 0001')
  assert.equal(versions(store), { 1: 'releases/0001/model' })
  assert.equal(readdirSync(store.path('releases')), ['0001'])
  await train(store, 'three', ['model.onnx'])
  assert.equal(versions(store), { 1: 'releases/0001/model', 2: 'releases/0002/model' })
})

check('a model that was promoted for another server gets its links without being trained again', async (store) => {
  await train(store, 'one', ['model.onnx'], [])
  assert.not(store.exists('current/versions'))
  const again = await train(store, 'one', ['model.onnx'])
  assert.match(again.said, 'skipped')
  assert.equal(versions(store), { 1: 'releases/0001/model' })
})

check('evaluating again keeps the links as they are', async (store) => {
  const promote = (text: string) => store.run(['train', '--fresh', '--promote', ...OPTIONS], `echo ${text} > "$MODEL_DIR/model.onnx"`)
  await promote('one')
  await promote('two')
  const before = versions(store)
  const evaluate = await store.run(['evaluate', '--after', 'train', '--promote', ...OPTIONS], ['true'])
  assert.match(evaluate.said, 'release 0002 is in service already')
  assert.equal(versions(store), before)
})

check('what an interrupted run left of links is made anew', async (store) => {
  await train(store, 'one', ['model.onnx'])
  rmSync(store.path('current/versions'), { recursive: true })
  mkdirSync(store.path('current/versions.tmp/digits'), { recursive: true })
  symlinkSync('nowhere', store.path('current/versions.tmp/digits/9'))
  writeFileSync(store.path('current/versions.tmp/other'), '')
  await train(store, 'one', ['model.onnx'])
  assert.equal(versions(store), { 1: 'releases/0001/model' })
})

test.run()
