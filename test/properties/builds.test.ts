/** What holds for every combination of `build`, `python`, `code` and `secrets`, whether it is allowed or not. */
import fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { stringify } from 'yaml'
import { compile } from '../../src/compile.ts'
import { createMemoryProject } from '../../src/project/memory-project.ts'
import { findComposeProblems, findDockerfileProblems } from '../golden/lint.ts'
import { runs } from './runs.ts'

const project = createMemoryProject({
  'train.py': '',
  'serve.py': '',
  Dockerfile: 'FROM python:3.11 AS a\nFROM a AS b\nCOPY . /x\n',
  'ca.pem': '-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----\n',
  'r.txt': 'numpy\npandas>=2\n-e ./lib\n',
  'c.txt': 'numpy<3\n',
  'lib/pyproject.toml': '[project]\nname = "lib"\nversion = "1"\ndependencies = ["rich"]\n',
  'keys/a': 'x',
  '../other/b.py': '',
})

/** Values that are no good anywhere, or hardly. */
const odd = fc.constantFrom<unknown>(null, '', -1, 1.5, true, [], {}, [null], [''], { a: 1 }, ['x', 'x'], '$X', '${', '$$', '../..', 'é', 'a\nb', '#', '"', "'", '\\', 'a b')

type Choices = Readonly<Record<string, fc.Arbitrary<unknown>>>

/** Some of the keys, and now and then one with a value that it does not take. */
const mapping = (choices: Choices, oddity: number, requiredKeys: readonly string[] = []) => {
  const orOdd = (value: fc.Arbitrary<unknown>) => (oddity === 0 ? value : fc.oneof({ weight: 100 - oddity, arbitrary: value }, { weight: oddity, arbitrary: odd }))
  return fc.record(Object.fromEntries(Object.entries(choices).map(([key, value]) => [key, orOdd(value)])), { requiredKeys: [...requiredKeys] })
}

const commands = fc.oneof(
  fc.constantFrom('echo "$FOO" \'b\'', 'make -C native', '#!/usr/bin/env python3\nprint(1)', 'cat <<EOF\nhello\nEOF', 'RUN\n', 'a \\\nb', '  x', 'MLSTACK', 'STEP\nRUN'),
  fc.string({ maxLength: 30 }).map((text) => `echo ${text}`),
)

function configs(oddity: number) {
  const step = mapping({ command: commands, secrets: fc.subarray(['A', 'B']), user: fc.constantFrom('root', '1000'), after: fc.constantFrom('system', 'packages', 'code') }, oddity, ['command'])
  const build = {
    from: fc.constantFrom('python:3.11-slim', 'python:3.11'),
    run: fc.array(fc.oneof(commands, step), { maxLength: 3 }),
    ignore: fc.array(fc.constantFrom('*.csv', '!x', '**/y', 'a b', '#x'), { maxLength: 3 }),
    args: fc.dictionary(fc.constantFrom('FOO', 'PIP_INDEX_URL', 'HTTPS_PROXY', 'no_proxy', 'BAR'), fc.oneof(fc.string({ maxLength: 12 }).map((text) => `v${text.replaceAll('$', '')}`), fc.constant(null), fc.integer()), { maxKeys: 3 }),
    ssh: fc.constantFrom<unknown>(['default'], { default: null, key: './keys/a' }),
    secrets: fc.subarray(['A', 'B', 'C']),
    network: fc.constantFrom('host', 'none'),
    platforms: fc.subarray(['linux/amd64', 'linux/arm64'], { minLength: 1 }),
    cache_from: fc.constant(['type=gha']),
    tags: fc.constantFrom(['x:1'], ['r.example:5000/x:${T:-1}']),
    user: fc.constantFrom<unknown>(1000, '1:2', 'root'),
    ca: fc.constant('./ca.pem'),
    max_image_size: fc.constantFrom('1GB', '100GB'),
  }
  const ofDockerfile = mapping({ dockerfile: fc.constant('./Dockerfile'), target: fc.constantFrom('a', 'b', '0'), args: build.args, secrets: build.secrets, ssh: build.ssh, tags: build.tags, user: fc.constantFrom('app', '1:2') }, oddity, ['dockerfile'])
  const index = mapping({ url: fc.constantFrom('https://a.example/s', 'http://b.example/s'), secret: fc.constantFrom('A', 'LOGIN'), packages: fc.constantFrom(['rich'], ['acme-*']) }, oddity, ['url'])
  const python = { version: fc.constantFrom<unknown>('3.11', 3.11), requirements: fc.constantFrom<unknown>('r.txt', ['r.txt']), packages: fc.subarray(['rich', 'numpy>=1', 'acme-x']), constraints: fc.constant('c.txt'), index, installer: fc.constantFrom('uv', 'pip') }
  const secret = fc.oneof(mapping({ file: fc.constant('./keys/a'), for: fc.subarray(['train', 'serve', 'build']), as: fc.constantFrom('env', 'file') }, oddity), mapping({ environment: fc.constantFrom('A', 'Q') }, oddity))
  const all = {
    name: fc.constant('case'),
    framework: fc.constantFrom('python', 'scikit-learn', 'pytorch==2.8.0'),
    train: fc.constantFrom<unknown>('train.py', { command: 'train.py', secrets: ['A'] }),
    serve: fc.constantFrom<unknown>('serve.py', { command: 'serve.py', secrets: ['B'] }),
    code: fc.constantFrom<unknown>('.', ['.', './lib'], ['.', '../other'], { paths: ['.'], workdir: '/srv/app', install: true }),
    secrets: fc.oneof(fc.subarray(['A', 'B', 'C']), fc.dictionary(fc.constantFrom('A', 'B', 'LOGIN'), secret, { maxKeys: 3 })),
  }
  return fc.oneof(
    mapping({ ...all, build: mapping(build, oddity), python: mapping(python, oddity), system: fc.subarray(['git', 'ffmpeg']) }, oddity, ['name', 'framework', 'train']),
    mapping({ ...all, build: ofDockerfile }, oddity, ['name', 'framework', 'train', 'build']),
  )
}

const compileConfig = (config: unknown) => compile({ name: 'mlstack.yaml', bytes: new TextEncoder().encode(stringify(config)) }, project, { outputFolder: '.' })

test('what is wrong is told, and nothing throws', () => {
  fc.assert(fc.property(configs(10), (config) => {
    const { diagnostics, hasErrors, files } = compileConfig(config)
    assert.is(hasErrors, diagnostics.some(({ severity }) => severity === 'error'))
    if (hasErrors) assert.equal(files, [])
  }), runs(300))
})

test('what is allowed compiles to files without findings', () => {
  let [tried, compiled] = [0, 0]
  fc.assert(fc.property(configs(0), (config) => {
    const { hasErrors, files } = compileConfig(config)
    tried += 1
    if (!hasErrors) compiled += 1
    for (const { path, text } of files) {
      if (path === 'compose.yaml') assert.equal(findComposeProblems(text), [], text)
      if (path.endsWith('.Dockerfile')) assert.equal(findDockerfileProblems(text), [], text)
    }
  }), runs(300))
  assert.ok(compiled > tried / 10, `only ${compiled} of ${tried} configs were allowed`)
})

test.run()
