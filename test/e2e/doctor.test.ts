/** `mlstack doctor` on the real engine: what is well, a port in use, and a need that no machine meets. */
import { execa } from 'execa'
import { createServer, type AddressInfo } from 'node:net'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { MLSTACK, testOnEngine, withStack, type Stack } from './engine.ts'

interface Report {
  readonly checks: readonly { readonly id: string; readonly status: string; readonly saw: string }[]
}

async function examine({ folder, env }: Stack, more: Readonly<Record<string, string>> = {}): Promise<{ readonly exitCode: number | undefined; readonly look: (id: string) => string }> {
  const { exitCode, stdout } = await execa(process.execPath, [MLSTACK, 'doctor', '--format', 'json'], { cwd: folder, env: { ...env, GREETING: 'hello', ...more }, reject: false })
  const { checks } = JSON.parse(stdout) as Report
  const look = (id: string) => checks.filter((check) => check.id === id).map(({ status, saw }) => `${status} ${saw}`).join()
  return { exitCode, look }
}

testOnEngine('the engine, a port in use, a missing secret and more memory than there is', () =>
  withStack('test/e2e/project', async (stack) => {
    const well = await examine(stack)
    for (const id of ['docker', 'engine', 'compose', 'buildx', 'memory', 'ports', 'datasets', 'secrets']) assert.match(well.look(id), /^ok /, id)
    assert.is(well.exitCode, 0)

    const server = createServer().listen(0, '127.0.0.1')
    await new Promise((done) => server.once('listening', done))
    const { port } = server.address() as AddressInfo
    const taken = await examine(stack, { SERVE_PORT: String(port), GREETING: '' })
    assert.is(taken.look('ports'), `failed ${port} of serve is in use by a program of this machine`)
    assert.match(taken.look('secrets'), /^failed GREETING is neither/)
    assert.is(taken.exitCode, 1)
    await new Promise((done) => server.close(done))

    stack.write('mlstack.yaml', `${stack.read('mlstack.yaml')}resources: { memory: 4000g }\n`)
    const large = await examine(stack)
    assert.match(large.look('memory'), /^failed the engine has .* may use 3\.9 TiB$/)
    assert.is(large.exitCode, 1)
  }),
)

test.run()
