/** What fetches datasets, run as containers run it, against a server that breaks off, lies and gives archives that lead elsewhere. */
import { execFileSync, spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { cpSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:https'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import * as assert from 'uvu/assert'
import { test } from 'uvu'
import { startFileServer, type FileServer, type Served } from '../../file-server.ts'
import { listen, type Listening } from '../../listen.ts'
import { missingProgram, testWithTool } from '../../machine.ts'
import { together } from '../../together.ts'
import { PYTHON, runPython } from './python.ts'

const HELPER = resolve(import.meta.dirname, '../../../src/emit/helper/fetch.py')
const KILLER = join(import.meta.dirname, 'fetch/end-at-step.py')
const RECEIPT = '.mlstack-fetch.json'
const sha256 = (content: string | Buffer) => createHash('sha256').update(content).digest('hex')

interface Place {
  readonly server: FileServer
  /** The folder that stands for the volume. */
  readonly volume: string
  readonly url: (path: string) => string
  serve(path: string, served: Partial<Served>): void
  /** Fetches, and gives the status and what was said. */
  fetch(path: string, ...options: readonly string[]): Promise<{ readonly status: number | undefined; readonly said: string; readonly complained: string }>
  /** The data in the volume, without what is the fetch's own. */
  list(): readonly string[]
  read(path: string): string
  receipt(): Record<string, unknown>
}

const beside = together()

function check(name: string, body: (place: Place) => Promise<void>): void {
  testWithTool(PYTHON === undefined ? 'there is no python3' : undefined, name, beside(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mlstack-fetch-'))
    const volume = join(folder, 'volume')
    mkdirSync(volume)
    const server = await startFileServer('127.0.0.1')
    const url = (path: string) => (path.includes('://') ? path : `http://127.0.0.1:${server.port}${path}`)
    try {
      await body({
        server,
        volume,
        url,
        serve: (path, served) => void server.files.set(path, { body: Buffer.from('content'), ...served }),
        fetch: async (path, ...options) => {
          const { exitCode, stdout, stderr } = await runPython([HELPER, 'fetch-it', url(path), '--to', volume, '--pause', '0.01', ...options], { env: { NO_PROXY: '*' } })
          return { status: exitCode, said: [stdout, stderr].filter((each) => each !== '').join('\n'), complained: stderr }
        },
        list: () => readdirSync(volume, { recursive: true, encoding: 'utf8' }).filter((each) => each !== RECEIPT && !lstatSync(join(volume, each)).isDirectory()).sort(),
        read: (path) => readFileSync(join(volume, path), 'utf8'),
        receipt: () => JSON.parse(readFileSync(join(volume, RECEIPT), 'utf8')) as Record<string, unknown>,
      })
    } finally {
      await server.close()
      rmSync(folder, { recursive: true, force: true })
    }
  }))
}

/** An archive made by Python's own modules, from lines of code that add to `a`. */
function archive(kind: 'zip' | 'tar' | 'tar.gz' | 'tar.xz' | 'tar.bz2', lines: readonly string[]): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'mlstack-archive-'))
  const path = join(folder, 'archive')
  const open = kind === 'zip' ? `zipfile.ZipFile(${JSON.stringify(path)}, 'w', zipfile.ZIP_DEFLATED)` : `tarfile.open(${JSON.stringify(path)}, 'w:${kind.slice(4)}')`
  const helpers = ['import io, sys, tarfile, zipfile', 'def add(name, data=b"", **more):', '  i = tarfile.TarInfo(name); i.size = len(data)', '  for key, value in more.items(): setattr(i, key, value)', '  a.addfile(i, io.BytesIO(data))']
  try {
    execFileSync(PYTHON ?? '', ['-c', [...helpers, `with ${open} as a:`, ...lines.map((line) => `  ${line}`)].join('\n')])
    return readFileSync(path)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const DIGITS = ['add("digits/one.csv", b"1,2")', 'add("digits/labels/two.txt", b"two")']
const DIGITS_ZIP = ['a.writestr("digits/one.csv", "1,2")', 'a.writestr("digits/labels/two.txt", "two")']

// Once

check('a file is fetched once, under its own name, and a receipt says what it is', async ({ server, serve, fetch, list, read, receipt, url }) => {
  serve('/some%20data.csv', { etag: '"one"' })
  const first = await fetch('/some%20data.csv')
  assert.is(first.status, 0, first.said)
  assert.equal(list(), ['some data.csv'])
  assert.is(read('some data.csv'), 'content')
  const { source, digest, size, files } = receipt()
  assert.equal([source, size, files], [url('/some%20data.csv'), 7, 1])
  assert.is(digest, `sha256:${sha256(`${sha256('content')} some data.csv\n`)}`)
  const second = await fetch('/some%20data.csv')
  assert.is(second.status, 0)
  assert.match(second.said, /^mlstack: fetch-it: is there already: 1 file, 7 bytes, fetched \d{4}-/)
  assert.is(server.requests.length, 1)
})

check('another source, hash, choice or way to unpack is fetched anew, and takes the place of the old', async ({ serve, fetch, list, server }) => {
  serve('/a.zip', { body: archive('zip', DIGITS_ZIP) })
  serve('/b.txt', {})
  for (const [path, options, expected] of [
    ['/a.zip', [], ['digits/labels/two.txt', 'digits/one.csv']],
    ['/a.zip', ['--include', '*.csv'], ['digits/one.csv']],
    ['/a.zip', ['--extract', 'false'], ['a.zip']],
    ['/b.txt', [], ['b.txt']],
    ['/b.txt', ['--sha256', sha256('content').toUpperCase()], ['b.txt']],
  ] as const) {
    const { status, said } = await fetch(path, ...options)
    assert.is(status, 0, said)
    assert.equal(list(), expected)
  }
  assert.is(server.requests.length, 5)
})

check('a new signature in the query is no other source, and is never said or kept', async ({ serve, fetch, server, volume }) => {
  serve('/a.txt', {})
  const first = await fetch('/a.txt?version=1&X-Amz-Signature=secret1')
  assert.is(first.status, 0)
  const second = await fetch('/a.txt?version=1&X-Amz-Signature=secret2')
  assert.match(second.said, 'is there already')
  assert.is(server.requests.length, 1)
  await fetch('/a.txt?version=2')
  assert.is(server.requests.length, 2)
  assert.not.match(first.said + second.said + readFileSync(join(volume, RECEIPT), 'utf8'), /secret|version/)
})

check('what is there stays whole until what takes its place is complete', async ({ serve, fetch, list, read }) => {
  serve('/old.txt', {})
  serve('/new.zip', { body: Buffer.from('no archive') })
  await fetch('/old.txt')
  for (const path of ['/new.zip', '/missing.txt']) {
    const { status } = await fetch(path)
    assert.is(status, 1)
    assert.ok(list().includes('old.txt'))
    assert.is(read('old.txt'), 'content')
  }
  assert.match((await fetch('/old.txt')).said, 'is there already')
})

check('files that no fetch has put there are left alone', async ({ volume, serve, fetch, read }) => {
  writeFileSync(join(volume, 'mine.txt'), 'mine')
  serve('/a.txt', {})
  const { status, said } = await fetch('/a.txt')
  assert.is(status, 1)
  assert.match(said, 'holds files that no fetch has put there; nothing is touched')
  assert.is(read('mine.txt'), 'mine')
})

check('whenever it is killed, what a job may see is the old or the new, and the next run finishes', async ({ serve, fetch, url, volume, list }) => {
  serve('/old.zip', { body: archive('zip', ['a.writestr("same/one", "old"); a.writestr("gone", "old")']) })
  serve('/new.zip', { body: archive('zip', ['a.writestr("same/one", "new"); a.writestr("more", "new")']), etag: '"one"' })
  assert.is((await fetch('/old.zip')).status, 0)
  const before = `${volume}-before`
  cpSync(volume, before, { recursive: true })
  let kills = 0
  for (let step = 0, status: number | undefined = 9; status === 9; step += 1) {
    rmSync(volume, { recursive: true })
    cpSync(before, volume, { recursive: true })
    status = (await runPython([KILLER, HELPER, String(step), 'fetch-it', url('/new.zip'), '--to', volume], { env: { NO_PROXY: '*' } })).exitCode
    kills += status === 9 ? 1 : 0
    // A job runs only where a receipt is there: then all of it is of one kind.
    const isThere = existsSync(join(volume, RECEIPT))
    const contents = list().filter((path) => !path.startsWith('.mlstack-fetch')).map((path) => readFileSync(join(volume, path), 'utf8'))
    if (isThere) assert.is(new Set(contents).size, 1, `step ${step}: ${list().join()}`)
    const { status: finished, said } = await fetch('/new.zip')
    assert.is(finished, 0, said)
    assert.equal(list(), ['more', 'same/one'])
    assert.equal(readdirSync(volume).sort(), [RECEIPT, 'more', 'same'])
  }
  assert.ok(kills > 10, `killed ${kills} times`)
})

// Connections

const LARGE = randomBytes(3_000_000)

check('a download that breaks off goes on from where it was', async ({ serve, fetch, server, volume }) => {
  serve('/large.bin', { body: LARGE, etag: '"one"', breaks: [1_000_000, 500_000] })
  const { status, said } = await fetch('/large.bin', '--sha256', sha256(LARGE))
  assert.is(status, 0, said)
  assert.is(server.requests.length, 3)
  for (const request of server.requests.slice(1)) assert.match(request, /^GET \/large\.bin bytes=\d{5,}-$/)
  assert.match(said, 'the connection ended at')
  assert.is(sha256(readFileSync(join(volume, 'large.bin'))), sha256(LARGE))
})

check('a killed fetch goes on in the next run', async ({ serve, volume, url, fetch, server }) => {
  serve('/large.bin', { body: LARGE, etag: '"one"', slow: 50 })
  const running = spawn(PYTHON ?? '', ['-I', '-S', HELPER, 'fetch-it', url('/large.bin'), '--to', volume], { env: { NO_PROXY: '*' } })
  const parts = join(volume, '.mlstack-fetch/parts')
  const sizeOfPart = () => (existsSync(parts) ? readdirSync(parts).filter((name) => name.endsWith('.part')).reduce((sum, name) => sum + statSync(join(parts, name)).size, 0) : 0)
  for (let tries = 0; tries < 200 && sizeOfPart() < 500_000; tries += 1) await setTimeout(20)
  running.kill('SIGKILL')
  await new Promise((done) => running.once('exit', done))
  assert.not.ok(existsSync(join(volume, RECEIPT)))
  server.files.set('/large.bin', { body: LARGE, etag: '"one"' })
  const { status, said } = await fetch('/large.bin')
  assert.is(status, 0, said)
  assert.match(server.requests[1] ?? '', /bytes=\d{6,}-$/)
  assert.is(sha256(readFileSync(join(volume, 'large.bin'))), sha256(LARGE))
})

check('a file that has changed meanwhile is fetched from the beginning, never mixed', async ({ serve, fetch, server, volume }) => {
  serve('/large.bin', { body: randomBytes(3_000_000), etag: '"old"', breaks: [1_000_000], statuses: [] })
  const fetching = fetch('/large.bin', '--pause', '0.5')
  for (let tries = 0; tries < 200 && server.requests.length === 0; tries += 1) await setTimeout(5)
  await setTimeout(100)
  serve('/large.bin', { body: LARGE, etag: '"new"' })
  const { status, said } = await fetching
  assert.is(status, 0, said)
  assert.match(said, 'it has changed there')
  assert.is(sha256(readFileSync(join(volume, 'large.bin'))), sha256(LARGE))
})

check('servers that ignore ranges, or name no version, are fetched from anew', async ({ serve, fetch, volume, server }) => {
  serve('/ignores.bin', { body: LARGE, etag: '"one"', breaks: [1_000_000], ignoresRange: true })
  serve('/nameless.bin', { body: LARGE, breaks: [1_000_000] })
  for (const name of ['ignores.bin', 'nameless.bin']) {
    const { status, said } = await fetch(`/${name}`)
    assert.is(status, 0, said)
    assert.is(sha256(readFileSync(join(volume, name))), sha256(LARGE))
  }
  assert.is(server.requests.length, 4)
})

check('what is over in a moment is tried again, and not for ever', async ({ serve, fetch, server }) => {
  serve('/busy.txt', { statuses: [503, 429, 500] })
  assert.is((await fetch('/busy.txt')).status, 0)
  assert.is(server.requests.length, 4)
  serve('/down.txt', { statuses: Array.from({ length: 20 }, () => 503) })
  const { status, said } = await fetch('/down.txt')
  assert.is(status, 1)
  assert.match(said, 'the server answers 503 Service Unavailable; given up after 8 tries')
  assert.is(server.requests.length, 12)
})

check('what no other try would change is said once, in words', async ({ serve, fetch, server }) => {
  serve('/closed.txt', { statuses: [401, 403] })
  for (const [path, words] of [
    ['/closed.txt', /the server gives it only to whom it knows \(401 Unauthorized\)/],
    ['/closed.txt', /\(403 Forbidden\)/],
    ['/missing.txt', /there is no such file on that server \(404 Not Found\)/],
  ] as const) {
    const { status, complained } = await fetch(path)
    assert.is(status, 1)
    // How far it has come is no reason, and stands elsewhere.
    assert.match(complained.split('\n')[0] ?? '', words)
  }
  assert.is(server.requests.length, 3)
  const { said } = await fetch('http://me:secret@127.0.0.1/a')
  assert.match(said, 'http://127.0.0.1/a has a user or a password in it')
  assert.not.match(said, 'secret')
  assert.match((await fetch('ftp://example.com/a')).said, 'ftp:// is not a source that can be fetched')
})

check('redirects are followed, but not to another kind of address', async ({ serve, fetch, read, url }) => {
  serve('/moved.txt', { redirect: url('/real.txt') })
  serve('/real.txt', {})
  serve('/file.txt', { redirect: 'file:///etc/passwd' })
  assert.is((await fetch('/moved.txt')).status, 0)
  assert.is(read('moved.txt'), 'content')
  const { status, said } = await fetch('/file.txt')
  assert.is(status, 1, said)
  assert.not.match(said, 'root:')
})

check('a name without an ending is that which the server gives, but never one that leads elsewhere', async ({ serve, fetch, list }) => {
  for (const [offered, expected] of [['digits.csv', 'digits.csv'], ['../../evil.csv', 'evil.csv'], ['.mlstack-fetch.json', 'download']] as const) {
    serve('/download', { headers: { 'content-disposition': `attachment; filename="${offered}"` }, body: Buffer.from(offered) })
    assert.is((await fetch(`/download?id=${offered}`)).status, 0)
    assert.equal(list(), [expected])
  }
})

// Verified

check('a wrong hash keeps nothing as done, and says both', async ({ serve, fetch, volume, list, server }) => {
  serve('/a.txt', { etag: '"one"' })
  const { status, said } = await fetch('/a.txt', '--sha256', '0'.repeat(64))
  assert.is(status, 1)
  assert.match(said, `expected: ${'0'.repeat(64)}`)
  assert.match(said, `found:    ${sha256('content')}`)
  assert.not.ok(existsSync(join(volume, RECEIPT)))
  assert.equal(list().filter((path) => path.endsWith('.part')), [])
  await fetch('/a.txt', '--sha256', '0'.repeat(64))
  assert.is(server.requests.length, 2)
})

// Archives

for (const kind of ['zip', 'tar', 'tar.gz', 'tar.xz', 'tar.bz2'] as const) {
  check(`a ${kind} is unpacked as it is`, async ({ serve, fetch, list, read }) => {
    serve(`/a.${kind}`, { body: archive(kind, kind === 'zip' ? DIGITS_ZIP : DIGITS) })
    const { status, said } = await fetch(`/a.${kind}`)
    assert.is(status, 0, said)
    assert.equal(list(), ['digits/labels/two.txt', 'digits/one.csv'])
    assert.is(read('digits/one.csv'), '1,2')
  })
}

check('one file that is packed loses its ending', async ({ serve, fetch, list, read }) => {
  serve('/numbers.csv.gz', { body: execFileSync('gzip', ['-c'], { input: '1,2,3' }) })
  assert.is((await fetch('/numbers.csv.gz')).status, 0)
  assert.equal(list(), ['numbers.csv'])
  assert.is(read('numbers.csv'), '1,2,3')
})

check('links inside of an archive stay, and count in the digest', async ({ serve, fetch, volume, receipt }) => {
  serve('/a.tar', { body: archive('tar', ['add("b/one", b"1")', 'add("link", type=tarfile.SYMTYPE, linkname="b/one")', 'add("hard", type=tarfile.LNKTYPE, linkname="b/one")', 'add("b/up", type=tarfile.SYMTYPE, linkname="../hard")']) })
  const { status, said } = await fetch('/a.tar')
  assert.is(status, 0, said)
  assert.is(readFileSync(join(volume, 'link'), 'utf8'), '1')
  assert.is(readFileSync(join(volume, 'b/up'), 'utf8'), '1')
  assert.is(receipt()['files'], 4)
})

const ESCAPES: readonly (readonly [what: string, kind: 'zip' | 'tar', lines: readonly string[]])[] = [
  ['a path with ..', 'tar', ['add("ok", b"1")', 'add("../evil", b"1")']],
  ['a path with .. inside', 'tar', ['add("a/../../evil", b"1")']],
  ['an absolute path', 'tar', ['add("/tmp/mlstack-evil", b"1")']],
  ['a path with .. in a zip', 'zip', ['a.writestr("../evil", "1")']],
  ['backslashes in a zip', 'zip', ['a.writestr("..\\\\evil", "1")']],
  ['a link that leads out', 'tar', ['add("evil", type=tarfile.SYMTYPE, linkname="../../..")']],
  ['an absolute link', 'tar', ['add("evil", type=tarfile.SYMTYPE, linkname="/etc")']],
  ['a link, and a file through it', 'tar', ['add("evil", type=tarfile.SYMTYPE, linkname="../..")', 'add("evil/file", b"1")']],
  ['a link, and a link through it', 'tar', ['add("sub/a", b"1")', 'add("l", type=tarfile.SYMTYPE, linkname="../..")', 'add("l/evil", type=tarfile.SYMTYPE, linkname="x")']],
  ['links that lead out together', 'tar', ['add("sub/deep/a", b"1")', 'add("one", type=tarfile.SYMTYPE, linkname="two/../..")', 'add("two", type=tarfile.SYMTYPE, linkname="sub")']],
  ['a hard link that leads out', 'tar', ['add("evil", type=tarfile.LNKTYPE, linkname="../../../etc/passwd")']],
  ['a link in a zip', 'zip', ['i = zipfile.ZipInfo("evil"); i.create_system = 3; i.external_attr = 0o120777 << 16; a.writestr(i, "/etc")']],
  ['a device', 'tar', ['add("evil", type=tarfile.CHRTYPE, devmajor=1, devminor=3)']],
  ['the name of the receipt', 'tar', ['add(".mlstack-fetch.json", b"{}")']],
]

for (const [what, kind, lines] of ESCAPES) {
  check(`${what} is refused, and nothing is kept or written elsewhere`, async ({ serve, fetch, volume }) => {
    serve(`/evil.${kind}`, { body: archive(kind, lines) })
    const { status, said } = await fetch(`/evil.${kind}`)
    assert.is(status, 1, said)
    assert.match(said, 'evil')
    assert.not.match(said, 'Traceback')
    assert.not.ok(existsSync(join(volume, RECEIPT)))
    assert.equal(readdirSync(join(volume, '..')), ['volume'])
    assert.equal(readdirSync(volume), ['.mlstack-fetch'])
    assert.not.ok(existsSync('/tmp/mlstack-evil'))
  })
}

check('what is called an archive and is none, is broken off, or has nothing that was asked for, says so', async ({ serve, fetch }) => {
  const zip = archive('zip', DIGITS_ZIP)
  serve('/none.zip', {})
  serve('/half.zip', { body: zip.subarray(0, zip.length - 30) })
  serve('/half.tar.gz', { body: archive('tar.gz', ['import os', 'add("a", os.urandom(100000))']).subarray(0, 50_000) })
  serve('/full.zip', { body: zip })
  serve('/one.txt', {})
  for (const [path, options, words] of [
    ['/none.zip', [], 'none.zip is not an archive'],
    ['/half.zip', [], 'half.zip is not an archive'],
    ['/half.tar.gz', [], /half\.tar\.gz (cannot be unpacked|is not an archive)/],
    ['/full.zip', ['--include', '*.parquet'], 'nothing in full.zip matches *.parquet'],
    ['/one.txt', ['--include', '*.csv'], 'is one file and no archive'],
    ['/one.txt', ['--extract', 'true'], 'one.txt is not an archive'],
  ] as const) {
    const { status, said } = await fetch(path, ...options)
    assert.is(status, 1, `${path}: ${said}`)
    assert.match(said, words)
    assert.not.match(said, 'Traceback')
  }
})

check('an archive that has been mended is fetched again', async ({ serve, fetch, list }) => {
  serve('/a.zip', { etag: '"wrong"' })
  assert.is((await fetch('/a.zip')).status, 1)
  serve('/a.zip', { body: archive('zip', DIGITS_ZIP), etag: '"right"' })
  assert.is((await fetch('/a.zip')).status, 0)
  assert.equal(list(), ['digits/labels/two.txt', 'digits/one.csv'])
})

check('a bomb ends before the disk does', async ({ serve, fetch, volume }) => {
  const lines = ['i = zipfile.ZipInfo("zeros"); i.compress_type = zipfile.ZIP_DEFLATED', 'a.writestr(i, b"0" * 1000)', 'a.infolist()[0].file_size = 10 ** 15']
  serve('/bomb.zip', { body: archive('zip', lines) })
  const { status, said } = await fetch('/bomb.zip')
  assert.is(status, 1, said)
  assert.match(said, /the disk of the engine is too full: 1\.0 PB|1000\.0 TB more are needed/)
  assert.not.ok(existsSync(join(volume, RECEIPT)))
})

// Redirects

/** A server behind https with a certificate that only the fetch of this test trusts; it sends on to where it is told. */
async function startSecureServer(folder: string, location: string): Promise<Listening & { readonly certificate: string }> {
  const certificate = join(folder, 'cert.pem')
  const key = join(folder, 'key.pem')
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2', '-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', key, '-out', certificate], { stdio: 'ignore' })
  const server = createServer({ key: readFileSync(key), cert: readFileSync(certificate) }, ({ url }, response) => {
    if (url === '/there.csv') response.end('content')
    else response.writeHead(302, { location: url === '/here.csv' ? '/there.csv' : location }).end()
  })
  return { ...(await listen(server, '127.0.0.1')), certificate }
}

testWithTool(PYTHON === undefined ? 'there is no python3' : missingProgram('openssl'), 'a redirect from https is followed to https, and not to http', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mlstack-fetch-'))
  const open = await startFileServer('127.0.0.1')
  open.files.set('/open.csv', { body: Buffer.from('changed on the way') })
  const secure = await startSecureServer(folder, `http://127.0.0.1:${open.port}/open.csv`)
  const fetch = async (path: string) => {
    mkdirSync(join(folder, path))
    return runPython([HELPER, 'fetch-it', `https://127.0.0.1:${secure.port}/${path}`, '--to', join(folder, path), '--pause', '0.01'], { env: { NO_PROXY: '*', SSL_CERT_FILE: secure.certificate } })
  }
  try {
    const followed = await fetch('here.csv')
    assert.is(followed.exitCode, 0, followed.stderr)
    assert.is(readFileSync(join(folder, 'here.csv/here.csv'), 'utf8'), 'content')
    const refused = await fetch('away.csv')
    assert.is(refused.exitCode, 1)
    assert.match(refused.stderr, `leads to http://127.0.0.1:${open.port}/open.csv, which is not encrypted`)
    assert.equal(open.requests, [])
    assert.equal(readdirSync(join(folder, 'away.csv')), ['.mlstack-fetch'])
  } finally {
    await secure.close()
    await open.close()
    rmSync(folder, { recursive: true, force: true })
  }
})

test.run()
