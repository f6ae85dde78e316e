/** The helper that leads pip and uv to indexes, run with commands that stand for them: a package is found where it is to come from, and nowhere else. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { testWithTool } from '../../machine.ts'
import { PYTHON, runPython } from './python.ts'

const HELPER = resolve(import.meta.dirname, '../../../src/emit/helper/indexes.py')
const missing = PYTHON === undefined ? 'there is no python3' : undefined

/** Says as JSON what it was started with, and where each index sends it for each name. */
const INSTALLER = `
import json, os, sys, urllib.error, urllib.request
class Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_): return None
opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), Stay)
def ask(url):
    try: return opener.open(url).status
    except urllib.error.HTTPError as error: return error.headers.get("Location") or error.code
uv = os.path.basename(sys.argv[0]) == "uv"
usual, more = ("UV_INDEX_URL", "UV_EXTRA_INDEX_URL") if uv else ("PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL")
urls = [os.environ.get(usual, ""), *os.environ.get(more, "").split()]
netrc = os.environ.get("NETRC")
print(json.dumps({
    "urls": urls, "no_proxy": os.environ.get("NO_PROXY"), "netrc": open(netrc).read() if netrc else None,
    "asked": {name: [ask(url + "/" + name + "/") for url in urls] for name in sys.argv[1:]},
}))
`

interface Told {
  readonly urls: readonly string[]
  readonly no_proxy: string | null
  readonly netrc: string | null
  readonly asked: Readonly<Record<string, readonly (string | number)[]>>
}

async function run(tool: 'pip' | 'uv', options: readonly string[], names: readonly string[], { env = {}, secret }: { readonly env?: Readonly<Record<string, string>>; readonly secret?: string } = {}): Promise<Told & { readonly exitCode: number | undefined; readonly stderr: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'mlstack-indexes-'))
  try {
    writeFileSync(join(folder, 'installer.py'), `#!${PYTHON} -IS\n${INSTALLER}`, { mode: 0o755 })
    symlinkSync('installer.py', join(folder, tool))
    mkdirSync(join(folder, 'secrets'))
    if (secret !== undefined) writeFileSync(join(folder, 'secrets/LOGIN'), secret)
    const text = readFileSync(HELPER, 'utf8').replace("'/run/secrets'", JSON.stringify(join(folder, 'secrets')))
    writeFileSync(join(folder, 'indexes.py'), text)
    const { exitCode, stdout, stderr } = await runPython([join(folder, 'indexes.py'), ...options, '--', join(folder, tool), ...names], { extendEnv: false, env: { PATH: process.env['PATH'] ?? '', HOME: folder, PIP_CONFIG_FILE: '/dev/null', PIP_INDEX_URL: 'https://usual.example.com/simple/', ...env } })
    return { exitCode, stderr, ...(stdout === '' ? ({} as Told) : (JSON.parse(stdout) as Told)) }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const ONLY = ['--only', 'https://own.example.com/simple', 'acme-*,tool']

for (const tool of ['pip', 'uv'] as const) {
  testWithTool(missing, `${tool} finds a package in its own index alone, in any spelling, and all others elsewhere`, async () => {
    const { asked, urls, no_proxy } = await run(tool, ONLY, ['acme-core', 'Acme_Core', 'tool', 'tools', 'acme'], { env: { PIP_EXTRA_INDEX_URL: 'https://more.example.com', NO_PROXY: 'a.example.com' } })
    assert.is(urls.length, 3)
    assert.ok(urls.every((url) => url.startsWith('http://127.0.0.1:')))
    assert.is(no_proxy, 'a.example.com,127.0.0.1')
    assert.equal(asked, {
      'acme-core': [404, 404, 'https://own.example.com/simple/acme-core/'],
      Acme_Core: [404, 404, 'https://own.example.com/simple/acme-core/'],
      tool: [404, 404, 'https://own.example.com/simple/tool/'],
      tools: ['https://usual.example.com/simple/tools/', 'https://more.example.com/tools/', 404],
      acme: ['https://usual.example.com/simple/acme/', 'https://more.example.com/acme/', 404],
    })
  })
}

testWithTool(missing, 'of two indexes that a name fits, the first has it', async () => {
  const { asked } = await run('pip', [...ONLY, '--only', 'https://other.example.com', '*-core'], ['acme-core', 'my-core'])
  assert.equal(asked, { 'acme-core': [404, 'https://own.example.com/simple/acme-core/', 404], 'my-core': [404, 404, 'https://other.example.com/my-core/'] })
})

testWithTool(missing, 'uv is told what pip is configured with, and its own variable wins', async () => {
  assert.equal((await run('uv', [], [])).urls, ['https://usual.example.com/simple/'])
  assert.equal((await run('uv', [], [], { env: { UV_INDEX_URL: 'https://uv.example.com' } })).urls, ['https://uv.example.com'])
})

testWithTool(missing, 'a login is in a file for as long as the installer runs, and one without the right form ends it', async () => {
  const options = ['--login', 'own.example.com', 'LOGIN']
  assert.match((await run('pip', options, [], { secret: 'ann:a:b#c\n' })).netrc ?? '', /^machine own\.example\.com login ann password a:b#c$/m)
  const empty = await run('pip', options, [], { secret: '' })
  assert.is(empty.exitCode, 1)
  assert.match(empty.stderr, /the secret LOGIN is empty/)
  const token = await run('pip', options, [], { secret: 'just-a-token' })
  assert.match(token.stderr, /does not have the form user:password/)
  assert.not.match(token.stderr, /just-a-token/)
})

test.run()
