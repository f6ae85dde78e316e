/** Every example of one folder, from its config to a prediction over HTTP; `pipeline` has a test of its own. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { listExamples } from '../examples.ts'
import { findFreePort, testOnEngine, withStack, type Stack } from './engine.ts'
import { fetchArtifact, listRuns } from './mlflow.ts'

type Answer = Record<string, unknown>

interface Expected {
  /** Where it takes its example.json. */
  readonly path?: string
  /** What it must answer to that, as far as a trained model may differ. */
  readonly check: (answer: Answer) => void
  /** The status for a request that makes no sense. */
  readonly refusal?: number
  /** What holds besides, after the first `up`. */
  readonly checkMore?: (stack: Stack) => Promise<void>
}

const EXPECTED: Readonly<Record<string, Expected>> = {
  'digits-pytorch': { check: isFour },
  'digits-tensorflow': { check: isFour },
  'image-recognition': { check: isFour },
  'linear-regression': { check: ({ progression }) => assert.ok(Math.abs(Number(progression) - 200) < 100, String(progression)) },
  'logistic-regression': { check: ({ malignant }) => assert.ok(Number(malignant) > 0.9, String(malignant)) },
  'price-prediction': { path: '/v2/models/price-prediction/infer', check: arePrices, checkMore: checkRun },
  recommender: { check: ({ libraries }) => assert.ok((libraries as readonly string[]).includes('scipy'), String(libraries)) },
  'support-vector-machine': { check: ({ species }) => assert.is(species, 'Gentoo') },
  'text-classification': { check: ({ topic }) => assert.is(topic, 'food') },
}

function isFour({ digit, probability }: Answer): void {
  assert.is(digit, 4)
  assert.ok(Number(probability) > 0.5 && Number(probability) <= 1, String(probability))
}

/** The two diamonds were sold for 15026 and 1777. */
function arePrices({ outputs }: Answer): void {
  const [{ data: [large, small] }] = outputs as [{ readonly data: readonly [number, number] }]
  assert.ok(large > 10_000 && large < 20_000, String(large))
  assert.ok(small > 1500 && small < 2100, String(small))
}

for (const { name } of listExamples().filter(({ project }) => project === '')) {
  testOnEngine(`${name} trains, passes its gate, and predicts`, () =>
    withStack(`examples/${name}`, async (ofNobody) => {
      const stack = ofNobody.with({ TRACKING_PORT: String(await findFreePort()) })
      await stack.mlstack('compile', '--check')
      assert.is((await stack.compose('config', '-q')).output, '')
      const up = await stack.compose('up', '-d', '--build', '--quiet-pull')
      assert.is(up.exitCode, 0, up.output)
      await stack.waitForHealth()
      await checkPrediction(name, stack)
      await checkModelVolume(stack)
      await EXPECTED[name]?.checkMore?.(stack)
      await checkSecondUp(stack)
    }),
  )
}

async function checkPrediction(name: string, stack: Stack): Promise<void> {
  const expected = EXPECTED[name]
  if (expected === undefined) throw new Error(`${name} has no expected prediction`)
  const { path = '/predict', check, refusal = 422 } = expected
  const ask = (body: string) => fetch(`${stack.url}${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
  const response = await ask(stack.read('example.json'))
  assert.is(response.status, 200)
  check((await response.json()) as Answer)
  assert.is((await ask('{"nothing": []}')).status, refusal)
}

/** The model is a release of the volume, and belongs to the user that is no root. */
async function checkModelVolume(stack: Stack): Promise<void> {
  const look = 'import os; p = os.path.realpath(os.environ["MODEL_DIR"]); print(p, os.stat(p).st_uid, os.getuid(), len(os.listdir(p)) > 0)'
  const { output } = await stack.compose('exec', '-T', 'serve', 'python', '-c', look)
  assert.is(output.trim(), '/model/releases/0001/model 10001 10001 True')
}

/** MLflow has the run that made the served model, with all that was measured of it, and the model itself. */
async function checkRun(stack: Stack): Promise<void> {
  const url = `http://127.0.0.1:${stack.env['TRACKING_PORT']}`
  const [run] = await listRuns(url, 'price-prediction')
  assert.ok(run)
  assert.is(run.info.status, 'FINISHED')
  assert.is((await stack.compose('exec', '-T', 'serve', 'cat', '/model/current/model/run_id')).output, run.info.run_id)
  assert.equal(run.data.params?.map(({ key }) => key).sort(), ['learning_rate', 'max_depth', 'n_estimators'])
  assert.equal(run.data.metrics?.map(({ key }) => key).sort(), ['baseline_mae', 'mae', 'skill', 'train_loss'])
  assert.is((await fetchArtifact(url, run, 'model.joblib')).status, 200)
}

/** A second `up` builds nothing anew, trains nothing, and serves all the same. */
async function checkSecondUp(stack: Stack): Promise<void> {
  const before = await stack.compose('images', '-q', 'serve')
  const up = await stack.compose('up', '-d', '--build')
  assert.is(up.exitCode, 0, up.output)
  assert.is((await stack.compose('images', '-q', 'serve')).output, before.output)
  for (const job of ['train', 'evaluate']) assert.match((await stack.compose('logs', '--no-color', job)).output, `mlstack: ${job}: skipped: nothing has changed since run`)
  await stack.waitForHealth()
}

test.run()
