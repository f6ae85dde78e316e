/** The README's first command, run as it stands there in a fresh clone, ends with a prediction; .ci/run runs the second one. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { execa } from 'execa'
import * as assert from 'uvu/assert'
import { test } from 'uvu'
import { CLONE_COMMANDS, ROOT, TEN_LINES_EXAMPLE } from '../docs/pages.ts'
import { findFreePort, testOnEngine } from './engine.ts'

/** What no clone has. */
const NOT_CLONED: readonly string[] = ['.git', 'node_modules', 'dist', 'generated', '__pycache__']

/** What is committed; where this is no repository but the files of one, those. */
async function clone(folder: string): Promise<void> {
  const { failed } = await execa('git', ['clone', '--quiet', ROOT, folder], { reject: false })
  if (failed) cpSync(ROOT, folder, { recursive: true, filter: (path) => !NOT_CLONED.includes(basename(path)) })
}

testOnEngine('a clone goes from nothing to a prediction with one command', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mlstack-clone-'))
  const port = await findFreePort()
  const env = { SERVE_PORT: String(port), COMPOSE_PROJECT_NAME: `mlstack-e2e-${port}` }
  try {
    await clone(folder)
    const { exitCode, all } = await execa('sh', ['-c', CLONE_COMMANDS[0] ?? ''], { cwd: folder, env, all: true, reject: false })
    assert.is(exitCode, 0, all)
    assert.match(all, /\n=> \{"malignant":0\.9\d*\}\n/)
  } finally {
    await execa('docker', ['compose', 'down', '--volumes', '--timeout', '5'], { cwd: join(folder, 'examples', TEN_LINES_EXAMPLE?.name ?? ''), env, reject: false })
    rmSync(folder, { recursive: true, force: true })
  }
})

test.run()
