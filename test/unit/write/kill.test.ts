/** A kill at any moment, and two runs at once: every file is whole, and the next run goes through. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { buildSync } from 'esbuild'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { hashBody, readHeader } from '../../../src/emit/header.ts'
import { parseManifest } from '../../../src/write/manifest.ts'
import { compile, kinds, list, made, read } from './folder.ts'

const LOOP = join(mkdtempSync(join(tmpdir(), 'mlstack-loop-')), 'write-in-loop.mjs')
const startLoop = (...args: string[]) => spawn(process.execPath, [LOOP, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
const isTemporary = (path: string) => path.endsWith('.tmp')

// One file, since to load the TypeScript would take each of the processes longer than it lives.
test.before(() => void buildSync({ entryPoints: [join(import.meta.dirname, 'write-in-loop.ts')], outfile: LOOP, bundle: true, platform: 'node', format: 'esm' }))
test.after(() => rmSync(dirname(LOOP), { recursive: true }))

async function inAsyncFolder(body: (folder: string) => Promise<void>) {
  const folder = mkdtempSync(join(tmpdir(), 'mlstack-kill-'))
  try {
    await body(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Fails where a file is neither a whole old one nor a whole new one. */
function checkWhole(folder: string) {
  for (const path of list(folder).filter((each) => !each.endsWith('/') && !isTemporary(each))) {
    if (path.endsWith('manifest.json')) assert.ok(parseManifest(read(folder, path)).size >= 2)
    else {
      const header = readHeader(read(folder, path))
      assert.is(header?.hash, hashBody(header?.body ?? ''), path)
    }
  }
}

async function killOnce(delay: number) {
  await inAsyncFolder(async (folder) => {
    const child = startLoop(folder)
    await once(child.stdout, 'data')
    await setTimeout(delay)
    const exit = once(child, 'exit')
    child.kill('SIGKILL')
    assert.equal(await exit, [null, 'SIGKILL'])
    checkWhole(folder)
    const last = [made('compose.yaml', 'last\n'), made('.mlstack/train.Dockerfile', 'last\n')]
    assert.equal(compile(folder, last), [])
    assert.equal(kinds(folder, last), ['same compose.yaml', 'same .mlstack/train.Dockerfile'])
    assert.equal(list(folder).filter(isTemporary), [])
  })
}

test('kill -9 in the middle of a write', async () => {
  await Promise.all([3, 17, 31, 47, 60, 73, 88, 101].map(killOnce))
})

test('two runs at once both succeed', async () => {
  await inAsyncFolder(async (folder) => {
    const exits = await Promise.all([startLoop(folder, '12'), startLoop(folder, '12')].map((child) => once(child, 'exit')))
    assert.equal(exits, [[0, null], [0, null]])
    checkWhole(folder)
    assert.equal(list(folder).filter(isTemporary), [])
  })
})

test.run()
