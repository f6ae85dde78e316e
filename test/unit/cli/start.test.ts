/** The program in a process of its own: what only a process can show. */
import { spawnSync, type SpawnSyncOptions } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import packageJson from '../../../package.json' with { type: 'json' }
import { inSandbox } from './run.ts'

const START = join(import.meta.dirname, '../../../src/cli/start.ts')
const ARGUMENTS = ['--import', import.meta.resolve('tsx'), START]

function start(argv: readonly string[], options: SpawnSyncOptions = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...ARGUMENTS, ...argv], { ...options, encoding: 'utf8' })
  return { status, stdout, stderr }
}

test('the version is that of the package', () => {
  assert.equal(start(['--version']), { status: 0, stdout: `${packageJson.version}\n`, stderr: '' })
})

test('the exit status comes through', inSandbox(async ({ folder }) => {
  const { status, stdout, stderr } = start(['validate'], { cwd: folder })
  assert.equal([status, stdout], [2, ''])
  assert.match(stderr, /^error: there is no mlstack\.yaml here or in a folder above\n/)
}))

test('a reader that has gone is no failure', () => {
  const command = [process.execPath, ...ARGUMENTS, '--help'].map((word) => `'${word}'`).join(' ')
  const { stdout, stderr } = spawnSync('sh', ['-c', `{ sleep 0.1; ${command}; echo "status $?" >&2; } | true`], { encoding: 'utf8' })
  assert.equal({ stdout, stderr }, { stdout: '', stderr: 'status 0\n' })
})

test.run()
