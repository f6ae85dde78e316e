/** Builds on the real engine: steps, certificates and secrets of the user's, a Dockerfile of one's own, caches in a registry, SSH agents. */
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { listen } from '../listen.ts'
import { missingProgram, testWithTool } from '../machine.ts'
import { hasEngine, inspectContainers, MLSTACK, testOnEngine, withStack, type Stack } from './engine.ts'
import { makeWheel } from './package-index.ts'
import { hasRegistry, withRegistry } from './registry.ts'

/** Values that are nowhere else, so that one byte of them anywhere is a finding. */
const SECRETS = { FROM_FILE: 'file-3f9c1b7e55aa', SHELL_VARIABLE: 'shell-81d2c4e09b7f', FOR_BUILD: 'build-c07e5f11d36a', INDEX_LOGIN: 'index-user:index-5be9d48a20cc' }

const digest = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 16)

testWithTool(hasEngine() ? missingProgram('openssl') ?? missingProgram('python3') : 'Docker with Compose v2 does not answer', 'four secrets are in no image, log or file, and steps, certificates and user are as asked for', () =>
  withServers(({ certificate, indexPort, tlsPort }) =>
    withStack('test/e2e/builds', async (withoutSecrets) => {
      const { FROM_FILE: _, ...fromShell } = SECRETS
      const stack = withoutSecrets.with({ ...fromShell, TLS_PORT: String(tlsPort) })
      prepare(stack, { certificate, indexPort, tlsPort })
      await stack.mlstack('compile')
      const build = await stack.compose('--progress', 'plain', 'build', '--no-cache')
      assert.is(build.exitCode, 0, build.output)
      const up = await stack.compose('up', '-d')
      const logs = await stack.compose('logs', '--no-color')
      assert.is(up.exitCode, 0, `${up.output}\n${logs.output}`)

      const said = (line: string) => assert.ok(logs.output.includes(line), `${line} is not in\n${logs.output}`)
      said(`flavour a 'plain' "one" \\ $x`)
      said(`digest of the build ${digest(SECRETS.FOR_BUILD)}`)
      said('over TLS trusted')
      said('at run trusted')
      said('whom mlstack in /app')
      said('package private')
      said('user 1234 4321 mlstack')
      said(`file ${digest(SECRETS.FROM_FILE)} False`)
      said(`shell ${digest(SECRETS.SHELL_VARIABLE)}`)
      said('strangers []')
      await stack.waitFor(async () => (await stack.compose('logs', 'serve')).output.includes("serves with ['FROM_SHELL']"))

      const image = `${stack.project}-train`
      const places: Record<string, string> = {
        'the log of the build': build.output,
        'the logs of the containers': logs.output,
        'docker history': (await execa('docker', ['history', '--no-trunc', image])).stdout,
        'docker inspect of the image': (await execa('docker', ['image', 'inspect', image])).stdout,
        'docker inspect of the containers': await inspectContainers(stack),
        ...Object.fromEntries(generatedFiles(stack)),
      }
      for (const [place, text] of Object.entries(places)) assert.is(findSecret(Buffer.from(text)), undefined, place)
      assert.is(findSecret(saveImage(image, stack)), undefined, 'the layers of the image')
      assert.is(findSecret(Buffer.from(`x${SECRETS.FOR_BUILD}x`)), SECRETS.FOR_BUILD, 'the search itself can find')
    }),
  ),
)

/** Everything under the project that mlstack wrote. */
function generatedFiles({ folder }: Stack): readonly (readonly [string, string])[] {
  const own = readdirSync(join(folder, '.mlstack')).map((name) => join('.mlstack', name))
  return ['compose.yaml', ...own].map((path) => [path, readFileSync(join(folder, path), 'utf8')])
}

/** All layers with all their files, as tar. */
function saveImage(image: string, { folder }: Stack): Buffer {
  const path = join(folder, 'image.tar')
  execFileSync('docker', ['save', '-o', path, image])
  const tar = readFileSync(path)
  rmSync(path)
  assert.ok(tar.length > 10_000_000)
  return tar
}

/** Plain, and as HTTP's basic authentication has it. */
function findSecret(bytes: Buffer): string | undefined {
  const values = Object.values(SECRETS).flatMap((value) => [value, ...value.split(':').slice(1), Buffer.from(value).toString('base64')])
  return values.find((value) => bytes.includes(value))
}

function prepare(stack: Stack, { certificate, indexPort, tlsPort }: Servers): void {
  stack.replace('mlstack.yaml', 'INDEX_PORT', String(indexPort))
  stack.replace('mlstack.yaml', 'TLS_PORT', String(tlsPort))
  stack.replace('mlstack.yaml', 'train: { command', 'train: { environment: [TLS_PORT], command')
  mkdirSync(join(stack.folder, 'keys'))
  // The file is mounted with its owner and mode, and the container's user must read it.
  writeFileSync(join(stack.folder, 'keys/from-file'), `${SECRETS.FROM_FILE}\n`, { mode: 0o644 })
  stack.write('ca.pem', certificate)
}

interface Servers {
  /** Of an authority of the test's own. */
  readonly certificate: string
  readonly indexPort: number
  readonly tlsPort: number
}

/** A package index behind a login, and a server whose certificate nobody trusts by itself. */
async function withServers(use: (servers: Servers) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'mlstack-servers-'))
  const wheel = await makeWheel({ name: 'private-package', version: '1.0' }, 'private')
  const index = createServer(({ url, headers }, response) => {
    if (headers.authorization !== `Basic ${Buffer.from(SECRETS.INDEX_LOGIN).toString('base64')}`) return void response.writeHead(401, { 'www-authenticate': 'Basic realm="index"' }).end()
    if (url?.endsWith('.whl')) return void response.end(wheel.bytes)
    return void response.setHeader('content-type', 'text/html').end(`<a href="/files/${wheel.file}">${wheel.file}</a>`)
  })
  const openssl = (...args: readonly string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' })
  openssl('req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', 'ca.key', '-out', 'ca.pem', '-days', '30', '-subj', '/CN=Company of the test', '-addext', 'keyUsage=critical,keyCertSign')
  openssl('req', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', 'server.key', '-out', 'server.csr', '-subj', '/CN=localhost')
  writeFileSync(join(folder, 'names'), 'subjectAltName=DNS:localhost,DNS:host.docker.internal\n')
  openssl('x509', '-req', '-in', 'server.csr', '-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '30', '-extfile', 'names', '-out', 'server.pem')
  const read = (name: string) => readFileSync(join(folder, name), 'utf8')
  const secure = createSecureServer({ key: read('server.key'), cert: read('server.pem') }, (_, response) => response.end('trusted'))
  const [packages, overTls] = [await listen(index, '127.0.0.1'), await listen(secure)]
  try {
    await use({ certificate: read('ca.pem'), indexPort: packages.port, tlsPort: overTls.port })
  } finally {
    await Promise.all([packages.close(), overTls.close()])
    rmSync(folder, { recursive: true, force: true })
  }
}

testOnEngine('a stage of the user\'s own Dockerfile trains, passes the gate and serves, as an ordinary user', () =>
  withStack('test/e2e/own-dockerfile', async (stack) => {
    await stack.mlstack('compile')
    assert.equal(readdirSync(join(stack.folder, '.mlstack')).filter((name) => name.includes('Dockerfile')), [])
    const up = await stack.compose('up', '-d', '--build')
    const { output } = await stack.compose('logs', '--no-color', 'train', 'evaluate')
    assert.is(up.exitCode, 0, `${up.output}\n${output}`)
    assert.match(output, 'trained as 10001:10001 mlstack in /srv/project at home in /home/mlstack: made by the builder')
    assert.match(output, 'accuracy 0.75 meets >= 0.5')
    await stack.waitForHealth()
    assert.is(await (await fetch(stack.url)).text(), 'a model of 42, served by 10001')

    // A server that is told to stop gets the signal, though root has no right to send it but one.
    const stop = await stack.compose('stop', 'serve')
    assert.is(stop.exitCode, 0)
    const { stdout } = await execa('docker', ['compose', 'ps', '-a', '--format', '{{.ExitCode}}', 'serve'], { cwd: stack.folder, env: stack.env })
    assert.is(stdout.trim(), '143')

    // Code that the Dockerfile copies counts, and a model that fails the gate is not served.
    stack.replace('evaluate.py', '0.75', '0.25')
    const again = await stack.compose('up', '-d', '--build')
    assert.is.not(again.exitCode, 0)
    assert.match((await stack.compose('logs', '--no-color', 'evaluate')).output, 'misses >= 0.5')
    assert.match((await stack.compose('logs', '--no-color', 'train')).output, 'runs again: changed since its last run: the code')
  }),
)

testOnEngine('a file of nasty steps runs as bash would run it', () =>
  withStack('test/e2e/own-dockerfile', async (stack) => {
    const lines = [`it's "quoted" \\ and $HOME \`id\``, '<<STEP', 'STEP', '# no comment', '\\', 'a\ttab  and  spaces ', '${X:-y} $$ %s !', '&& || ; & | > <', 'é 日本 😀', '--mount=type=secret', '[ "a" ]']
    const script = ["cat > /etc/nasty <<'END OF IT'", ...lines, 'END OF IT'].join('\n')
    const each = lines.map((line, index) => `printf '%s\\n' '${line.replaceAll("'", `'\\''`)}' > /etc/nasty-${index}`)
    const train = `cat /etc/nasty ${lines.map((_, index) => `/etc/nasty-${index}`).join(' ')} | sha256sum`
    stack.write('mlstack.yaml', JSON.stringify({ name: stack.project, framework: 'python', build: { run: [script, ...each, '[ -n "$BASH_VERSION" ]'] }, train }))
    await stack.mlstack('compile')
    const up = await stack.compose('up', '--build')
    const all = `${lines.join('\n')}\n`
    assert.match(up.output, createHash('sha256').update(all + all).digest('hex'))
  }),
)

testWithTool(hasEngine() ? (hasRegistry() ? undefined : 'there is no docker-registry') : 'Docker with Compose v2 does not answer', 'tags and layers go to a registry, and another build finds them there', () =>
  withRegistry('python:3.11-slim-bookworm', ({ host }) =>
    withStack('test/e2e/own-dockerfile', async (stack) => {
      const ref = `${host}/builds`
      const config = { name: stack.project, framework: 'python', build: { run: ['echo once > /etc/once'], tags: [`${ref}:\${TAG:-latest}`], cache_from: [`type=registry,ref=${ref}:latest`], cache_to: ['type=inline'] }, train: 'train.py', serve: 'serve.py' }
      stack.write('mlstack.yaml', JSON.stringify(config))
      await stack.mlstack('compile')
      const first = await stack.compose('--progress', 'plain', 'build')
      assert.is(first.exitCode, 0, first.output)
      await execa('docker', ['push', '--quiet', `${ref}:latest`])
      const second = await stack.compose('--progress', 'plain', 'build')
      assert.match(second.output, new RegExp(`importing cache manifest from ${ref}:latest`))
      assert.not.match(second.output, /ERROR/)
    }),
  ),
)

testWithTool(hasEngine() ? missingProgram('ssh-agent') : 'Docker with Compose v2 does not answer', 'steps reach the SSH agent, as root and as another user, and the image does not', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mlstack-agent-'))
  const socket = join(folder, 'agent')
  const agent = spawn('ssh-agent', ['-D', '-a', socket], { stdio: 'ignore' })
  try {
    await withStack('test/e2e/own-dockerfile', async (stack) => {
      // Asks for the identities, and prints the kind of the answer.
      const ask = `python -c "import os, socket; s = socket.socket(socket.AF_UNIX); s.connect(os.environ['SSH_AUTH_SOCK']); s.sendall(bytes([0, 0, 0, 1, 11])); print(s.recv(5, socket.MSG_WAITALL)[4])"`
      const run = [`${ask} > /etc/asked`, { command: `${ask} > asked`, after: 'code', user: 'mlstack' }]
      stack.write('mlstack.yaml', JSON.stringify({ name: stack.project, framework: 'python', build: { ssh: ['default'], run }, train: 'cat /etc/asked asked; echo "socket: $${SSH_AUTH_SOCK:-none}"' }))
      await stack.mlstack('compile')
      const { output } = await stack.with({ SSH_AUTH_SOCK: socket }).compose('up', '--build')
      assert.is(output.match(/train-1 +\| 12$/gm)?.length, 2, output)
      assert.match(output, 'socket: none')
    })
  } finally {
    agent.kill()
    rmSync(folder, { recursive: true, force: true })
  }
})

/** Whether compiling shows a literal secret in any of its formats. */
test('a literal secret is in no format of the diagnostics', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mlstack-literal-'))
  try {
    const token = 'hf_abcdefghijklmnopqrstuvwxyzABCDEF'
    writeFileSync(join(folder, 'mlstack.yaml'), `name: x\nframework: python\nsecrets: { A: ${token} }\ntrain: [python, train.py, --token=${token}]\nservices: { db: { image: "x:1", labels: { a: ${token} } } }\n`)
    writeFileSync(join(folder, 'train.py'), '')
    const commands = [['compile'], ['compile', '--diff'], ['compile', '--emit', 'plan'], ['compile', '--dry-run'], ['validate', '--format', 'json'], ['validate', '--format', 'sarif'], ['validate', '--format', 'github'], ['validate'], ['explain', 'secrets'], ['explain', 'train'], ['explain', 'services'], ['explain']]
    for (const words of commands) {
      const { stdout, stderr } = spawnSync(process.execPath, [MLSTACK, ...words], { cwd: folder, encoding: 'utf8' })
      assert.not.match(`${stdout}${stderr}`, 'hf_abcdef', words.join(' '))
      assert.match(`${stdout}${stderr}`, words[0] === 'explain' ? /\S/ : /MLS1171|MLS1174/, words.join(' '))
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

test.run()
