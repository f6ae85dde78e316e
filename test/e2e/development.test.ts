/** A person edits the code of a running server, and Compose alone does what is to be done. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { testOnEngine, withStack } from './engine.ts'

const FILES = ['-f', 'compose.yaml', '-f', '.mlstack/compose.dev.yaml']

testOnEngine('a saved edit is served from the same container, and a crash waits there for the next save', () =>
  withStack('test/e2e/project', async (stack) => {
    stack.replace('mlstack.yaml', '  secrets: [GREETING]\n', '') // without it the root is read-only, but for the overlay
    await stack.mlstack('compile')
    assert.is((await stack.compose(...FILES, 'config', '-q')).output, '')
    const code = stack.read('serve.py')
    const save = (sum: string) => stack.write('serve.py', code.replace("'sum': SUM", `'sum': ${sum}`))
    const isServed = (sum: string) => stack.waitFor(async () => ((await (await fetch(stack.url, { signal: AbortSignal.timeout(1000) })).json()) as { sum: unknown }).sum === sum)
    const container = async () => (await stack.compose('ps', '--status', 'running', '-q', 'serve')).output

    await stack.whileComposing([...FILES, 'up', '--build', '--watch'], async () => {
      await isServed('6')
      const first = await container()
      save("SUM + ' edited'")
      await isServed('6 edited')
      save('SUM + ')
      await stack.waitFor(async () => (await stack.compose('logs', 'serve')).output.includes('the command failed (status 1); waits for changed code'))
      save("SUM + ' mended'")
      await isServed('6 mended')
      assert.is(await container(), first)
    })
  }),
)

test.run()
