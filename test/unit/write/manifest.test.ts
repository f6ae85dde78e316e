/** The manifest: its text, and that a broken or hostile one does no harm. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { addManifest, parseManifest } from '../../../src/write/manifest.ts'

const HASH = 'a'.repeat(64)
const parse = (files: unknown, version: unknown = 1) => [...parseManifest(JSON.stringify({ version, files })).keys()]

test('it comes last, sorted by code units, with full hashes', () => {
  const files = [{ path: 'compose.yaml', text: 'a\n' }, { path: '.mlstack/train.Dockerfile', text: 'b\n' }]
  const manifest = addManifest(files)[2]
  assert.is(manifest?.path, '.mlstack/manifest.json')
  assert.is(
    manifest?.text,
    '{\n  "version": 1,\n  "files": {\n' +
      '    ".mlstack/train.Dockerfile": "0263829989b6fd954f72baaf2fc64bc2e2f01d692d4de72986ea808f6e99813f",\n' +
      '    "compose.yaml": "87428fc522803d31065e7bce3cf03fe475096631e5e07bbd7a0fde60c4cf25c7"\n  }\n}\n',
  )
  assert.equal([...parseManifest(manifest?.text ?? '').keys()], ['.mlstack/train.Dockerfile', 'compose.yaml'])
})

test('what is broken or foreign counts as absent', () => {
  for (const text of ['', '{', 'null', '[]', '7', '"x"', '{}', '<<<<<<< ours\n{}', '{"version":1}', '{"version":1,"files":[]}', '{"version":1,"files":null}']) {
    assert.is(parseManifest(text).size, 0, text)
  }
  assert.equal(parse({ a: HASH }, 2), [])
})

test('entries that lead out of the folder, or have no hash, are ignored', () => {
  const hostile = ['../x', 'a/../../x', '/etc/passwd', 'C:/x', 'c:x', 'a\\..\\..\\x', '\\\\host\\x', '', '.', '..', './a', 'a//b', 'a/', 'a\0b', 'a\nb', 'x:stream']
  assert.equal(parse(Object.fromEntries([...hostile, 'fine', '..fine'].map((path) => [path, HASH]))), ['fine', '..fine'])
  assert.equal(parse({ a: 'short', b: 7, c: null, d: HASH.toUpperCase(), e: `${HASH}\n` }), [])
  assert.equal(parse({ '.mlstack/manifest.json': HASH }), [])
})

test.run()
