/** `mlstack doctor`: which stack it looks at, both formats, the exit status, and logs from files and standard input. */
import { execPath } from 'node:process'
import { dirname } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { SAMPLE_PROJECT } from '../../../src/build/sample-project.ts'
import { loadCompiler } from '../../../src/cli/compiler.ts'
import { runDoctor } from '../../../src/cli/commands/doctor.ts'
import { inSandbox, outcomeOf, type Outcome, type Sandbox } from './run.ts'

/** A PATH without Docker and nvidia-smi, so that the outcome is that of a machine without them. */
const env = { PATH: dirname(execPath) }

async function* pieces(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text)
}

function runReal({ folder }: Sandbox, ...argv: readonly string[]): Promise<Outcome> {
  return outcomeOf(folder, { env: { PATH: '/nowhere' } }, (io) => runDoctor(argv, io, loadCompiler))
}

test('with a config, its needs are looked at; without Docker that fails, and the rest is skipped', inSandbox(async (sandbox) => {
  for (const [path, text] of Object.entries(SAMPLE_PROJECT)) sandbox.put(path, text)
  const { status, stdout, stderr } = await runReal(sandbox)
  assert.is(status, 1)
  assert.is(stderr, '')
  assert.match(stdout, /^failed {3}Docker: there is no docker command\n {9}why: .*\n {9}fix: install Docker Engine/)
  assert.match(stdout, /\nskipped {2}Docker Engine: Docker does not answer\n/)
  assert.match(stdout, /\n\d+ ok, \d+ warnings?, \d+ failed, \d+ skipped\n$/)
}))

test('JSON is one object, and tells which config it is about', inSandbox(async (sandbox) => {
  for (const [path, text] of Object.entries(SAMPLE_PROJECT)) sandbox.put(path, text)
  const report = JSON.parse((await runReal(sandbox, '--format', 'json')).stdout) as { version: number; config: string; checks: readonly { status: string; fix?: string }[]; summary: { failed: number } }
  assert.equal([report.version, report.config], [1, 'mlstack.yaml'])
  assert.is(report.summary.failed, report.checks.filter(({ status }) => status === 'failed').length)
  for (const { status, fix } of report.checks) assert.is(fix !== undefined, status === 'warning' || status === 'failed')
}))

test('without a config, and with a wrong one, the machine alone is looked at', inSandbox(async ({ run, put, runWith }) => {
  const none = await runWith({ env }, 'doctor', '--format', 'json')
  assert.match(none.stderr, /^there is no mlstack\.yaml here or in a folder above: only the machine is looked at\n$/)
  assert.is(JSON.parse(none.stdout).config, null)
  put('mlstack.yaml', 'bad')
  const wrong = await runWith({ env }, 'doctor')
  assert.match(wrong.stderr, /^mlstack\.yaml has errors, which mlstack validate shows: only the machine is looked at\n$/)
  assert.match(wrong.stdout, 'Host ports: there is no stack to look at')
  assert.is((await run('doctor', 'gone.yaml')).status, 2)
}))

test('a log is explained from standard input and from a file', inSandbox(async ({ run, runWith, put }) => {
  const log = 'one\ntrain-1 exited with code 137\n'
  const text = await runWith({ stdinPieces: () => pieces(log) }, 'doctor', '--explain')
  assert.is(text.status, 0)
  assert.match(text.stdout, /^line 2: train-1 exited with code 137\n {2}cause: .*\n {2}cure: {2}.*\n {2}seen: {2}.*\n$/)
  put('train.log', log)
  assert.equal(await run('doctor', '--explain', 'train.log'), text)
  const json = JSON.parse((await run('doctor', '--explain', '--format', 'json', 'train.log')).stdout)
  assert.equal([json.version, json.lines, json.symptoms[0].id, json.symptoms[0].line, json.symptoms[0].count], [1, 2, 'memory-killed', 2, 1])
}))

test('a log in which nothing is known says so', inSandbox(async ({ runWith, run, put }) => {
  const { status, stdout, stderr } = await runWith({ stdinPieces: () => pieces('all is well\n') }, 'doctor', '--explain')
  assert.equal([status, stdout], [1, ''])
  assert.match(stderr, /^nothing known in 1 line: \d+ errors are known/)
  assert.equal([(await run('doctor', '--explain', 'gone.log')).status, (await run('doctor', '--explain', '.')).status], [2, 2])
  put('empty.log', '')
  assert.match((await run('doctor', '--explain', 'empty.log')).stderr, 'nothing known in 0 lines')
}))

test('tokens and passwords of a log are not shown, and controls are', inSandbox(async ({ runWith }) => {
  const log = 'CERTIFICATE_VERIFY_FAILED https://ana:pa55word@host/ hf_abcdefghij1234 \u0007\n'
  const { stdout } = await runWith({ stdinPieces: () => pieces(log) }, 'doctor', '--explain')
  assert.not.match(stdout, /pa55word|abcdefghij|\u0007/)
}))

test.run()
