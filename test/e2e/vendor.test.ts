/** A server in the image of its makers on the real engine: what it finds, when it finds it, and as whom. A stand-in takes the place of the image, with the same options. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { testOnEngine, withStack, type Stack } from './engine.ts'

const USER = 4321
/** From inside, since a port of the machine takes connections before anybody listens behind it. */
const ASK_INSIDE = 'import http.client as h; c = h.HTTPConnection("127.0.0.1", 8080); c.request("GET", "/"); print(c.getresponse().status)'

interface Answer {
  readonly model: string
  readonly version: number
  readonly versions: readonly string[]
  readonly text: string
  readonly config: string
  readonly monitoring: string | null
  readonly user: number
  readonly writable: readonly string[]
}

for (const [server, path, last] of [['tensorflow-serving', '/v1/models', '}'], ['triton', '/v2/models', null]] as const) {
  testOnEngine(`${server} finds nothing before a promotion, and each promoted model as a version without a start`, () =>
    withVendor(server, async (stack) => {
      const ask = async () => (await (await fetch(`${stack.url}${path}`)).json()) as Answer
      const refused = await stack.compose('up', '-d', '--build')
      assert.is.not(refused.exitCode, 0)
      assert.is((await stack.compose('ps', '--format', '{{.Service}}')).output.trim(), '')
      await stack.compose('up', '-d', '--no-deps', 'serve')
      await stack.waitFor(async () => (await stack.compose('exec', '-T', 'serve', 'python', '-c', ASK_INSIDE)).output.trim() === '404')
      await stack.compose('rm', '--stop', '--force', 'serve')

      stack.write('answer.txt', 'one 0.95')
      assert.is((await stack.compose('up', '-d', '--build')).exitCode, 0)
      await stack.waitForHealth()
      assert.equal(await ask(), { state: 'AVAILABLE', model: stack.project, version: 1, versions: ['1', 'config.pbtxt'], text: 'one', config: 'one', monitoring: last, user: USER, writable: ['/tmp'] })
      const started = await startOf(stack)

      stack.write('answer.txt', 'two 0.8')
      await stack.compose('up', '--build', 'evaluate')
      assert.is((await ask()).text, 'one')

      stack.write('answer.txt', 'three 0.96')
      await stack.compose('up', '--build', 'evaluate')
      const second = await ask()
      assert.equal([second.version, second.versions, second.text, second.config], [2, ['1', '2', 'config.pbtxt'], 'three', 'three'])
      assert.is(await startOf(stack), started)

      const before = Date.now()
      await stack.compose('stop', 'serve')
      assert.ok(Date.now() - before < 9000, 'it ends when it is told to, rather than being killed')
    }),
  )
}

function withVendor(server: string, use: (stack: Stack) => Promise<void>): Promise<void> {
  return withStack('test/e2e/vendor', async (plain) => {
    const stack = plain.with({ MLSTACK_UID: String(USER), MLSTACK_GID: String(USER) })
    stack.replace('mlstack.yaml', 'tensorflow-serving', server)
    await stack.mlstack('compile')
    await use(stack)
  }, 'project')
}

async function startOf({ compose }: Stack): Promise<string> {
  return (await compose('ps', '--format', '{{.ID}} {{.CreatedAt}}', 'serve')).output.trim()
}

test.run()
