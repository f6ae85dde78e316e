/** The notebook on the real engine: on request alone, opened by its token alone, on the project's own files as their owner. */
import { execFileSync } from 'node:child_process'
import { existsSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { findFreePort, inspectContainers, testOnEngine, withStack, type Stack } from './engine.ts'

/** Whose files they are: root would be let write anywhere. */
const OWN = process.getuid?.() ?? 0
const OWNER = OWN === 0 ? 4321 : OWN
const TOKEN_FILE = '.mlstack/notebook.token'

testOnEngine('a notebook runs on request, is opened by the token of this machine, and edits what is its owner\'s', () =>
  withNotebook(async (stack, url) => {
    await stack.mlstack('compile')
    const token = stack.read(TOKEN_FILE).trim()
    assert.match(token, /^[0-9a-f]{48}$/)
    assert.is(statSync(join(stack.folder, TOKEN_FILE)).mode & 0o777, 0o600)
    const added = execFileSync('git', ['-c', 'safe.directory=*', '-C', stack.folder, 'add', '--all', '--dry-run', '.'], { encoding: 'utf8' })
    assert.match(added, '.mlstack/.gitignore')
    assert.not.match(added, 'notebook.token')

    // As in a fresh clone.
    rmSync(join(stack.folder, TOKEN_FILE))
    await stack.mlstack('compile', '--check')
    const plain = await stack.compose('up', '-d', '--build')
    assert.is(plain.exitCode, 0, plain.output)
    assert.is((await stack.compose('ps', '--all', '--format', '{{.Service}}')).output.trim(), 'train')
    assert.is((await inNotebook(stack, 'up', '-d', '--build', 'notebook')).exitCode, 0)
    await stack.waitFor(async () => (await notebookLog(stack)).includes('there is no .mlstack/notebook.token: mlstack compile makes it'))

    await stack.mlstack('compile')
    const made = stack.read(TOKEN_FILE).trim()
    assert.is.not(made, token)
    await stack.mlstack('compile')
    assert.is(stack.read(TOKEN_FILE).trim(), made)
    await open(stack)
    assert.equal(await knock(url, made), { without: 403, withIt: 200 })
    assert.not.match(await notebookLog(stack), made)
    assert.match(await notebookLog(stack), `${url}/lab?token=...`)

    const { exitCode, output } = await inNotebook(stack, 'exec', '-T', 'notebook', 'jupyter', 'execute', 'look.ipynb')
    assert.is(exitCode, 0, output)
    assert.equal(JSON.parse(stack.read('seen.json')), {
      sklearn: '1.7.2',
      numpy: '2.2.6',
      jinja2: '3.1.4',
      own: 42,
      dataset: '3,1,4\n',
      model: 'trained',
      key: '',
      secrets: false,
      plots: 'module://matplotlib_inline.backend_inline',
      user: OWNER,
    })
    assert.is(statSync(join(stack.folder, 'seen.json')).uid, OWNER)
    assert.is(statSync(join(stack.folder, 'plots')).uid, OWNER)
    await inNotebook(stack, 'stop', 'notebook')
    assert.is((await inNotebook(stack, 'ps', '--all', '--format', '{{.ExitCode}}', 'notebook')).output.trim(), '0')
    await remove(stack)

    stack.replace('mlstack.yaml', 'notebook: true', 'notebook: { token: $LAB_TOKEN }')
    await stack.mlstack('compile')
    assert.not(existsSync(join(stack.folder, TOKEN_FILE)))
    assert.is((await stack.compose('up', '-d')).exitCode, 0)
    assert.match((await inNotebook(stack, 'up', '-d', 'notebook')).output, 'LAB_TOKEN')
    await remove(stack)
    const withToken = stack.with({ LAB_TOKEN: 'from-the-shell' })
    await open(withToken)
    assert.equal(await knock(url, 'from-the-shell'), { without: 403, withIt: 200 })
    assert.not.match(await notebookLog(stack), 'from-the-shell')
    assert.not.match(await inspectContainers(stack), 'from-the-shell')
    await remove(stack)
  }),
)

async function withNotebook(use: (stack: Stack, url: string) => Promise<void>): Promise<void> {
  const port = await findFreePort()
  await withStack('test/e2e/notebook', async (ofNobody) => {
    const stack = ofNobody.with({ MLSTACK_UID: String(OWNER), MLSTACK_GID: String(OWNER), NOTEBOOK_PORT: String(port) })
    execFileSync('git', ['init', '--quiet', stack.folder])
    if (OWN === 0) execFileSync('chown', ['-R', `${OWNER}:${OWNER}`, join(stack.folder, '..')])
    await use({ ...stack, mlstack: asOwnersFiles(stack) }, `http://127.0.0.1:${port}`)
  }, 'project')
}

/** What root compiles is handed over, as a person's files are a person's. */
function asOwnersFiles(stack: Stack): Stack['mlstack'] {
  return async (...args) => {
    const output = await stack.mlstack(...args)
    if (OWN === 0) execFileSync('chown', ['-R', `${OWNER}:${OWNER}`, stack.folder])
    return output
  }
}

function inNotebook({ compose }: Stack, ...args: readonly string[]): ReturnType<Stack['compose']> {
  return compose('--profile', 'dev', ...args)
}

/** What has a profile is left by `down`, and a container that could not start is in the way of the next one. */
async function remove(stack: Stack): Promise<void> {
  await inNotebook(stack, 'rm', '--stop', '--force', 'notebook')
}

async function notebookLog(stack: Stack): Promise<string> {
  return (await inNotebook(stack, 'logs', '--no-color', '--no-log-prefix', 'notebook')).output
}

async function open(stack: Stack): Promise<void> {
  const { exitCode, output } = await inNotebook(stack, 'up', '-d', '--force-recreate', 'notebook')
  assert.is(exitCode, 0, output)
  await stack.waitFor(async () => (await inNotebook(stack, 'ps', '--format', '{{.Health}}', 'notebook')).output.trim() === 'healthy')
}

/** What the server answers to whoever asks for the files of the project. */
async function knock(url: string, token: string): Promise<{ readonly without: number; readonly withIt: number }> {
  const ask = async (headers: Readonly<Record<string, string>>) => (await fetch(`${url}/api/contents`, { headers })).status
  return { without: await ask({}), withIt: await ask({ Authorization: `token ${token}` }) }
}

test.run()
