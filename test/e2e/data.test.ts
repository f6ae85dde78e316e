/** Data from elsewhere: fetched once into volumes by services of their own, from servers of this test on the machine. */
import { spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa, execaSync } from 'execa'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { startFileServer, type FileServer } from '../file-server.ts'
import { testUnless, testWithTool } from '../machine.ts'
import { COMMIT, startStoreServer } from '../store-server.ts'
import { findFreePort, findGateway, hasEngine, inspectContainers, testOnEngine, withStack, type Stack } from './engine.ts'

/** Where containers find this machine; undefined where that cannot be known. */
const GATEWAY = findGateway()

function tarOf(files: Readonly<Record<string, Buffer | string>>, options: readonly string[] = []): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'mlstack-data-'))
  try {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(join(folder, path, '..'), { recursive: true })
      writeFileSync(join(folder, path), content)
    }
    return execaSync('tar', ['-czP', ...options, '-C', folder, ...Object.keys(files)], { encoding: 'buffer' }).stdout as unknown as Buffer
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const STORES = `name: data
framework: python
datasets:
  words: hf://datasets/org/words@main/train
  blobs: gs://bucket/train
environment: { HF_ENDPOINT: $STORE, STORAGE_EMULATOR_HOST: $STORE }
secrets: { HF_TOKEN: { for: [fetch-words] } }
train: train.py
`

/** Says what the datasets hold. */
const HASHES = `import hashlib
from pathlib import Path

for path in sorted(path for path in Path("/data").rglob("*") if path.is_file() and not path.name.startswith(".")):
    print(path.relative_to("/data"), hashlib.sha256(path.read_bytes()).hexdigest(), flush=True)
`

/** Runs with a server that the containers of a stack reach; its address is in the stack's `.env`. */
async function withServer(use: (stack: Stack, server: FileServer) => Promise<void>): Promise<void> {
  const server = await startFileServer('0.0.0.0')
  try {
    await withStack('test/e2e/data', async (stack) => {
      stack.write('.env', `SERVER=${GATEWAY}:${server.port}\n`)
      await use(stack, server)
    })
  } finally {
    await server.close()
  }
}

testUnless(GATEWAY === undefined && hasEngine() ? 'the bridge of the engine has no address' : undefined, 'this machine can be reached from containers', () => undefined)

testOnEngine('a dataset is fetched once, goes on where it broke off, and is what the jobs read', async () => {
  await withServer(async (stack, server) => {
    const one = randomBytes(3_000_000)
    const archive = tarOf({ 'digits/one.csv': one, 'digits/readme.txt': 'no' })
    server.files.set('/digits.tar.gz', { body: archive, etag: '"one"', breaks: [1_000_000] })
    await stack.mlstack('compile')
    const first = await stack.compose('up', '--build')
    assert.is(first.exitCode, 0, first.output)
    assert.match(first.output, /digits\/one\.csv 3000000/)
    assert.not.match(first.output, 'readme')
    assert.match(first.output, /digits: (Read-only file system|Permission denied)/)
    assert.match(first.output, 'runs: 1')
    assert.match(first.output, 'the connection ended at 1.0 MB of 3.0 MB; tries again')
    assert.equal(server.requests, ['GET /digits.tar.gz', 'GET /digits.tar.gz bytes=1000000-'])

    // It is there: nothing is asked of the server again.
    const second = await stack.compose('up', '--no-log-prefix', 'fetch-digits')
    assert.match(second.output, 'fetch-digits: is there already: 1 file, 3.0 MB')
    assert.is(server.requests.length, 2)

    // The entrypoint of jobs reads the digest from here.
    const receipt = await stack.compose('run', '--rm', '--no-deps', '-T', '--entrypoint', 'cat /data/digits/.mlstack-fetch.json', 'train')
    assert.match(receipt.output, new RegExp(`"digest": "sha256:${createHash('sha256').update(`${createHash('sha256').update(one).digest('hex')} digits/one.csv\n`).digest('hex')}"`))

    // What is wrong takes nobody's place.
    stack.replace('mlstack.yaml', 'include: ["*.csv"]', `sha256: ${'ab'.repeat(32)}`)
    await stack.mlstack('compile')
    const wrong = await stack.compose('up')
    assert.is.not(wrong.exitCode, 0)
    assert.match(wrong.output, `expected: ${'ab'.repeat(32)}`)
    assert.match(wrong.output, `found:    ${createHash('sha256').update(archive).digest('hex')}`)
    const kept = await stack.compose('run', '--rm', '--no-deps', '-T', '-e', 'MLSTACK_RERUN=always', 'train')
    assert.match(kept.output, 'digits/one.csv 3000000')

    // An archive that leads elsewhere does so neither.
    stack.replace('mlstack.yaml', `sha256: ${'ab'.repeat(32)}`, 'extract: true')
    server.files.set('/digits.tar.gz', { body: tarOf({ '../evil.csv': 'evil', 'one.csv': 'one' }) })
    await stack.mlstack('compile')
    const evil = await stack.compose('up', 'fetch-digits')
    assert.match(evil.output, "holds '../evil.csv', which would be written outside of the dataset; nothing of it is kept")

    // A changed source comes in the place of the old one.
    server.files.set('/digits.tar.gz', { body: tarOf({ 'two.csv': '1,2' }), slow: 100 })
    const changed = await stack.compose('up')
    assert.is(changed.exitCode, 0, changed.output)
    assert.match(changed.output, 'two.csv 3')
    assert.not.match(changed.output, 'one.csv')
  })
})

testOnEngine('a model from elsewhere is served as it is, or only once it has passed the gate', async () => {
  const server = await startFileServer('0.0.0.0')
  try {
    await withStack('test/e2e/model-source', async (stack) => {
      const serveModel = (accuracy: number) => void server.files.set(`/model-${accuracy}.tar.gz`, { body: tarOf({ 'model/weights.json': JSON.stringify({ accuracy }) }) })
      const take = async (accuracy: number) => {
        serveModel(accuracy)
        stack.write('mlstack.yaml', stack.read('mlstack.yaml').replace(/http:[^"]*/, `http://${GATEWAY}:${server.port}/model-${accuracy}.tar.gz`))
        await stack.mlstack('compile')
        return stack.compose('up', '--detach', '--build')
      }
      const answer = async () => (await fetch(stack.url)).text()
      await take(0.95)
      await stack.waitForHealth()
      assert.is(await answer(), '{"accuracy":0.95}')
      // Its root is read-only, but for these places.
      const written = await stack.compose('exec', '-T', 'serve', 'sh', '-c', 'exec 2>&1; touch ~/mine /tmp/mine /cache/mine && ! touch /app/mine && echo written')
      assert.match(written.output, /app\/mine': Read-only file system\s+written/)

      // One that does not pass is not served.
      const bad = await take(0.5)
      assert.is.not(bad.exitCode, 0, bad.output)
      assert.match((await stack.compose('logs', 'evaluate')).output, 'accuracy 0.5 misses >= 0.9')
      const { output: served } = await stack.compose('run', '--rm', '--no-deps', '-T', '--entrypoint', 'cat /model/current/model/model/weights.json', 'evaluate')
      assert.match(served, '{"accuracy":0.95}')

      // Without a gate, it is mounted and served as it is.
      stack.write('mlstack.yaml', stack.read('mlstack.yaml').replace(/^evaluate:.*\n/m, ''))
      await take(0.5)
      await stack.waitForHealth()
      await stack.waitFor(async () => (await answer()) === '{"accuracy":0.5}')
    })
  } finally {
    await server.close()
  }
})

interface Moto {
  readonly port: number
  /** Runs boto3, with `s3` at hand. */
  readonly seed: (lines: readonly string[]) => Promise<void>
}

const MOTO = join(tmpdir(), `mlstack-moto-${process.pid}`)

/** An S3 server of the package index in an environment of its own; why not, where it cannot be installed. */
function installMoto(): string | undefined {
  if (!hasEngine()) return 'Docker with Compose v2 does not answer'
  const made = execaSync('python3', ['-m', 'venv', MOTO], { reject: false })
  const installed = made.failed ? made : execaSync(join(MOTO, 'bin/python'), ['-m', 'pip', 'install', '-q', 'moto[server]==5.2.5'], { reject: false })
  return installed.failed ? `an S3 server cannot be installed here: ${String(installed.stderr).split('\n').at(-1)}` : undefined
}

async function withMoto(use: (moto: Moto) => Promise<void>): Promise<void> {
  const port = await findFreePort()
  const server = spawn(join(MOTO, 'bin/moto_server'), ['-H', '0.0.0.0', '-p', String(port)], { stdio: 'ignore' })
  const seed = async (lines: readonly string[]) => {
    const client = `s3 = boto3.client('s3', endpoint_url='http://127.0.0.1:${port}', aws_access_key_id='key', aws_secret_access_key='secret', region_name='us-east-1', config=botocore.config.Config(retries={'max_attempts': 20}))`
    await execa(join(MOTO, 'bin/python'), ['-c', ['import boto3, botocore.config', client, ...lines].join('\n')], { env: { NO_PROXY: '*' } })
  }
  try {
    await use({ port, seed })
  } finally {
    server.kill()
  }
}

test.after(() => rmSync(MOTO, { recursive: true, force: true }))

testWithTool(installMoto(), 'a bucket is fetched with credentials that nobody else sees', () =>
  withMoto(async ({ port, seed }) => {
    await seed(["s3.create_bucket(Bucket='digits')", "for i in range(20): s3.put_object(Bucket='digits', Key=f'train/{i}.csv', Body=b'x' * i)", "s3.put_object(Bucket='digits', Key='train/readme.md', Body=b'no')"])
    await withStack('test/e2e/data', async (stack) => {
      stack.write('.env', `BUCKET=digits\nMY_KEY=AKIAIOSFODNN7EXAMPLE\nMY_SECRET=wJalrXUtnFEMIK7MDENG\nENDPOINT=http://${GATEWAY}:${port}\n`)
      stack.replace('mlstack.yaml', '{ source: "http://$SERVER/digits.tar.gz", include: ["*.csv"] }', '{ source: "s3://$BUCKET/train", include: ["*.csv"] }')
      stack.write('mlstack.yaml', `${stack.read('mlstack.yaml')}environment: { AWS_ENDPOINT_URL: $ENDPOINT, AWS_REGION: us-east-1 }
secrets:
  AWS_ACCESS_KEY_ID: { environment: MY_KEY, for: [fetch-digits] }
  AWS_SECRET_ACCESS_KEY: { environment: MY_SECRET, for: [fetch-digits] }
`)
      await stack.mlstack('compile')
      const { exitCode, output } = await stack.compose('up', '--build')
      assert.is(exitCode, 0, output)
      assert.match(output, '20 files, 190 bytes')
      assert.match(output, /7\.csv 7/)
      assert.not.match((await inspectContainers(stack)) + output + stack.read('compose.yaml'), /wJalrXUtnFEMIK7MDENG|AKIAIOSFODNN7EXAMPLE/)

      // Without any, the bucket is asked as anybody may ask it: for one object that everybody may read, and for one that is private.
      stack.write('mlstack.yaml', stack.read('mlstack.yaml').replace(/secrets:\n[^]*/, '').replace('/train"', '/train/7.csv"').replace(', include: ["*.csv"]', ''))
      await seed(["s3.put_object_acl(Bucket='digits', Key='train/7.csv', ACL='public-read')"])
      await stack.mlstack('compile')
      const open = await stack.compose('up', 'fetch-digits')
      assert.match(open.output, 'done: 1 file, 7 bytes')
      stack.replace('mlstack.yaml', '/train/7.csv"', '/train/8.csv"')
      await stack.mlstack('compile')
      const closed = await stack.compose('up', 'fetch-digits')
      assert.match(closed.output, 's3://digits/train/8.csv: it may not be read with the credentials that are there')
      assert.match(closed.output, 'takes its credentials from `secrets`: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY')
    })
  }),
)

testOnEngine('a repository of Hugging Face and a bucket of Google are fetched in ranges, with a token that nobody else sees', async () => {
  // More than one range.
  const weights = randomBytes(17_000_000)
  const files = new Map([['train/one.csv', Buffer.from('1,2')], ['train/deep/weights.bin', weights], ['readme.md', Buffer.from('no')]])
  const server = await startStoreServer('0.0.0.0', { files, token: 'hf_abcdefghijklmnopqrst' })
  try {
    await withStack('test/e2e/data', async (stack) => {
      stack.write('.env', `HF_TOKEN=hf_abcdefghijklmnopqrst\nSTORE=http://${GATEWAY}:${server.port}\n`)
      stack.write('train.py', HASHES)
      stack.write('mlstack.yaml', STORES.replace('name: data', /^name: .*$/m.exec(stack.read('mlstack.yaml'))?.[0] ?? 'name: data'))
      await stack.mlstack('compile')
      const { exitCode, output } = await stack.compose('up', '--build')
      assert.is(exitCode, 0, output)
      const digest = createHash('sha256').update(weights).digest('hex')
      assert.match(output, `words/deep/weights.bin ${digest}`)
      assert.match(output, `blobs/deep/weights.bin ${digest}`)
      assert.match(output, 'words/one.csv')
      assert.not.match(output, 'readme')
      // The revision is settled once, and each file is asked for at the commit that it was then.
      const resolved = server.requests.filter((request) => request.includes('/resolve/'))
      assert.ok(resolved.length >= 3 && resolved.every((request) => request.includes(`/resolve/${COMMIT}/train/`) && request.endsWith('Bearer hf_abcdefghijklmnopqrst')), resolved.join('\n'))
      assert.ok(resolved.some((request) => request.includes('bytes=16777216-16999999')), resolved.join('\n'))
      assert.match((await stack.compose('run', '--rm', '--no-deps', '-T', '--entrypoint', 'cat /data/words/.mlstack-fetch.json', 'train')).output, `"revision": "${COMMIT}"`)
      // The token is for Hugging Face alone, and seen by nobody.
      assert.not.ok(server.requests.some((request) => request.includes('/storage/') && request.includes('hf_')))
      assert.not.match((await inspectContainers(stack)) + output + stack.read('compose.yaml'), /hf_abc/)

      // Without the token, it is said what is missing.
      stack.write('mlstack.yaml', stack.read('mlstack.yaml').replace(/secrets:.*\n/, '').replace('@main/train', '@main'))
      await stack.mlstack('compile')
      const closed = await stack.compose('up', 'fetch-words')
      assert.match(closed.output, 'hf://datasets/org/words@main: it may not be read with the credentials that are there')
      assert.match(closed.output, 'takes its credentials from `secrets`: HF_TOKEN')
    })
  } finally {
    await server.close()
  }
})

test.run()
