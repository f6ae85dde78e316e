/** The gate, the promotion, and what surrounds the user's code, on a stack of the standard library alone. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { testOnEngine, withStack, type Stack } from './engine.ts'

const SECRET = 'a "quoted" $ecret'

testOnEngine('a failed gate keeps serve down, a passed one starts it, a later failure leaves it as it is, and a later success brings it the new model', () =>
  withStack('test/e2e/project', async (stack) => {
    process.env['GREETING'] = SECRET
    await stack.mlstack('compile')
    stack.replace('mlstack.yaml', '>= 3', '>= 7')
    await stack.mlstack('compile')
    await failAtTheGate(stack, 'score 6 misses >= 7 by 1')
    assert.is((await stack.compose('ps', '-q', 'serve')).output.trim(), '')

    stack.replace('mlstack.yaml', '>= 7', '>= 3')
    await stack.mlstack('compile')
    await succeed(stack)
    await stack.waitForHealth()
    assert.equal(await ask(stack), { sum: '6', greeting: SECRET, mode: '$5 for me', uid: 10001, home: 'mlstack' })

    stack.write('data/numbers.txt', '1 1')
    await failAtTheGate(stack, 'score 2 misses >= 3 by 1')
    assert.is((await ask(stack)).sum, '6')

    stack.write('data/numbers.txt', '4 4')
    await succeed(stack)
    await stack.waitFor(async () => (await ask(stack)).sum === '8')
  }),
)

testOnEngine('the generated files keep to what Compose and the engine accept', () =>
  withStack('test/e2e/project', async (stack) => {
    await stack.mlstack('compile')
    assert.is((await stack.compose('config', '-q')).output, '')
    await stack.mlstack('compile', '--check')
  }),
)

async function failAtTheGate(stack: Stack, words: string): Promise<void> {
  const { exitCode, output } = await stack.compose('up', '-d', '--build')
  assert.is(exitCode, 1, output)
  const logs = (await stack.compose('logs', '--no-color', '--no-log-prefix', 'evaluate')).output
  assert.ok(logs.includes(words), logs)
}

async function succeed(stack: Stack): Promise<void> {
  const { exitCode, output } = await stack.compose('up', '-d', '--build')
  assert.is(exitCode, 0, output)
}

async function ask(stack: Stack): Promise<Record<string, unknown>> {
  return (await fetch(stack.url)).json() as Promise<Record<string, unknown>>
}

test.run()
