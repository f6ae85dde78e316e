/** What pip and uv answered to the same question about the same index, recorded; hosts are replaced. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { readPipReports } from '../../../src/lock/read-pip-report.ts'
import { readPylock } from '../../../src/lock/read-pylock.ts'

const fixture = (name: string) => readFileSync(join(import.meta.dirname, 'fixtures', name), 'utf8')
const reports = readPipReports(fixture('pip-reports.json'))
const pylock = readPylock(fixture('pylock.toml'))

test('pip and uv give the same packages with the same hashes', () => {
  assert.equal(reports.at(-1), pylock)
})

test('each layer adds to those before it and changes none of them', () => {
  const [framework = [], requirements = [], everything = []] = reports
  const names = framework.map(({ name }) => name)
  assert.ok(names.includes('torch') && names.includes('sympy') && !names.includes('cryptography'))
  assert.ok(framework.every((each) => requirements.some((other) => JSON.stringify(other) === JSON.stringify(each))))
  assert.equal(everything.filter(({ name }) => !requirements.some((other) => other.name === name)).map(({ name }) => name), ['humanize'])
})

test('what an index has of its own is held by version and hash, and not by a URL', () => {
  const torch = pylock.find(({ name }) => name === 'torch')
  assert.equal(torch, { name: 'torch', version: '2.13.0+cpu', url: undefined, hashes: ['6746dbcbeb526eb61330b76b41ff1b4eb848951103a892eeb080dfa2b264667b'] })
})

test('what comes from git is held by its commit', () => {
  const tool = pylock.find(({ name }) => name === 'tool')
  assert.equal([tool?.url, tool?.hashes], ['git+https://torch.test/tool.git@8dcb74875af15834893f1be65236dafcc5bc4602', []])
})

test('what has no wheel is held by the hash of its source', () => {
  assert.equal(pylock.find(({ name }) => name === 'antlr4-python3-runtime')?.hashes, ['f224469b4168294902bb1efa80a8bf7855f24c99aef99cbefc1bcd3cce77881b'])
})

test('an archive of a URL keeps both its URL and its hash', () => {
  const hash = 'a'.repeat(64)
  const expected = [{ name: 'a-b', version: '1', url: 'https://index.test/x.zip#subdirectory=in', hashes: [hash] }]
  assert.equal(readPylock(`[[packages]]\nname = "a.b"\nversion = "1"\narchive = { url = "https://index.test/x.zip", subdirectory = "in", hashes = { sha256 = "${hash}" } }\n`), expected)
  const item = { metadata: { name: 'a_b', version: '1' }, is_direct: true, download_info: { url: 'https://index.test/x.zip', subdirectory: 'in', archive_info: { hash: `sha256=${hash}` } } }
  assert.equal(readPipReports(JSON.stringify([[item]])), [expected])
})

test.run()
