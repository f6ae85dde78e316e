/** What project files say of a project as an installed one: each build backend in its own words. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import fc from 'fast-check'
import { readDistribution, type Distribution } from '../../../src/project/distribution.ts'
import { createMemoryProject } from '../../../src/project/memory-project.ts'

const read = (files: Readonly<Record<string, string>>) => readDistribution('.', createMemoryProject(files))

function distributionOf(files: Readonly<Record<string, string>>): Distribution {
  const reading = read(files)
  if (reading.kind !== 'read') throw new Error(`it is ${reading.kind}`)
  return reading.distribution
}

const versions: readonly (readonly [string, Readonly<Record<string, string>>, string | undefined])[] = [
  ['written out', { 'pyproject.toml': '[project]\nname = "a"\nversion = "1.2"\n' }, '1.2'],
  ['in Poetry\'s table', { 'pyproject.toml': '[tool.poetry]\nname = "a"\nversion = "1.3"\n' }, '1.3'],
  ['of an attribute, by setuptools', { 'pyproject.toml': '[project]\nname = "a"\ndynamic = ["version"]\n[tool.setuptools.dynamic]\nversion = { attr = "a.about.VERSION" }\n', 'src/a/about.py': 'VERSION: str = "2.0"\n' }, '2.0'],
  ['of a file, by setuptools', { 'pyproject.toml': '[project]\nname = "a"\ndynamic = ["version"]\n[tool.setuptools.dynamic]\nversion = { file = "VERSION" }\n', VERSION: '2.1\n' }, '2.1'],
  ['of a file, by Hatch', { 'pyproject.toml': '[project]\nname = "a"\ndynamic = ["version"]\n[tool.hatch.version]\npath = "a/__init__.py"\n', 'a/__init__.py': "__version__ = '2.2'\n" }, '2.2'],
  ['of the module, by Flit', { 'pyproject.toml': '[build-system]\nbuild-backend = "flit_core.buildapi"\n[project]\nname = "a-b"\ndynamic = ["version"]\n', 'a_b.py': '__version__ = "2.3"\n' }, '2.3'],
  ['of a tag', { 'pyproject.toml': '[project]\nname = "a"\ndynamic = ["version"]\n[tool.setuptools_scm]\n' }, undefined],
  ['of a file that is not there', { 'pyproject.toml': '[project]\nname = "a"\ndynamic = ["version"]\n[tool.hatch.version]\npath = "a.py"\n' }, undefined],
  ['in setup.cfg', { 'setup.cfg': '[metadata]\nname = a\nversion = 3.0\n', 'setup.py': 'setup()' }, '3.0'],
  ['in setup.cfg, of an attribute', { 'setup.cfg': '[metadata]\nname = a\nversion = attr: a.__version__\n' }, undefined],
  ['in setup.py', { 'setup.py': 'setup(name="a", version="3.1")' }, '3.1'],
]
for (const [name, files, version] of versions) test(`a version ${name}`, () => assert.is(distributionOf(files).version, version))

const folders: readonly (readonly [string, string, readonly string[], readonly string[]])[] = [
  ['beside the project file', '', [], ['.']],
  ['in src', '', ['src/a/__init__.py'], ['src']],
  ['beside it, where src is a package', '', ['src/__init__.py'], ['.']],
  ['where setuptools looks', '[tool.setuptools.packages.find]\nwhere = ["python", "gone"]\n', ['python/a.py', 'src/a.py'], ['python']],
  ['where setuptools maps them', '[tool.setuptools]\npackage-dir = { "" = "lib" }\n', ['lib/a.py'], ['lib']],
  ['where Poetry takes them from', '[tool.poetry]\npackages = [{ include = "a", from = "lib" }]\n', ['lib/a.py'], ['lib']],
  ['above what Hatch lists', '[tool.hatch.build.targets.wheel]\npackages = ["lib/a"]\n', ['lib/a/__init__.py'], ['lib']],
  ['in the module root of uv', '[tool.uv.build-backend]\nmodule-root = ""\n', ['src/a.py'], ['.']],
  ['not outside of the project', '[tool.setuptools]\npackage-dir = { "" = "../lib" }\n', [], ['.']],
]
for (const [name, tables, files, expected] of folders) {
  test(`packages are ${name}`, () => {
    const texts = Object.fromEntries(files.map((path) => [path, '']))
    assert.equal(distributionOf({ ...texts, 'pyproject.toml': `[project]\nname = "a"\nversion = "1"\n${tables}` }).packageFolders, expected)
  })
}

test('commands and entry points of all kinds', () => {
  const { entryPoints } = distributionOf({
    'pyproject.toml': '[project]\nname = "a"\n[project.scripts]\na = "a.cli:main"\n[project.gui-scripts]\nb = "a.gui:main"\n[project.entry-points."pytest11"]\nc = "a.plugin"\n[project.entry-points.empty]\n',
  })
  assert.equal(entryPoints, [
    { group: 'console_scripts', points: [{ name: 'a', object: 'a.cli:main' }] },
    { group: 'gui_scripts', points: [{ name: 'b', object: 'a.gui:main' }] },
    { group: 'pytest11', points: [{ name: 'c', object: 'a.plugin' }] },
  ])
  assert.equal(distributionOf({ 'setup.cfg': '[metadata]\nname = a\n\n[options.entry_points]\nconsole_scripts =\n    a = a.cli:main\n    # not this\n    b= a.cli : other\n' }).entryPoints, [
    { group: 'console_scripts', points: [{ name: 'a', object: 'a.cli:main' }, { name: 'b', object: 'a.cli:other' }] },
  ])
})

test('what is no project, and what only a build would tell', () => {
  assert.equal(read({ 'a.py': '' }), { kind: 'none' })
  assert.equal(read({ 'pyproject.toml': '[tool.ruff]\nline-length = 100\n', 'setup.cfg': '[flake8]\nmax-line-length = 100\n' }), { kind: 'none' })
  assert.equal(read({ 'pyproject.toml': '[build-system]\nrequires = ["setuptools"]\n' }), { kind: 'unread', file: 'pyproject.toml' })
  assert.equal(read({ 'setup.py': 'setup(name=NAME)' }), { kind: 'unread', file: 'setup.py' })
  assert.is(read({ 'pyproject.toml': '[project' }).kind, 'wrong')
})

test('no text makes it throw', () => {
  fc.assert(fc.property(fc.string(), fc.string(), fc.string(), (toml, config, script) => {
    read({ 'pyproject.toml': toml, 'setup.cfg': config, 'setup.py': script })
    read({ 'pyproject.toml': '[project]\nname = "a"\n', 'setup.cfg': `[options]\n${config}`, 'setup.py': `setup(name="a", entry_points={${script}})` })
  }))
})

test.run()
