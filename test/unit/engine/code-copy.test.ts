/** Code on its way into a container: an archive with owners, modes and links as a build would make them, and removals. */
import { chmodSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { extract } from 'tar-stream'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { copyCode } from '../../../src/engine/code-copy.ts'
import type { Container } from '../../../src/engine/containers.ts'
import type { Docker, RunOptions } from '../../../src/engine/docker.ts'

const CONTAINER: Container = { id: 'c1', service: 'serve', state: 'running', health: undefined, exitCode: 0, image: 'i', configHash: 'h', user: '10001:10002' }

interface Call {
  readonly args: readonly string[]
  readonly input: RunOptions['input']
}

function recordDocker(calls: Call[], exitCode = 0): Docker {
  return {
    run: async (args, options = {}) => {
      calls.push({ args, input: options.input })
      return { exitCode, stdout: '', stderr: 'no such container\n', isAborted: false }
    },
    follow: () => ({ ended: Promise.resolve(), end: () => {} }),
    close: async () => {},
  }
}

async function withFiles(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'mlstack-copy-'))
  try {
    writeFileSync(join(folder, 'a.py'), 'a = 1\n')
    writeFileSync(join(folder, 'run.sh'), '#!/bin/sh\n')
    chmodSync(join(folder, 'run.sh'), 0o755)
    symlinkSync('a.py', join(folder, 'link.py'))
    await use(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function read(archive: RunOptions['input']): Promise<readonly string[]> {
  const entries: string[] = []
  const reader = extract()
  Readable.from([archive]).pipe(reader)
  for await (const entry of reader) {
    const { name, type, mode = 0, uid, gid, linkname, size } = entry.header
    entries.push(`${type} ${name}${linkname === undefined || linkname === null ? '' : ` -> ${linkname}`} ${mode.toString(8)} ${uid}:${gid} ${size}`)
    entry.resume()
  }
  return entries
}

test('files, links and new folders belong to the user of the container', () =>
  withFiles(async (folder) => {
    const calls: Call[] = []
    chmodSync(join(folder, 'a.py'), 0o600)
    const files = [['a.py', '/app/a.py'], ['run.sh', '/app/deep/er/run.sh'], ['link.py', '/app/link.py']].map(([source = '', target = '']) => ({ source: join(folder, source), target }))
    await copyCode(recordDocker(calls), CONTAINER, { files, codeFolders: ['/app'] })
    assert.equal(calls.map(({ args }) => args), [['cp', '-', 'c1:/']])
    assert.equal(await read(calls[0]?.input), [
      'file app/a.py 600 10001:10002 6',
      'directory app/deep/ 755 10001:10002 0',
      'directory app/deep/er/ 755 10001:10002 0',
      'file app/deep/er/run.sh 755 10001:10002 10',
      'symlink app/link.py -> a.py 777 10001:10002 0',
    ])
  }))

test('what is no more is removed', () =>
  withFiles(async (folder) => {
    const calls: Call[] = []
    const files = [{ source: join(folder, 'gone.py'), target: '/app/gone.py' }, { source: folder, target: '/app/folder' }]
    await copyCode(recordDocker(calls), CONTAINER, { files, codeFolders: ['/app'] })
    assert.equal(calls.map(({ args }) => [...args.slice(0, 5), ...args.slice(6)]), [['exec', 'c1', 'python', '-I', '-c', '/app/gone.py', '/app/folder']])
  }))

test('a container that refuses is an error, in Docker\'s words', () =>
  withFiles(async (folder) => {
    const copying = copyCode(recordDocker([], 1), CONTAINER, { files: [{ source: join(folder, 'a.py'), target: '/app/a.py' }], codeFolders: ['/app'] })
    assert.is(await copying.then(() => '', (error: Error) => error.message), 'no such container')
  }))

test('nothing to copy asks nothing of Docker', async () => {
  const calls: Call[] = []
  await copyCode(recordDocker(calls), CONTAINER, { files: [], codeFolders: [] })
  assert.equal(calls, [])
})

test.run()
