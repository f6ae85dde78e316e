/** `mlstack compile`: what is written, what is only shown, what is refused, and the exit status of each. */
import { existsSync, mkdirSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { missingProgram, testWithTool } from '../../machine.ts'
import { list, read } from '../write/folder.ts'
import { inSandbox, outputOf } from './run.ts'

const ONE = 'compose.yaml: one\n.mlstack/train.Dockerfile: FROM one\n'
const TWO = 'compose.yaml: two\n.mlstack/serve.Dockerfile: FROM one\n'
const CREATED = 'created compose.yaml\ncreated .mlstack/train.Dockerfile\ncreated .mlstack/manifest.json\n'

test('files are written and listed; again, they are unchanged', inSandbox(async ({ put, run, folder }) => {
  put('mlstack.yaml', ONE)
  assert.equal(await run('compile'), { status: 0, stdout: CREATED, stderr: '' })
  assert.is(read(folder, 'compose.yaml'), outputOf('compose.yaml', 'one\n').text)
  assert.equal(await run('compile'), { status: 0, stdout: '3 files unchanged\n', stderr: '' })
  put('mlstack.yaml', TWO)
  assert.equal(await run('compile'), {
    status: 0,
    stdout: 'updated compose.yaml\ncreated .mlstack/serve.Dockerfile\nupdated .mlstack/manifest.json\nremoved .mlstack/train.Dockerfile\n',
    stderr: '',
  })
  assert.equal(list(folder), ['.mlstack/', '.mlstack/manifest.json', '.mlstack/serve.Dockerfile', 'compose.yaml', 'mlstack.yaml'])
}))

test('warnings go to standard error, and all is written', inSandbox(async ({ put, run }) => {
  put('mlstack.yaml', `${ONE}odd\n`)
  const { status, stdout, stderr } = await run('compile')
  assert.equal([status, stdout], [0, CREATED])
  assert.match(stderr, /^warning\[MLS9002\]: odd is warning\n/)
}))

test('errors go to standard error, and nothing is written', inSandbox(async ({ put, run, folder }) => {
  put('mlstack.yaml', `${ONE}bad\n`)
  for (const option of ['--force', '--check', '--diff', '--dry-run', '--emit=plan', '--quiet']) {
    const { status, stdout, stderr } = await run('compile', option)
    assert.equal([status, stdout], [1, ''], option)
    assert.match(stderr, /^error\[MLS9001\]: bad is error\n/)
  }
  assert.equal(list(folder), ['mlstack.yaml'])
}))

test('--quiet', inSandbox(async ({ put, run, folder }) => {
  put('mlstack.yaml', `${ONE}odd\n`)
  assert.equal(await run('compile', '--quiet'), { status: 0, stdout: '', stderr: '' })
  assert.ok(existsSync(join(folder, 'compose.yaml')))
}))

test('--format is for standard error; JSON is one object with the outputs\' diagnostics in it', inSandbox(async ({ put, run }) => {
  put('mlstack.yaml', `${ONE}odd\n`)
  put('compose.yaml', 'mine\n')
  const { status, stdout, stderr } = await run('compile', '--format', 'json')
  assert.equal([status, stdout], [1, ''])
  assert.equal(JSON.parse(stderr).diagnostics.map(({ code }: { code: string }) => code), ['MLS9002', 'MLS5001'])
}))

test('--dry-run lists and writes nothing', inSandbox(async ({ put, run, folder }) => {
  put('mlstack.yaml', ONE)
  const planned = 'would create compose.yaml\nwould create .mlstack/train.Dockerfile\nwould create .mlstack/manifest.json\n'
  assert.equal(await run('compile', '--dry-run'), { status: 0, stdout: planned, stderr: '' })
  assert.equal(list(folder), ['mlstack.yaml'])
  await run('compile')
  put('mlstack.yaml', 'compose.yaml: one\n')
  assert.equal(await run('compile', '--dry-run'), {
    status: 0,
    stdout: 'would update .mlstack/manifest.json\nwould remove .mlstack/train.Dockerfile\n1 file unchanged\n',
    stderr: '',
  })
  put('compose.yaml', 'mine\n')
  assert.equal(await run('compile', '--dry-run'), { status: 0, stdout: 'would not touch compose.yaml (edited by hand)\nso nothing would be written\n', stderr: '' })
  assert.match((await run('compile', '--dry-run', '--force')).stdout, /^would update compose\.yaml\n/)
  assert.is(read(folder, 'compose.yaml'), 'mine\n')
}))

testWithTool(missingProgram('git'), '--diff is what git applies, with 0, also where a compile would refuse', inSandbox(async ({ put, run, folder }) => {
  put('mlstack.yaml', ONE)
  await run('compile')
  assert.equal(await run('compile', '--diff'), { status: 0, stdout: '', stderr: '' })
  put('compose.yaml', 'mine\n')
  put('mlstack.yaml', TWO)
  const { status, stdout, stderr } = await run('compile', '--diff', '--dry-run')
  assert.equal([status, stderr], [0, ''])
  assert.match(stdout, /^--- a\/compose\.yaml\n\+\+\+ b\/compose\.yaml\n.*\n-mine\n/)
  assert.is(read(folder, 'compose.yaml'), 'mine\n')
  assert.is(spawnSync('git', ['apply'], { cwd: folder, input: stdout, encoding: 'utf8' }).stderr, '')
  assert.equal(await run('compile', '--check'), { status: 0, stdout: '', stderr: '' })
}))

test('--check tells every difference with 1, and writes nothing', inSandbox(async ({ put, run, folder }) => {
  put('mlstack.yaml', ONE)
  const missing = await run('compile', '--check')
  assert.equal([missing.status, missing.stdout], [1, ''])
  assert.equal(missing.stderr.match(/MLS5003\]: .*/g), [
    'MLS5003]: compose.yaml is missing',
    'MLS5003]: .mlstack/train.Dockerfile is missing',
    'MLS5003]: .mlstack/manifest.json is missing',
  ])
  assert.equal(list(folder), ['mlstack.yaml'])
  await run('compile')
  assert.equal(await run('compile', '--check'), { status: 0, stdout: '', stderr: '' })
  put('compose.yaml', `${read(folder, 'compose.yaml')}# mine\n`)
  const edited = await run('compile', '--check', '--quiet', '--diff')
  assert.is(edited.status, 1)
  assert.match(edited.stderr, 'MLS5003]: compose.yaml was edited by hand')
  assert.match(edited.stdout, '\n-# mine\n')
  put('mlstack.yaml', `${ONE}odd\n`)
  rmSync(join(folder, 'compose.yaml'))
  assert.is((await run('compile')).status, 0)
  assert.is((await run('compile', '--check')).status, 0)
}))

test('where a person\'s file is in the way, nothing at all is written; --force goes ahead', inSandbox(async ({ put, run, folder }) => {
  put('mlstack.yaml', ONE)
  put('compose.yaml', 'mine\n')
  const { status, stdout, stderr } = await run('compile')
  assert.equal([status, stdout], [1, ''])
  assert.match(stderr, /^error\[MLS5001\]: compose\.yaml was not made by mlstack, and is not overwritten\n.*compose\.yaml:1:1\n.*= help: keep it: compose_file: compose\.mlstack\.yaml in the config, and include: \[compose\.mlstack\.yaml\] at the top of compose\.yaml\n/)
  assert.equal(list(folder), ['compose.yaml', 'mlstack.yaml'])
  assert.is((await run('compile', '--force')).stdout, CREATED.replace('created', 'updated'))
  assert.is(read(folder, 'compose.yaml'), outputOf('compose.yaml', 'one\n').text)
}))

test('--force still refuses what only a person should move', inSandbox(async ({ put, run, folder }) => {
  put('mlstack.yaml', ONE)
  mkdirSync(join(folder, 'compose.yaml'))
  const { status, stderr } = await run('compile', '--force')
  assert.is(status, 1)
  assert.match(stderr, 'MLS5001')
  assert.equal(list(folder), ['compose.yaml/', 'mlstack.yaml'])
}))

test('a config that is also an output is not overwritten, not even with --force', inSandbox(async ({ put, run, folder }) => {
  put('compose.yaml', ONE)
  for (const argv of [['compose.yaml'], ['./compose.yaml', '--force'], [join(folder, 'compose.yaml'), '-o', '.']]) {
    const { status, stderr } = await run('compile', ...argv)
    assert.is(status, 2)
    assert.match(stderr, /compose\.yaml is both the config and a file that mlstack writes\n.*rename it/)
  }
  assert.is(read(folder, 'compose.yaml'), ONE)
  assert.is((await run('compile', 'compose.yaml', '-o', 'out')).status, 0)
}))

test('-o writes elsewhere, into a folder that is made, and the compiler knows where', inSandbox(async ({ put, run, runWith, folder, calls }) => {
  put('conf/mlstack.yaml', ONE)
  assert.is((await run('compile', 'conf/mlstack.yaml', '-o', 'out/deep')).stdout, CREATED.replaceAll('created ', 'created out/deep/'))
  assert.is((await runWith({ cwd: join(folder, 'conf') }, 'compile', '-o', '../out/deep')).stdout, '3 files unchanged\n')
  assert.is((await run('compile', 'conf/mlstack.yaml', '--output=conf')).stdout, CREATED.replaceAll('created ', 'created conf/'))
  assert.is((await run('compile', 'conf/mlstack.yaml', '-o', '.')).status, 0)
  assert.equal(calls.map(({ outputFolder }) => outputFolder), ['../out/deep', '../out/deep', '.', '..'])
  assert.equal(calls.map(({ name }) => name), ['conf/mlstack.yaml', 'mlstack.yaml', 'conf/mlstack.yaml', 'conf/mlstack.yaml'])
  assert.ok(calls.every((call) => call.folder === join(folder, 'conf')))
}))

test('without -o the outputs lie beside the config, also from a folder below it', inSandbox(async ({ put, runWith, folder }) => {
  put('mlstack.yaml', ONE)
  mkdirSync(join(folder, 'a/b'), { recursive: true })
  const { stdout } = await runWith({ cwd: join(folder, 'a/b') }, 'compile')
  assert.is(stdout, CREATED.replaceAll('created ', 'created ../../'))
  assert.ok(existsSync(join(folder, 'compose.yaml')))
}))

test('-o with something else than a folder is a wrong command line; a link to one is fine', inSandbox(async ({ put, run, folder }) => {
  put('mlstack.yaml', ONE)
  put('file', 'mine\n')
  for (const path of ['file', 'file/below']) {
    const { status, stderr } = await run('compile', '-o', path)
    assert.is(status, 2)
    assert.match(stderr, `the output folder ${path} is not a folder`)
  }
  mkdirSync(join(folder, 'real'))
  symlinkSync('real', join(folder, 'link'))
  assert.is((await run('compile', '-o', 'link')).status, 0)
  assert.ok(existsSync(join(folder, 'real/compose.yaml')))
}))

test('standard input is compiled as if it lay in the working folder', inSandbox(async ({ runWith, folder, calls }) => {
  const { status, stdout } = await runWith({ stdin: () => Buffer.from(ONE) }, 'compile', '-')
  assert.equal([status, stdout], [0, CREATED])
  assert.equal(calls, [{ name: '<stdin>', text: ONE, folder, outputFolder: '.' }])
  assert.ok(statSync(join(folder, 'compose.yaml')).isFile())
}))

test('--emit plan prints the plan and writes nothing', inSandbox(async ({ put, run, folder }) => {
  put('mlstack.yaml', `${ONE}odd\n`)
  const { status, stdout, stderr } = await run('compile', '--emit', 'plan')
  assert.equal([status, JSON.parse(stdout)], [0, { project: 'pretended', folders: [], tokenFiles: [], editedFolders: [] }])
  assert.match(stderr, 'MLS9002')
  assert.equal(list(folder), ['mlstack.yaml'])
}))

test('a compose file that Compose will no longer read gets a warning', inSandbox(async ({ put, run }) => {
  put('mlstack.yaml', ONE)
  put('docker-compose.yml', '')
  const { status, stdout, stderr } = await run('compile')
  assert.equal([status, stdout], [0, CREATED])
  assert.equal(stderr.match(/^(error|warning).*/gm)?.length, 1)
  assert.match(stderr, /^warning\[.*docker-compose\.yml/)
}))

test('options that contradict each other or are not there yet', inSandbox(async ({ put, run, calls }) => {
  put('mlstack.yaml', ONE)
  const refusals = [
    [['--check', '--force'], '--check and --force do not go together'],
    [['--emit', 'plan', '--diff'], '--emit and --diff do not go together'],
    [['--target', 'kubernetes'], '--target kubernetes is not supported yet'],
    [['--target', 'swarm'], '--target cannot be "swarm"'],
    [['--emit', 'x'], '--emit cannot be "x"'],
  ] as const
  for (const [argv, message] of refusals) {
    const { status, stdout, stderr } = await run('compile', ...argv)
    assert.equal([status, stdout], [2, ''], message)
    assert.match(stderr, `error: ${message}\n`)
  }
  assert.equal(calls, [])
  assert.is((await run('compile', '--target', 'compose')).status, 0)
}))

test.run()
