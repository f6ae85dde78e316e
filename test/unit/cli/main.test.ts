/** The way from the words of a command line to a command, and from its outcome to an exit status. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { reportFailure } from '../../../src/cli/exit.ts'
import { HELP, helpFor } from '../../../src/cli/help.ts'
import { inSandbox } from './run.ts'

test('help and version go to standard output', inSandbox(async ({ run, calls }) => {
  assert.equal(await run('--version'), { status: 0, stdout: '1.2.3\n', stderr: '' })
  for (const argv of [['--help'], ['-h'], ['help']]) assert.equal(await run(...argv), { status: 0, stdout: HELP, stderr: '' })
  for (const argv of [['help', 'compile'], ['compile', '--help'], ['compile', 'x.yaml', '-h', '--nonsense']]) {
    assert.equal(await run(...argv), { status: 0, stdout: helpFor('compile'), stderr: '' }, argv.join(' '))
  }
  assert.equal(calls, [])
}))

test('what follows -- asks for no help', inSandbox(async ({ run }) => {
  assert.equal(await run('validate', '--', '--help'), {
    status: 2,
    stdout: '',
    stderr: 'error: there is no file --help\n  = help: check the path, or leave it out to have mlstack.yaml found\n',
  })
}))

test('without a command: the help as an error', inSandbox(async ({ run }) => {
  assert.equal(await run(), { status: 2, stdout: '', stderr: HELP })
}))

test('unknown commands and options', inSandbox(async ({ run }) => {
  const refusals = [
    [['complie'], 'unknown command "complie"', 'did you mean mlstack compile?'],
    [['frobnicate'], 'unknown command "frobnicate"', 'see mlstack --help'],
    [['mlstack.yaml'], 'unknown command "mlstack.yaml"', 'say what to do with it: mlstack compile mlstack.yaml'],
    [['help', 'complie'], 'unknown command "complie"', 'did you mean mlstack compile?'],
    [['toString'], 'unknown command "toString"', 'see mlstack --help'],
    [['--hlep'], 'unknown option --hlep', 'did you mean --help?'],
    [['--quiet', 'compile'], 'unknown option --quiet', 'options come after a command: mlstack compile [FILE] [OPTIONS]'],
    [['schema', 'x'], '"x" is one word too many for mlstack schema', 'see mlstack schema --help'],
  ] as const
  for (const [argv, message, help] of refusals) {
    assert.equal(await run(...argv), { status: 2, stdout: '', stderr: `error: ${message}\n  = help: ${help}\n` })
  }
}))

test('schema prints the file, and says where it lacks', inSandbox(async ({ run, put }) => {
  const { status, stderr } = await run('schema')
  assert.is(status, 3)
  assert.match(stderr, /^error: cannot read .*mlstack\.schema\.json: /)
  put('mlstack.schema.json', '{ "é": 1 }\n')
  assert.equal(await run('schema'), { status: 0, stdout: '{ "é": 1 }\n', stderr: '' })
}))

test('a bug of ours is called one, with its stack', inSandbox(async ({ run, put }) => {
  put('mlstack.yaml', 'crash')
  const { status, stdout, stderr } = await run('compile')
  assert.equal([status, stdout], [3, ''])
  assert.match(stderr, /^error: mlstack 1\.2\.3 failed, and the fault is its own\n {2}= help: please report it, .*\nTypeError: no such thing\n {4}at /)
}))

test('whatever is thrown is told', () => {
  let told = ''
  const stderr = { write: (text: string) => (told += text) }
  assert.is(reportFailure('just words', { stderr, version: '1' }), 3)
  assert.match(told, /just words\n$/)
})

test.run()
