/** A lock from a real registry and a real index: the same by uv and by pip, built by hash, refused where a hash is another one. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { testWithTool } from '../machine.ts'
import { hasEngine, MLSTACK, testOnEngine, withStack, type Stack } from './engine.ts'
import { hasRegistry, withRegistry } from './registry.ts'

const IMAGE = 'python:3.11-slim-bookworm'
const CERTIFICATES = '/etc/ssl/certs/ca-certificates.crt'

/** uv in a folder of its own, found first on the path; it is given the system's certificates, which pip has by itself. */
async function withUv(use: (env: Readonly<Record<string, string>>) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'mlstack-uv-'))
  try {
    await execa('python3', ['-m', 'venv', folder])
    await execa(join(folder, 'bin/pip'), ['install', '--quiet', 'uv'])
    await use({ PATH: `${join(folder, 'bin')}:${process.env['PATH']}`, ...(existsSync(CERTIFICATES) ? { SSL_CERT_FILE: CERTIFICATES } : {}) })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Whatever the exit status. */
async function mlstack(stack: Stack, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const { exitCode, all } = await execa(process.execPath, [MLSTACK, ...args], { cwd: stack.folder, env, all: true, reject: false })
  return { exitCode, output: all }
}

/** Without a registry it is skipped out loud, which is a failure in CI. */
function testWithRegistry(name: string, use: (stack: Stack) => Promise<void>): void {
  const body = () =>
    withRegistry(IMAGE, ({ host }) =>
      withStack('test/e2e/locked', async (stack) => {
        stack.replace('mlstack.yaml', 'localhost:5000', host)
        await use(stack)
      }),
    )
  if (!hasEngine() || hasRegistry()) return testOnEngine(name, body)
  testWithTool('there is no docker-registry, and it cannot be installed', name, body)
}

testWithRegistry('a lock pins the image and the packages, and a build takes nothing else', async (stack) => {
  await lockTwice(stack)
  const lock = stack.read('mlstack.lock')
  assert.match(await stack.mlstack('compile'), /created .mlstack\/train\.framework\.lock\.txt/)
  assert.equal(await mlstack(stack, ['compile', '--check']), { exitCode: 0, output: '' })
  assert.match(stack.read('.mlstack/train.Dockerfile'), new RegExp(`^FROM localhost:\\d+/${IMAGE}@sha256:[0-9a-f]{64} AS runtime$`, 'm'))

  const run = await stack.compose('run', '--build', '--quiet-pull', '--rm', 'train')
  assert.is(run.exitCode, 0, run.output)
  const versions = JSON.parse(/^\{.*\}$/m.exec(run.output)?.[0] ?? '{}') as Readonly<Record<string, string>>
  assert.equal(Object.keys(versions), ['humanize', 'idna', 'numpy', 'scikit-learn', 'scipy'])
  for (const [name, version] of Object.entries(versions)) assert.ok(lock.includes(`- ${name}==${version} sha256:`), `${name} ${version}`)

  await editRequirements(stack)
  await tamper(stack, lock)
})

/** Both resolvers are asked, and say the same. */
async function lockTwice(stack: Stack): Promise<void> {
  await withUv(async (env) => {
    const uv = await mlstack(stack, ['lock', '--with', 'uv'], env)
    assert.is(uv.exitCode, 0, uv.output)
    assert.match(uv.output, /^created mlstack\.lock$/m)
  })
  const byUv = stack.read('mlstack.lock')
  const pip = await mlstack(stack, ['lock', '--with', 'pip'])
  assert.is(pip.exitCode, 0, pip.output)
  assert.is(stack.read('mlstack.lock'), byUv)
  assert.match(pip.output, /^unchanged mlstack\.lock$/m)
}

async function editRequirements(stack: Stack): Promise<void> {
  stack.replace('requirements.txt', 'idna==3.10', 'idna==3.11')
  const check = await mlstack(stack, ['compile', '--check'])
  assert.is(check.exitCode, 1)
  assert.match(check.output, /^warning\[MLS4020\]: requirements\.txt asks for idna==3\.11, which was locked as idna==3\.10\n +--> requirements\.txt:2:1$/m)
  assert.match(check.output, /^error\[MLS5005\]/m)
  stack.replace('requirements.txt', 'idna==3.11', 'idna==3.10')
  assert.is((await mlstack(stack, ['compile', '--check'])).exitCode, 0)
}

/** Somebody has put another file into the index, or another hash into the lock. */
async function tamper(stack: Stack, lock: string): Promise<void> {
  const [line = '', first = ''] = /- idna==3\.10 sha256:([0-9a-f])/.exec(lock) ?? []
  stack.replace('mlstack.lock', line, line.slice(0, -1) + (first === '0' ? '1' : '0'))
  await stack.mlstack('compile')
  const { exitCode, output } = await stack.compose('build', 'train')
  assert.is.not(exitCode, 0)
  assert.match(output, /DO NOT MATCH THE HASHES/)
  assert.match(output, /idna==3\.10/)
}

test.run()
