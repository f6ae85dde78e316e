/** `mlstack validate`: diagnostics on standard output, in every format, and the exit status. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { inSandbox } from './run.ts'

test('what is wrong goes to standard output, and the status tells errors from warnings', inSandbox(async ({ put, run }) => {
  put('mlstack.yaml', 'odd')
  const odd = await run('validate')
  assert.equal([odd.status, odd.stderr], [0, ''])
  assert.match(odd.stdout, /^warning\[MLS9002\]: odd is warning\n.*mlstack\.yaml:1:1\n/)
  put('mlstack.yaml', 'odd\nbad')
  const bad = await run('validate')
  assert.equal([bad.status, bad.stderr], [1, ''])
  assert.match(bad.stdout, /error\[MLS9001\]: bad is error\n.*mlstack\.yaml:2:1\n/)
}))

test('all is well: a word for people, none for programs', inSandbox(async ({ put, run }) => {
  put('mlstack.yaml', 'fine')
  assert.equal(await run('validate'), { status: 0, stdout: '', stderr: 'mlstack.yaml: no problems found\n' })
  assert.equal(await run('validate', '-q'), { status: 0, stdout: '', stderr: '' })
  assert.equal(JSON.parse((await run('validate', '--format', 'json')).stdout).diagnostics, [])
}))

test('the formats', inSandbox(async ({ put, run }) => {
  put('mlstack.yaml', 'bad')
  const json = await run('validate', '--format', 'json')
  assert.is(json.status, 1)
  assert.is(JSON.parse(json.stdout).diagnostics[0].code, 'MLS9001')
  const sarif = JSON.parse((await run('validate', '--format=sarif')).stdout)
  assert.is(sarif.runs[0].tool.driver.version, '1.2.3')
  assert.match((await run('validate', '--format=github')).stdout, /^::error file=mlstack\.yaml,.*\n$/)
}))

test('--quiet leaves the errors', inSandbox(async ({ put, run }) => {
  put('mlstack.yaml', 'odd bad')
  const { status, stdout } = await run('validate', '--quiet')
  assert.is(status, 1)
  assert.match(stdout, 'MLS9001')
  assert.not.match(stdout, 'MLS9002')
}))

test('colour where it is wanted', inSandbox(async ({ put, run, runWith }) => {
  put('mlstack.yaml', 'bad')
  const isColored = (text: string) => text.includes('\u001b[')
  assert.not.ok(isColored((await run('validate')).stdout))
  assert.ok(isColored((await run('validate', '--color', 'always')).stdout))
  assert.ok(isColored((await runWith({ env: { FORCE_COLOR: '1' } }, 'validate')).stdout))
  assert.not.ok(isColored((await runWith({ env: { FORCE_COLOR: '1' } }, 'validate', '--color=never')).stdout))
}))

test('standard input', inSandbox(async ({ runWith, calls, folder }) => {
  const { status, stdout } = await runWith({ stdin: async () => Buffer.from('bad') }, 'validate', '-')
  assert.is(status, 1)
  assert.match(stdout, '<stdin>:1:1')
  assert.equal(calls, [{ name: '<stdin>', text: 'bad', folder, outputFolder: '.' }])
}))

test.run()
