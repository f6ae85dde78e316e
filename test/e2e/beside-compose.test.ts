/** A stack among compose files of the user's: second servers, replicas, variants, includes both ways, an override, a shared cache, and ejecting. */
import { execa } from 'execa'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { testOnEngine, withStack, type Stack } from './engine.ts'

const PROJECT = 'test/e2e/own-compose'

testOnEngine('a second server and two replicas start behind the jobs, in one image, and each variant is its own stack', () =>
  withStack(PROJECT, async (stack) => {
    await stack.mlstack('compile')
    const base = Number(stack.env.SERVE_PORT)
    await up(stack.with({ SERVE_PORT: `${String(base)}-${String(base + 20)}` }))
    const model = { SIZE: null, SEED: '42', PYTHONHASHSEED: '42', OMP_NUM_THREADS: '2' }
    assert.equal(await ask(stack, 'admin'), { model, who: ['admin', 'admin'], uid: 10001, writable: false })
    assert.equal(await ask(stack, 'serve'), { model, who: [null], uid: 10001, writable: false })
    const replicas = (await stack.compose('ps', '--format', '{{.Publishers}}', 'serve')).output.trim().split('\n')
    assert.is(new Set(replicas).size, 2, replicas.join('\n'))

    await stack.mlstack('compile', '--variant', 'large')
    await stack.mlstack('compile', '--check')
    await up(stack)
    assert.is(((await ask(stack, 'admin')) as { model: { SIZE: string } }).model.SIZE, '7')
    assert.is((await stack.compose('ps', '-q', 'serve')).output.trim().split('\n').length, 1)
    await stack.mlstack('compile')
    assert.match(stack.read('compose.yaml'), /^# Made by mlstack from mlstack\.yaml\. /)
  }),
)

testOnEngine('a compose file of the user\'s includes ours, and what is ejected is the same stack', () =>
  withStack(PROJECT, async (stack) => {
    stack.write('mlstack.yaml', `${stack.read('mlstack.yaml').replace('replicas: 2', 'replicas: 1')}compose_file: compose.mlstack.yaml\ninclude: [extra.yaml]\n`)
    // A name of the test's own: what a stack uses is removed with it.
    const own = `${stack.project}-base:1`
    await execa('docker', ['tag', 'python:3.11-slim-bookworm', own])
    stack.write('extra.yaml', `services:\n  extra:\n    image: ${own}\n    command: [python, -c, "import time; time.sleep(999)"]\n    init: true\n`)
    stack.write('compose.yaml', `include: [compose.mlstack.yaml]\nservices:\n  own:\n    image: ${own}\n    command: [python, -c, "import time; time.sleep(999)"]\n    init: true\n    depends_on: { admin: { condition: service_healthy } }\n`)
    await stack.mlstack('compile')
    await up(stack)
    const running = (await stack.compose('ps', '--format', '{{.Service}}')).output.trim().split('\n')
    assert.equal(running.sort(), ['admin', 'extra', 'own', 'serve'])

    const before = (await stack.compose('config')).output
    await stack.mlstack('eject')
    assert.is((await stack.compose('config')).output, before)
    assert.not.match(stack.read('compose.mlstack.yaml'), /Made by/)
  }),
)

testOnEngine('an override of the user\'s is laid over, and one cache serves two projects', () =>
  withStack(PROJECT, async (one) => {
    const cache = `${one.project}-cache`
    const share = (stack: Stack) => stack.write('mlstack.yaml', `${stack.read('mlstack.yaml').replace('replicas: 2', 'replicas: 1')}cache: { name: ${cache} }\n`)
    try {
      share(one)
      one.write('compose.override.yaml', 'services:\n  admin:\n    environment: { WHO: override }\n    ports: !reset []\n')
      await one.mlstack('compile')
      await up(one)
      assert.equal(((await ask(one, 'admin')) as { who: unknown }).who, ['admin', 'override'])
      await one.compose('exec', '-T', 'serve', 'python', '-c', 'open("/cache/left", "w").write("here")')
      await withStack(PROJECT, async (other) => {
        share(other)
        await other.mlstack('compile')
        await up(other)
        assert.is((await other.compose('exec', '-T', 'serve', 'cat', '/cache/left')).output, 'here')
      })
    } finally {
      await one.compose('down', '--volumes', '--timeout', '5')
      await execa('docker', ['volume', 'rm', '--force', cache], { reject: false })
    }
  }),
)

async function up(stack: Stack): Promise<void> {
  const { exitCode, output } = await stack.compose('up', '--detach', '--build', '--remove-orphans')
  assert.is(exitCode, 0, output)
}

/** From within, since not every server is published. */
async function ask(stack: Stack, service: string): Promise<unknown> {
  let output = ''
  await stack.waitFor(async () => {
    output = (await stack.compose('exec', '-T', service, 'python', '-c', 'import urllib.request as u; print(u.urlopen("http://127.0.0.1:8080").read().decode())')).output
    return output.startsWith('{')
  })
  return JSON.parse(output)
}

test.run()
