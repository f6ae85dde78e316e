/** Ready-made servers on the real engine: models of four frameworks answer with no serving code, one after the other on promotion, and a server ends without dropping a request. */
import { setTimeout as sleep } from 'node:timers/promises'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { testOnEngine, withStack, type Stack } from './engine.ts'

/** Twice the sums of these rows. */
const ROWS = [[1, 2, 3], [4, 5, 6]]
const ANSWERS = [12, 30]

/** The forms of models, with the name of the output and how far an answer may be off: trees know no slope. */
const FORMS: readonly { readonly kind: string; readonly output: string; readonly tolerance: number }[] = [
  { kind: 'lightgbm', output: 'predict', tolerance: 4 },
  { kind: 'xgboost', output: 'predict', tolerance: 4 },
  { kind: 'torchscript', output: 'output', tolerance: 1e-9 },
  { kind: 'torch-export', output: 'output', tolerance: 1e-9 },
]

testOnEngine('models of four frameworks are served with no serving code, and MLflow serves what it has saved', () =>
  withStack('test/e2e/serving', async (stack) => {
    await bringUp(stack)
    assert.is(await statusOf(`${stack.url}/v2/health/ready`), 200)
    assert.is(await statusOf(`${stack.url}/v2/docs`), 200)
    checkAnswer(await infer(stack), { output: 'predict', tolerance: 1e-6 })
    const metrics = await stack.compose('exec', '-T', 'serve', 'python', '-c', 'import urllib.request as u; print(u.urlopen("http://serve:8082/metrics").read().decode())')
    assert.match(metrics.output, 'model_infer_request_success_total')

    for (const [index, { kind, ...expected }] of FORMS.entries()) {
      await promote(stack, kind, `000${index + 2}`)
      checkAnswer(await infer(stack), expected)
    }

    await promote(stack, 'slow', '0006')
    const pending = infer(stack)
    await sleep(1000)
    assert.is((await stack.compose('stop', 'serve')).exitCode, 0)
    checkAnswer(await pending, { output: 'predict', tolerance: 0 })
    assert.is((await stack.compose('ps', '--all', '--format', '{{.ExitCode}}', 'serve')).output.trim(), '0')

    await train(stack, 'weights')
    await stack.compose('up', '-d', '--no-deps', 'serve')
    await stack.waitFor(async () => (await logOf(stack)).includes('which has: weights.npy'))
    assert.match(await logOf(stack), 'it looks for model.joblib, model.pickle, model.pkl')

    stack.replace('mlstack.yaml', 'server: mlserver', 'server: mlflow')
    stack.replace('mlstack.yaml', 'kind: weights', 'kind: mlflow')
    await bringUp(stack)
    const answer = await post(`${stack.url}/invocations`, { inputs: ROWS })
    assert.equal(answer.predictions?.map(Math.round), ANSWERS)
    assert.is((await stack.compose('stop', 'serve')).exitCode, 0)
    assert.is((await stack.compose('ps', '--all', '--format', '{{.ExitCode}}', 'serve')).output.trim(), '0')
  }),
)

async function bringUp(stack: Stack): Promise<void> {
  await stack.mlstack('compile')
  const { exitCode, output } = await stack.compose('up', '-d', '--build')
  assert.is(exitCode, 0, output)
  await stack.waitForHealth()
}

/** Trains another form of model, which the running server then starts anew on. */
async function promote(stack: Stack, kind: string, release: string): Promise<void> {
  await train(stack, kind)
  await stack.waitFor(async () => (await logOf(stack)).includes(`starts anew on release ${release}`))
  await stack.waitFor(async () => (await infer(stack)).outputs !== undefined)
}

async function train(stack: Stack, kind: string): Promise<void> {
  stack.write('mlstack.yaml', stack.read('mlstack.yaml').replace(/kind: [\w-]+/, `kind: ${kind}`))
  await stack.mlstack('compile')
  const { exitCode, output } = await stack.compose('up', '--exit-code-from', 'train', 'train')
  assert.is(exitCode, 0, output)
}

interface Answer {
  readonly outputs?: readonly { readonly name: string; readonly data: readonly number[] }[]
  readonly predictions?: readonly number[]
}

function infer({ url, project }: Stack): Promise<Answer> {
  return post(`${url}/v2/models/${project}/infer`, { inputs: [{ name: 'numbers', shape: [2, 3], datatype: 'FP64', data: ROWS.flat() }] })
}

async function post(url: string, body: object): Promise<Answer> {
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
  return (await response.json()) as Answer
}

function checkAnswer({ outputs }: Answer, { output, tolerance }: { readonly output: string; readonly tolerance: number }): void {
  const [first] = outputs ?? []
  assert.is(first?.name, output)
  const errors = ANSWERS.map((expected, index) => Math.abs((first?.data[index] ?? NaN) - expected))
  assert.ok(errors.every((error) => error <= tolerance), `${JSON.stringify(first?.data)}`)
}

async function statusOf(url: string): Promise<number> {
  return (await fetch(url)).status
}

async function logOf(stack: Stack): Promise<string> {
  return (await stack.compose('logs', '--no-color', 'serve')).output
}

test.run()
