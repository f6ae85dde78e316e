/** What a pyproject.toml or a uv.lock decides, which of them is read, and what of them is installed. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { resolve, resolveQuietly, textOf, type Files } from './setup.ts'

const listing = (...dependencies: readonly string[]) => `[project]\nname = "x"\ndependencies = [${dependencies.map((each) => `"${each}"`).join(', ')}]\n`
const project = (...dependencies: readonly string[]): Files => ({ 'pyproject.toml': listing(...dependencies) })

const REGISTRY = 'source = { registry = "https://packages.example/simple" }'
const HASHES = 'wheels = [\n    { url = "https://files.example/a-1-py3-none-any.whl", hash = "sha256:11" },\n    { url = "https://files.example/a-1-cp311-cp311-manylinux_2_28_x86_64.whl", hash = "sha256:22" },\n    { url = "https://files.example/a-1-cp312-cp312-manylinux_2_28_x86_64.whl", hash = "sha256:33" },\n    { url = "https://files.example/a-1-cp311-cp311-win_amd64.whl", hash = "sha256:44" },\n]\n'
const locked = (name: string, version: string, rest = HASHES) => `[[package]]\nname = "${name}"\nversion = "${version}"\n${REGISTRY}\n${rest}\n`
const rootOf = (names: readonly string[]) => `[[package]]\nname = "x"\nversion = "0"\nsource = { virtual = "." }\ndependencies = [${names.map((name) => `{ name = "${name}" }`).join(', ')}]\n`
const lock = (names: readonly string[], ...packages: readonly string[]): Files => ({ 'pyproject.toml': listing(...names), 'uv.lock': `version = 1\nrequires-python = ">=3.9"\n\n${packages.join('')}${rootOf(names)}` })

test('a project file decides the version where the framework gives none, and makes a framework of what it names', () => {
  assert.is(resolveQuietly('framework: pytorch', project('torch>=2.4,<2.5')).framework?.version, '2.4.1')
  assert.is(resolveQuietly('framework: python', project('torch==2.4.1')).framework?.title, 'PyTorch')
  assert.is(resolveQuietly('framework: pytorch', lock(['torch'], locked('torch', '2.4.1'))).framework?.version, '2.4.1')
})

test('a lock goes before a project file, and that before requirements', () => {
  const all = { ...lock(['pandas'], locked('pandas', '2.2.3')), 'requirements.txt': 'polars\n' }
  const unlocked = { ...project('pandas'), 'requirements.txt': 'polars\n' }
  const pathOf = (files: Files, config = 'framework: python') => resolve(config, files).environment?.requirements.map(({ path }) => path)
  assert.equal(pathOf(all), ['uv.lock'])
  assert.equal(pathOf(unlocked), ['pyproject.toml'])
  assert.equal(pathOf(all, 'framework: python\npython: {requirements: requirements.txt}'), ['requirements.txt'])
  assert.equal(pathOf(all, 'framework: python\npython: {requirements: pyproject.toml}'), ['pyproject.toml'])
  assert.equal(pathOf(all, 'framework: python\npython: {requirements: [uv.lock, requirements.txt]}'), ['uv.lock', 'requirements.txt'])
  assert.equal(pathOf(all, 'framework: python\npython: {requirements: []}'), [])
  assert.equal(pathOf({ 'pyproject.toml': '[tool.ruff]\n', 'requirements.txt': 'polars\n' }), ['requirements.txt'])
  assert.equal(pathOf({ 'pyproject.toml': '[project]\ndynamic = ["dependencies"]\n', 'requirements.txt': 'polars\n' }), ['requirements.txt'])
})

test('what is passed over is said, unless the config chooses', () => {
  const files = { ...project('pandas'), 'requirements.txt': 'polars\n' }
  assert.equal(resolve('framework: python', files).diagnostics.map(({ code, severity, message }) => [code, severity, message]), [['MLS4013', 'note', 'requirements.txt is not installed, since pyproject.toml goes before it']])
  resolveQuietly('framework: python\npython: {requirements: pyproject.toml}', files)
})

test('dynamic dependencies come from the files that setuptools reads, else they are warned of', () => {
  const dynamic = '[project]\nname = "x"\ndynamic = ["dependencies"]\n'
  const files = { 'lib/pyproject.toml': `${dynamic}[tool.setuptools.dynamic]\ndependencies = { file = "base.txt" }\n`, 'lib/base.txt': 'pandas\n' }
  assert.equal(resolveQuietly('framework: python\npython: {requirements: lib/pyproject.toml}', files).requirements.map(({ path }) => path), ['lib/base.txt'])
  assert.equal(resolve('framework: python', { 'pyproject.toml': dynamic }).problems, ['MLS2013 at "dependencies"'])
  assert.equal(resolve('framework: python\npython: {requirements: pyproject.toml}', { 'pyproject.toml': dynamic }).problems, ['MLS2013 at "dependencies"'])
})

test('the copy names the table, and leaves out what the framework brings', () => {
  const [file] = resolveQuietly('framework: pytorch', project('torch==2.4.1+cpu', 'pandas>=2', 'annoy')).requirements
  assert.is(file?.rewritten, '# From [project] dependencies of pyproject.toml.\npandas>=2\n')
  assert.equal(file?.compiled, ['annoy'])
  assert.equal(resolveQuietly('framework: pytorch', project('torch==2.4.1+cpu')).requirements, [])
})

test('a lock is installed with the hashes of this Python on Linux, and nothing that pip adds', () => {
  const [file] = resolveQuietly('framework: python', lock(['a'], locked('a', '1'))).requirements
  assert.is(file?.rewritten, '# From uv.lock, for Python 3.11.\na==1 \\\n    --hash=sha256:11 \\\n    --hash=sha256:22\n')
  assert.equal([file?.isHashed, file?.isLocked], [true, true])
  assert.match(resolveQuietly('framework: python\npython: "3.12"', lock(['a'], locked('a', '1'))).requirements[0]?.rewritten ?? '', 'sha256:33')
})

test('without a hash for all there is none for any', () => {
  const [file] = resolveQuietly('framework: python', lock(['a', 'b'], locked('a', '1'), locked('b', '1', ''))).requirements
  assert.is(file?.rewritten, '# From uv.lock, for Python 3.11.\na==1\nb==1\n')
  const direct = '[[package]]\nname = "g"\nversion = "1"\nsource = { git = "https://git.example/g?rev=main#0a1b" }\n\n'
  const [mixed] = resolveQuietly('framework: python', lock(['a', 'g'], locked('a', '1'), direct)).requirements
  assert.equal([mixed?.isHashed, mixed?.compiled], [false, ['g @ git+https://git.example/g@0a1b']])
})

test('the framework of a lock comes from its own layer, whatever index it was locked from', () => {
  const cuda = locked('nvidia-cublas-cu12', '12.8.4.1') + locked('triton', '3.0.0')
  const torch = locked('torch', '2.4.1+cu121', 'dependencies = [{ name = "nvidia-cublas-cu12" }, { name = "triton" }, { name = "sympy" }]\n')
  const files = lock(['lightning', 'torchvision'], locked('lightning', '2.5.0', `dependencies = [{ name = "torch" }]\n${HASHES}`), cuda, locked('sympy', '1.14.0'), torch, locked('torchvision', '0.19.1+cu121'))
  for (const gpu of ['', '\ngpu: true']) {
    const { framework, requirements } = resolveQuietly(`framework: python${gpu}`, files)
    assert.is(framework?.version, '2.4.1')
    assert.match(framework?.requirements.join() ?? '', 'torchvision==0.19.1')
    assert.equal(requirements[0]?.rewritten?.split('\n').filter((line) => /^\w/.test(line)), ['lightning==2.5.0 \\', 'sympy==1.14.0 \\'])
  }
})

test('a lock is read for the Python that is chosen in the end', () => {
  const fork = (version: string, marker: string) => locked('a', version, `resolution-markers = ["${marker}"]\n`)
  const dependencies = `{ name = "a", version = "1", marker = "python_full_version < '3.10'" }, { name = "a", version = "2", marker = "python_full_version >= '3.10'" }, { name = "torch" }`
  const root = `[[package]]\nname = "x"\nversion = "0"\nsource = { virtual = "." }\ndependencies = [${dependencies}]\n`
  const text = `version = 1\nrequires-python = ">=3.9"\n${fork('1', "python_full_version < '3.10'")}${fork('2', "python_full_version >= '3.10'")}${locked('torch', '1.12.1')}${root}`
  const { pythonVersion, requirements } = resolveQuietly('framework: pytorch', { 'pyproject.toml': listing('a', 'torch'), 'uv.lock': text })
  assert.is(pythonVersion, '3.10')
  assert.is(requirements[0]?.rewritten, '# From uv.lock, for Python 3.10.\na==2\n')
})

test('a stale lock is told of, at what it does not hold', () => {
  const files = { ...lock(['a', 'b'], locked('a', '1'), locked('b', '1')), 'pyproject.toml': listing('a>=2', 'b', 'c', "d ; sys_platform == 'win32'") }
  const { diagnostics, problems } = resolve('framework: python', files)
  assert.equal(problems, ['MLS4010 at "a>=2"', 'MLS4010 at "c"'])
  assert.equal(diagnostics.map(({ message, help }) => [message, help]), [['uv.lock holds a 1, which is not `a>=2`', 'run: uv lock'], ['`c` is not in uv.lock, so it is not installed', 'run: uv lock']])
})

test('a lock that cannot be used gives way to the project file', () => {
  const later = { ...project('pandas'), 'uv.lock': 'version = 2\n' }
  const { problems, environment, diagnostics } = resolve('framework: python', later)
  assert.equal(problems, ['MLS4014 at 2'])
  assert.is(diagnostics[0]?.message, 'uv.lock is of version 2, and only version 1 is known, so pyproject.toml is read instead')
  assert.equal(environment?.requirements.map(({ path }) => path), ['pyproject.toml'])
  assert.equal(resolve('framework: python', { ...project('pandas'), 'uv.lock': 'version = 1\n' }).problems, ['MLS4014 at 1'])
  assert.equal(resolve('framework: python', { ...project('pandas'), 'uv.lock': '<<<<<<< HEAD\n' }).problems, ['MLS4009 at <'])
})

test('a folder that a lock or a project names is code, whose dependencies are installed', () => {
  const member = `[[package]]\nname = "lib"\nversion = "1"\nsource = { editable = "libs/lib" }\ndependencies = [{ name = "a" }]\n\n`
  const files = { ...lock(['lib'], locked('a', '1'), member), 'libs/lib/pyproject.toml': '[project]\nname = "lib"\ndependencies = ["a", "b"]\n' }
  // A lock has all of it.
  assert.match(resolveQuietly('framework: python', files).requirements[0]?.rewritten ?? '', /^a==1 /m)
  assert.not.match(resolveQuietly('framework: python', files).requirements[0]?.rewritten ?? '', /^b/m)
  assert.equal(resolve('framework: python', { ...files, 'libs/lib/pyproject.toml': '[tool.x]\n' }).problems, [])
  const source = { 'pyproject.toml': `${listing('pandas', 'lib')}[tool.uv.sources]\nlib = { path = "../lib" }\n` }
  assert.equal(resolve('framework: python', source).problems, ['MLS4044 at { path = "../lib" }'])
  assert.match(resolveQuietly('framework: python', { ...source, '../lib/pyproject.toml': listing('idna') }).requirements[0]?.rewritten ?? '', /pandas\nidna\n$/)
})

test('the lock of a workspace is read for the member that is built', () => {
  const member = (name: string, folder: string, dependency: string) => `[[package]]\nname = "${name}"\nversion = "1"\nsource = { editable = "${folder}" }\ndependencies = [{ name = "${dependency}" }]\n\n`
  const files = { 'pyproject.toml': '[project]\nname = "one"\ndependencies = ["a"]\n', '../uv.lock': `version = 1\nrequires-python = ">=3.10"\n\n${member('one', 'project', 'a')}${member('two', 'other', 'b')}${locked('a', '1')}${locked('b', '1')}` }
  const text = resolveQuietly('framework: python\npython: { requirements: ../uv.lock }', files).requirements[0]?.rewritten ?? ''
  assert.match(text, /^a==1 /m)
  assert.not.match(text, /^b==1 /m)
})

test('an index of the project is noted, without its credential, but for frameworks', () => {
  const index = '[[tool.uv.index]]\nname = "own"\nurl = "https://me:hunter2@wheels.example/cpu"\n[tool.uv.sources]\na = { index = "own" }\ntorch = { index = "own" }\n'
  const { diagnostics } = resolve('framework: python', { 'pyproject.toml': `${listing('a', 'torch')}${index}` })
  assert.equal(diagnostics.map(({ code }) => code), ['MLS4012'])
  assert.is(diagnostics[0]?.help, 'in the shell that builds: export PIP_EXTRA_INDEX_URL=https://wheels.example/cpu')
  const own = lock(['a'], locked('a', '1').replace('packages.example/simple', 'wheels.example/cpu'))
  const registry = '[[tool.uv.index]]\nname = "own"\nurl = "https://wheels.example/cpu/"\n'
  assert.equal(resolve('framework: python', { ...own, 'pyproject.toml': `${listing('a')}${registry}` }).diagnostics.map(({ code, message }) => [code, message]), [['MLS4012', 'the index `own`, which `a` is taken from, has to be named when the image is built']])
})

const requiring = (range: string): Files => ({ 'pyproject.toml': `[project]\nrequires-python = "${range}"\ndependencies = ["pandas"]\n` })

test('requires-python limits the choice', () => {
  assert.is(resolveQuietly('framework: python', requiring('>=3.9')).pythonVersion, '3.11')
  assert.is(resolveQuietly('framework: python', requiring('>=3.12,<3.14')).pythonVersion, '3.13')
  assert.is(resolveQuietly('framework: pytorch==2.4.1', requiring('>=3.12')).pythonVersion, '3.12')
  assert.is(resolveQuietly('framework: python', requiring('<3.11')).pythonVersion, '3.10')
  assert.match(resolveQuietly('framework: python', requiring('>=3.12')).baseImageReason, "the newest in the project's `>=3.12`")
})

test('requires-python is held against the Python of the config', () => {
  const { diagnostics, problems } = resolve('framework: python\npython: "3.14"', requiring('>=3.9,<3.13'))
  assert.equal(problems, ['MLS4011 at "3.14"'])
  assert.equal(diagnostics[0]?.related.map(({ span }) => textOf(span)), ['">=3.9,<3.13"'])
  assert.equal(diagnostics[0]?.fix?.edits.map(({ text }) => text), ['"3.12"'])
  resolveQuietly('framework: python\npython: 3.11.4', requiring('>=3.11.2'))
  assert.equal(resolve('framework: python\npython: 3.11.1', requiring('>=3.11.2')).problems, ['MLS4011 at 3.11.1'])
  assert.equal(resolve('framework: pytorch==2.4.1', requiring('>=3.13')).problems, ['MLS4011 at ">=3.13"'])
})

test('a project file that is named and not there is marked where it is named', () => {
  assert.equal(resolve('framework: python\npython: {requirements: pyproject.toml}').problems, ['MLS4003 at pyproject.toml'])
  assert.equal(resolve('framework: python\npython: {requirements: uv.lokc}', lock([])).diagnostics[0]?.help, 'did you mean `uv.lock`?')
})

test.run()
