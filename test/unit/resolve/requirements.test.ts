/** What requirements decide, what of them is installed, and what is refused. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { costOf } from '../../machine.ts'
import { check, resolve, resolveQuietly, textOf, type Files } from './setup.ts'

const requirements = (text: string): Files => ({ 'requirements.txt': text })

test('a requirement decides the version where the framework gives none', () => {
  assert.is(resolveQuietly('framework: pytorch', requirements('torch==2.4.1\n')).framework?.version, '2.4.1')
  assert.is(resolveQuietly('framework: pytorch', requirements('Torch >=2.4, <2.5\n')).framework?.version, '2.4.1')
  assert.is(resolveQuietly('framework: scikit-learn\npython: {packages: [scikit_learn~=1.5.0]}').framework?.version, '1.5.2')
  assert.is(resolveQuietly('framework: tensorflow', requirements('tensorflow-cpu==2.16.1\n')).framework?.version, '2.16.1')
})

test('constraints limit the version, but name no framework', () => {
  const files = { 'requirements.txt': 'torch\n-c limits.txt\n', 'limits.txt': 'torch<2.5\ntensorflow<2.15\n' }
  const environment = resolveQuietly('framework: pytorch', files)
  assert.is(environment.framework?.version, '2.4.1')
  assert.equal(environment.packages, [])
  assert.is(resolveQuietly('framework: pytorch\npython: {constraints: limits.txt}', { 'limits.txt': 'torch<2.5\n' }).framework?.version, '2.4.1')
})

test('a companion decides the version too, and comes from the same builds', () => {
  const { framework, packages } = resolveQuietly('framework: pytorch\npython: {packages: [torchvision==0.19.0, pandas]}')
  assert.ok(framework)
  assert.is(framework.version, '2.4.0')
  assert.equal(framework.requirements.slice(2), ['torchvision==0.19.0'])
  assert.equal(packages, ['pandas'])
  assert.equal(resolveQuietly('framework: pytorch==2.13.0', requirements('torchvision\ntorchaudio>=2.5\n')).framework?.requirements.slice(1), ['torchvision==0.28.0', 'torchaudio>=2.5'])
  assert.is(resolveQuietly('framework: pytorch', requirements('torchaudio==2.4.0\n')).framework?.version, '2.4.0')
})

const DISAGREEMENTS: readonly (readonly [config: string, text: string, help: string | undefined])[] = [
  ['framework: pytorch==2.13.0', 'torch==2.1.0\n', 'framework: pytorch==2.1.0'],
  ['framework: pytorch>=2.5', 'torch<2.5\n', 'framework: pytorch<2.5'],
  ['framework: tf~=2.16', 'tensorflow==2.15.*\n', 'framework: tf==2.15.*'],
  ['framework: scikit-learn==1.5.0', 'scikit-learn>=1.6\n', 'framework: scikit-learn>=1.6'],
  ['framework: pytorch==2.13.0', 'torchvision==0.19.0\n', 'framework: pytorch==2.4.0'],
]
for (const [config, text, help] of DISAGREEMENTS) {
  test(`${config} disagrees with ${text.trim()}`, () => {
    const { diagnostics, problems } = resolve(config, requirements(text))
    assert.equal(problems, [`MLS2009 at ${config.replace('framework: ', '')}`])
    assert.equal(diagnostics[0]?.related.map(({ span }) => [span.source.name, textOf(span)]), [['requirements.txt', text.trim()]])
    assert.is(diagnostics[0]?.help, help)
  })
}

test('two requirements can disagree as well', () => {
  const { diagnostics, problems } = resolve('framework: pytorch', { 'requirements.txt': 'torch==2.1.0\n-r more.txt\n', 'more.txt': 'torch==2.2.0\n' })
  assert.equal(problems, ['MLS2009 at torch==2.1.0'])
  assert.equal(diagnostics[0]?.related.map(({ span }) => span.source.name), ['more.txt'])
})

test('a requirement for another system says nothing', () => {
  const text = "torch==2.1.0 ; sys_platform == 'darwin'\ntorch==2.2.0; python_version < '3.9'\ntorch==2.4.0 ; sys_platform == 'linux' and os_name == 'posix'\n"
  assert.is(resolveQuietly('framework: pytorch', requirements(text)).framework?.version, '2.4.0')
})

test('a framework with builds of its own is installed as one, whoever names it', () => {
  const environment = resolveQuietly('framework: python', requirements('torch==2.13.0\npandas\n'))
  assert.is(environment.framework?.index?.url, 'https://download.pytorch.org/whl/cpu')
  assert.is(environment.requirements[0]?.rewritten, undefined)
  // A base image of the user's may hold it already.
  assert.is(resolveQuietly('framework: python\nbuild: {from: "pytorch/pytorch:2.6.0-cuda12.6-cudnn9-runtime"}', requirements('torch\n')).framework, undefined)
})

test('packages in place are kept in their order, without frameworks', () => {
  const { packages } = resolveQuietly('framework: pytorch\npython: {packages: ["torch>=2", "pandas>=2.2,<3", "fastapi[standard]", pandas]}')
  assert.equal(packages, ['pandas>=2.2,<3', 'fastapi[standard]', 'pandas'])
})

test('a model brings its packages, unless the user names them', () => {
  const config = 'framework: pytorch\nmodel: reinforcement-learning'
  assert.equal(resolveQuietly(config).packages, ['gymnasium>=0.29'])
  assert.equal(resolveQuietly(config, requirements('gymnasium==1.1.0\n')).packages, [])
  assert.equal(resolveQuietly('framework: pytorch\nmodel: mlp').packages, [])
})

const REWRITTEN: readonly (readonly [config: string, text: string, rewritten: string | undefined])[] = [
  ['framework: scikit-learn', 'scikit-learn\npandas\n', undefined],
  ['framework: pytorch', 'torch>=2\ntorchvision\npandas\n', undefined],
  ['framework: tensorflow', '# ours\ntensorflow~=2.16\npandas  # tables\n', 'pandas  # tables\n'],
  ['framework: tensorflow\ngpu: true', 'tensorflow\n', undefined],
  ['framework: tensorflow\ngpu: true', 'tensorflow-cpu\npandas\n', 'pandas\n'],
  ['framework: scikit-learn', 'sklearn\npandas', 'pandas\n'],
  ['framework: pytorch', 'torch==2.4.0+cu121\ntorchvision==0.19.0+cu121\npandas\r\n', 'pandas\n'],
  ['framework: pytorch', 'nvidia-cudnn-cu12==9.1.0.70\ntriton==3.0.0\nnvidia-ml-py\n', 'nvidia-ml-py\n'],
  ['framework: pytorch\ngpu: true', 'nvidia-cudnn-cu12==9.1.0.70\n', undefined],
  ['framework: {name: tensorflow, install: none}', 'tensorflow\n', undefined],
  // Hashes stay with their requirement.
  ['framework: tensorflow', 'tensorflow==2.16.1 \\\n    --hash=sha256:00\npandas==2.2.0 \\\n    --hash=sha256:11\n', 'pandas==2.2.0 \\\n    --hash=sha256:11\n'],
]
for (const [config, text, rewritten] of REWRITTEN) {
  test(`${config.replace('\n', ', ')} with ${JSON.stringify(text)}`, () => {
    assert.is(resolveQuietly(config, requirements(text)).requirements[0]?.rewritten, rewritten)
  })
}

test('includes are followed, from the folder of the file that includes, and a circle ends', () => {
  const files = { 'req/all.txt': '-r base.txt\n--constraint ../limits.txt\n', 'req/base.txt': '-rall.txt\npandas\n', 'limits.txt': '\n' }
  const [file] = resolveQuietly('framework: python\npython: {requirements: ./req/all.txt}', files).requirements
  assert.equal(file?.includes, ['limits.txt', 'req/base.txt'])
  assert.is(file?.rewritten, undefined)
})

test('a text of ours holds what the file installs, and names constraints from the config', () => {
  const files = { 'req/all.txt': '-r base.txt\n-c limits.txt\n--pre\n', 'req/base.txt': 'tensorflow\npandas\n', 'req/limits.txt': 'pandas<3\n' }
  const [file] = resolveQuietly('framework: tensorflow\npython: {requirements: req/all.txt}', files).requirements
  assert.ok(file)
  assert.is(file.rewritten, 'pandas\n-c req/limits.txt\n--pre\n')
  assert.equal(file.includes, ['req/limits.txt'])
})

test('what has no wheel is left to a stage that compiles', () => {
  const [file] = resolveQuietly('framework: python', requirements('annoy==1.17.3\ntool @ git+https://git.example/tool@v1\ngit+https://git.example/other\npandas\n')).requirements
  assert.ok(file)
  assert.equal(file.compiled, ['annoy==1.17.3', 'tool @ git+https://git.example/tool@v1', 'git+https://git.example/other'])
  assert.equal(file.buildPackages, ['g++', 'git'])
  assert.is(file.rewritten, 'pandas\n')
})

test('with hashes nothing is compiled apart, so the image has what compiling takes', () => {
  const environment = resolveQuietly('framework: python', requirements('annoy==1.17.3 --hash=sha256:00\n'))
  assert.equal(environment.systemPackages.map(({ name }) => name), ['g++'])
  assert.equal(environment.requirements.map(({ compiled, isHashed, rewritten }) => [compiled, isHashed, rewritten]), [[[], true, undefined]])
})

test('Debian packages are sorted, each once, and a version of the user stays', () => {
  const config = 'framework: python\nsystem: [libpq5=15.18-0+deb12u1, ffmpeg, ffmpeg]\npython: {packages: [psycopg2]}'
  const { systemPackages } = resolveQuietly(config, {})
  assert.equal(systemPackages.map(({ name }) => name), ['ffmpeg', 'gcc', 'libc6-dev', 'libpq-dev', 'libpq5=15.18-0+deb12u1'])
  assert.equal(resolveQuietly('framework: python', requirements('opencv-python\n')).systemPackages, [
    { name: 'libgl1', because: 'opencv-python loads it' },
    { name: 'libglib2.0-0', because: 'opencv-python loads it' },
  ])
})

const REFUSED: readonly (readonly [line: string, problem: string])[] = [
  ['-e .', 'MLS4045 at -e .'],
  ['-e requirements.txt', 'MLS4045 at -e requirements.txt'],
  ['-e', 'MLS4004 at -e'],
  ['~/lib', 'MLS4004 at ~/lib'],
  ['--editable=git+https://git.example/tool#egg=tool', 'MLS4004 at --editable=git+https://git.example/tool#egg=tool'],
  ['./libs/features', 'MLS4044 at ./libs/features'],
  ['features @ file:///libs/features', 'MLS4044 at features @ file:///libs/features'],
  ['dist/tool-1.0-py3-none-any.whl', 'MLS4004 at dist/tool-1.0-py3-none-any.whl'],
  ['-r https://example.org/requirements.txt', 'MLS4004 at -r https://example.org/requirements.txt'],
  ['pandas=>2  # no', 'MLS4004 at pandas=>2'],
  ['--extra-index-url https://${USER}:${PASSWORD}@index.example/simple', 'MLS4004 at --extra-index-url https://${USER}:${PASSWORD}@index.example/simple'],
  ['--index-url https://me:hunter2@index.example/simple', 'MLS4008 at --index-url https://me:hunter2@index.example/simple'],
  ['tool @ git+https://hunter2@git.example/tool', 'MLS4008 at tool @ git+https://hunter2@git.example/tool'],
  ['-r more.txt', 'MLS4003 at -r more.txt'],
  ['-r more of it.txt', 'MLS4004 at -r more of it.txt'],
  ['-r', 'MLS4004 at -r'],
]
for (const [line, problem] of REFUSED) {
  test(`refuses the line ${line}`, () => {
    const { problems, diagnostics } = resolve('framework: python', requirements(`pandas\n${line}\n`))
    assert.equal(problems, [problem])
    assert.is(diagnostics[0]?.primary.span.source.name, 'requirements.txt')
  })
}

const lib = (...dependencies: readonly string[]) => `[project]\nname = "lib"\nversion = "1"\ndependencies = ${JSON.stringify(dependencies)}\n[project.optional-dependencies]\nfast = ["numba"]\n`

const FOLDERS: readonly (readonly [line: string, installed: readonly string[]])[] = [
  ['-e ../lib', ['toolz']],
  ['--editable=../lib', ['toolz']],
  ['-e "../lib"', ['toolz']],
  ['../lib', ['toolz']],
  ['../lib/', ['toolz']],
  ['/lib', ['toolz']],
  ['-e ../lib[fast]', ['toolz', 'numba']],
  ['lib[fast] @ file:../lib', ['toolz', 'numba']],
  ['lib @ file:///lib', ['toolz']],
  ['-e file:../#egg=lib&subdirectory=lib', ['toolz']],
  ['-e ../lib ; sys_platform == "linux"', ['toolz']],
  ['-e ../lib ; sys_platform == "win32"', []],
]
for (const [line, installed] of FOLDERS) {
  test(`the line ${line} installs what the folder depends on`, () => {
    const { requirements: found } = resolveQuietly('framework: python', { ...requirements(`pandas\n${line}\n`), '../lib/pyproject.toml': lib('toolz') })
    assert.equal(found[0]?.requirements, ['pandas', ...installed])
    assert.is(found[0]?.rewritten?.includes('lib'), false)
  })
}

test('what a folder needs on other systems alone is not looked for', () => {
  const files = { ...requirements('-e ../lib\n'), '../lib/pyproject.toml': lib('toolz', 'winlib @ file:../nowhere ; sys_platform == \'win32\'') }
  assert.equal(resolve('framework: python', files).problems, [])
  assert.equal(resolveQuietly('framework: python', files).requirements[0]?.requirements, ['toolz'])
})

test('folders that need each other end, each is read once, and a framework in one of them counts', () => {
  const files = {
    ...requirements('-e ../one\n'),
    '../one/pyproject.toml': `${lib('two', 'scikit-learn==1.7.2')}[tool.uv.sources]\ntwo = { path = "../two" }\n`,
    '../two/pyproject.toml': `${lib('one', 'idna')}[tool.uv.sources]\none = { path = "../one", editable = true }\n`,
  }
  const { requirements: found, frameworks } = resolveQuietly('framework: scikit-learn', files)
  assert.equal(found[0]?.requirements, ['idna'].concat(found[0]?.requirements.filter((text) => text !== 'idna') ?? []))
  assert.equal(frameworks.map(({ version }) => version), ['1.7.2'])
})

test('what setup.cfg and setup.py say is read, and what they compute is noted', () => {
  const install = (files: Files) => resolve('framework: python', { ...requirements('-e ../lib\n'), ...files })
  assert.equal(install({ '../lib/setup.cfg': '[metadata]\nname = lib\n[options]\ninstall_requires =\n  toolz\n  idna>=3\n' }).environment?.requirements[0]?.requirements, ['toolz', 'idna>=3'])
  assert.equal(install({ '../lib/setup.py': 'setup(name="lib", install_requires=["toolz"])' }).environment?.requirements[0]?.requirements, ['toolz'])
  assert.equal(install({ '../lib/setup.py': 'setup(name="lib", install_requires=read())' }).problems, ['MLS2013 at -e ../lib'])
})

test('members of a workspace are found by the patterns of its root', () => {
  const files = {
    'pyproject.toml': '[project]\nname = "app"\nversion = "1"\ndependencies = ["my-lib"]\n[tool.uv.sources]\nmy-lib = { workspace = true }\n',
    '../pyproject.toml': '[tool.uv.workspace]\nmembers = ["app", "libs/*"]\n',
    '../libs/my_lib/pyproject.toml': '[project]\nname = "my_lib"\nversion = "1"\ndependencies = ["idna"]\n',
  }
  assert.equal(resolveQuietly('framework: python', files).requirements[0]?.requirements, ['idna'])
  assert.equal(resolve('framework: python', { ...files, '../libs/my_lib/pyproject.toml': '[project]\nname = "other"\n' }).problems, ['MLS4004 at { workspace = true }'])
})

test('a file with hashes has what its folders depend on already', () => {
  const hashed = `idna==3.10 \\\n    --hash=sha256:${'a'.repeat(64)}\n`
  const { requirements: found } = resolveQuietly('framework: python', { ...requirements(`${hashed}-e ../lib\n`), '../lib/pyproject.toml': lib('idna', 'toolz') })
  assert.is(found[0]?.rewritten, hashed)
  assert.is(found[0]?.isHashed, true)
})

const ACCEPTED = [
  '# a comment',
  '--pre',
  '--extra-index-url https://index.example/simple',
  '-f https://index.example/links',
  'git+ssh://git@git.example/tool.git',
  'https://example.org/tool-1.0-py3-none-any.whl',
  'uvicorn[standard] >= 0.30 ; python_version >= "3.8"',
  'pandas (>=2)',
]
for (const line of ACCEPTED) test(`accepts the line ${line}`, () => void resolveQuietly('framework: python', requirements(`${line}\n`)))

test('a credential is not shown', () => {
  const [found] = resolve('framework: python', requirements('--index-url https://me:hunter2@index.example/simple\n')).diagnostics
  assert.ok(found)
  assert.is(found.concealed, true)
  assert.not.match(`${found.message} ${found.help}`, 'hunter2')
})

const IN_PLACE: readonly (readonly [text: string, code: string])[] = [
  ['"pandas\\nevil"', 'MLS4004'],
  ['"-e ."', 'MLS4004'],
  ['"--pre"', 'MLS4004'],
  ['./libs', 'MLS4004'],
  ['"git+https://git.example/tool"', 'MLS4004'],
  ['"tool @ git+https://hunter2@git.example/tool"', 'MLS4008'],
]
for (const [text, code] of IN_PLACE) {
  test(`refuses the package ${text}`, () => {
    assert.equal(resolve(`framework: python\npython: {packages: [${text}]}`).problems, [`${code} at ${text}`])
  })
}

test('a requirements file that is not there is marked where it is named', () => {
  const { diagnostics, problems } = resolve('framework: python\npython: {requirements: requirments.txt}', requirements('pandas\n'))
  assert.equal(problems, ['MLS4003 at requirments.txt'])
  assert.is(diagnostics[0]?.help, 'did you mean `requirements.txt`?')
  assert.equal(resolve('framework: python\npython: {constraints: limits.txt}').problems, ['MLS4003 at limits.txt'])
  assert.equal(resolve(`framework: python\npython: {requirements: "it's.txt"}`, { "it's.txt": 'toolz\n' }).problems, [`MLS4003 at "it's.txt"`])
  assert.is(resolve('framework: python\npython: {requirements: reqs}', { 'reqs/a.txt': '' }).diagnostics[0]?.message, '`reqs` is a folder')
})

test('a long file takes no long time', () => {
  const files = { 'requirements.txt': `${'-r more.txt\n'.repeat(2000)}${'pandas\n'.repeat(20_000)}${' '.repeat(100_000)}`, 'more.txt': '-r more.txt\n' }
  assert.ok(costOf(() => resolveQuietly('framework: pytorch', files)) < 2000)
})

test('files are looked at once only', () => {
  assert.equal(check('framework: python\npython: {requirements: nope.txt}').problems, [])
})

test.run()
