/** Where code lies in the images, and from where it is imported: no two paths of the config share a place, and what one holds is copied once. */
import { posix } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import fc from 'fast-check'
import { Sink } from '../../../src/diagnostics/sink.ts'
import { createMemoryProject } from '../../../src/project/memory-project.ts'
import { resolveCode, type CodePath } from '../../../src/resolve/code.ts'
import { configOf } from './setup.ts'

function codeOf(code: string, files: Readonly<Record<string, string>> = {}, links: Readonly<Record<string, string>> = {}): readonly CodePath[] {
  const project = { ...createMemoryProject(files, '/repo/app'), linkOf: (path: string) => links[path] }
  const sink = new Sink()
  return resolveCode({ config: configOf(`framework: python\ntrain: train.py\ncode: ${code}\n`, sink), project, required: [], sink })
}

const places = (paths: readonly CodePath[]) => paths.map(({ path, target, isCopied }) => `${path} ${target}${isCopied ? '' : ' held'}`)

test('code of the project keeps its place, other code is named for its folder', () => {
  assert.equal(places(codeOf('[., ../lib, ../../other]')), ['. /app', '../lib /opt/code/lib', '../../other /opt/code/other'])
  assert.equal(places(codeOf('{ paths: [src, ../..], workdir: /srv/ }')), ['src /srv/src', '../.. /opt/code'])
})

test('folders of one name are told apart, and what another holds is copied with it', () => {
  assert.equal(places(codeOf('[../a/lib, ../b/lib, ../b/lib/deep]')), ['../a/lib /opt/code/a/lib', '../b/lib /opt/code/b/lib', '../b/lib/deep /opt/code/b/lib/deep held'])
})

test('a link is followed, and keeps its name in the image', () => {
  assert.equal(places(codeOf('[., shared]', {}, { shared: '../lib' })), ['. /app', '../lib /app/shared'])
})

test('whatever the paths are, no two that are copied share a place, and each is below its root', () => {
  const part = fc.constantFrom('a', 'b', 'lib', '..', '.', 'src')
  const path = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => posix.normalize(parts.join('/')))
  fc.assert(
    fc.property(fc.uniqueArray(path, { minLength: 1, maxLength: 4 }), (paths) => {
      const copied = codeOf(JSON.stringify(paths)).filter(({ isCopied }) => isCopied)
      assert.is(new Set(copied.map(({ target }) => target)).size, copied.length)
      for (const { target } of copied) assert.match(target, /^\/(?:app|opt\/code)(?:\/|$)/)
    }),
  )
})

test.run()
