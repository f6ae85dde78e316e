/** What a pyproject.toml says of dependencies, in every style that is read. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { markerOfPython, translateRange } from '../../../src/project/poetry-range.ts'
import { readPyProject, type ProjectLine, type PyProject } from '../../../src/project/pyproject.ts'
import { formatRequirement } from '../../../src/project/requirement-entry.ts'
import { parseToml } from '../../../src/project/toml.ts'
import { createSource } from '../../../src/syntax/source.ts'

function read(text: string): PyProject {
  const tree = parseToml(createSource('pyproject.toml', text))
  assert.ok(tree.kind === 'map', text)
  return readPyProject(tree)
}

function show(line: ProjectLine): string {
  if (line.kind === 'requirement') return `${formatRequirement(line.requirement)}${line.index === undefined ? '' : ` from ${line.index.value}`}`
  if (line.kind === 'local') return `local ${line.path}`
  return line.kind === 'unsupported' ? `! ${line.problem}` : line.kind
}

function linesOf(text: string): readonly string[] {
  const { dependencies } = read(text)
  assert.ok(dependencies.kind === 'listed', text)
  return dependencies.lines.map(show)
}

const LISTED: readonly (readonly [name: string, text: string, lines: readonly string[]])[] = [
  ['PEP 621', '[project]\ndependencies = ["pandas>=2", "uvicorn[standard] ; os_name == \'posix\'"]', ['pandas>=2', "uvicorn[standard] ; os_name == 'posix'"]],
  ['what is no requirement', '[project]\ndependencies = ["--pre", "pandas=>2", ""]', ['! `--pre` is no requirement with a name', '! `pandas=>2` is no requirement that pip reads', '! `` is no requirement with a name']],
  ['sources of uv', '[project]\ndependencies = ["a>=1", "b_b", "c", "d", "e"]\n[tool.uv.sources]\na = { git = "https://git.example/a", branch = "main" }\n"B.b" = { url = "https://files.example/b.whl" }\nc = { path = "libs/c" }\nd = { workspace = true }\ne = { index = "own" }',
    ['a @ git+https://git.example/a@main', 'b-b @ https://files.example/b.whl', 'local ./libs/c', '! the folder of this member of the workspace is not found', 'e from own']],
  ['several sources of uv', '[project]\ndependencies = ["a ; python_version > \'3.9\'"]\n[tool.uv.sources]\na = [{ index = "one", marker = "sys_platform == \'linux\'" }, { index = "two", extra = "cpu" }]',
    ["a ; python_version > '3.9' and sys_platform == 'linux' from one"]],
  ['Poetry', '[tool.poetry.dependencies]\npython = "^3.9"\npandas = "^2.1"\nlocal = { path = "../local" }\nopt = { version = "*", optional = true }\nmany = "^1 || ^2"\nssh = { git = "git@git.example:a/b.git", subdirectory = "x" }',
    ['pandas>=2.1,<3', 'local ../local', '! `^1 || ^2` has alternatives, which no requirement of pip can have', 'ssh @ git+ssh://git@git.example/a/b.git#subdirectory=x']],
  ['Poetry beside PEP 621', '[project]\ndependencies = ["pandas"]\n[tool.poetry.dependencies]\nnumpy = "*"', ['pandas']],
  ['Poetry where the project says dynamic', '[project]\nname = "x"\ndynamic = ["dependencies"]\n[tool.poetry.dependencies]\nnumpy = "1.26.4"', ['numpy==1.26.4']],
]
for (const [name, text, lines] of LISTED) test(`reads ${name}`, () => assert.equal(linesOf(text), lines))

test('each requirement is marked where it stands', () => {
  const text = '[project]\ndependencies = [\n  "pandas>=2",\n  "torch",\n]\n'
  const { dependencies } = read(text)
  assert.ok(dependencies.kind === 'listed')
  assert.equal(dependencies.lines.map(({ span }) => text.slice(span.start, span.end)), ['"pandas>=2"', '"torch"'])
})

test('dynamic dependencies are in the files of setuptools, or unknown', () => {
  const { dependencies } = read('[project]\ndynamic = ["version", "dependencies"]\n[tool.setuptools.dynamic]\ndependencies = { file = ["requirements/base.txt", "more.txt"] }')
  assert.ok(dependencies.kind === 'files')
  assert.equal(dependencies.files.map(({ value }) => value), ['requirements/base.txt', 'more.txt'])
  assert.is(read('[project]\ndynamic = ["dependencies"]').dependencies.kind, 'unknown')
  assert.is(read('[project]\ndynamic = ["version"]').dependencies.kind, 'none')
  assert.is(read('[tool.ruff]\nline-length = 100').dependencies.kind, 'none')
})

test('the range of Pythons is the project\'s, else Poetry\'s', () => {
  assert.is(read('[project]\nrequires-python = ">=3.11"').requiresPython?.value, '>=3.11')
  assert.is(read('[tool.poetry.dependencies]\npython = "^3.9"').requiresPython?.value, '>=3.9,<4')
  assert.is(read('[tool.poetry.dependencies]\npython = "^2.7 || ^3.9"').requiresPython, undefined)
})

test('what is of another kind is a problem', () => {
  assert.equal(read('[project]\ndependencies = "pandas"').problems.map(({ problem }) => problem), ['`dependencies` of [project] is no list'])
  assert.equal(read('[project]\ndependencies = ["pandas", 3]').problems.map(({ problem }) => problem), ['a dependency of [project] is a text, such as "pandas>=2"'])
})

const RANGES: readonly (readonly [range: string, specifier: string | undefined])[] = [
  ['*', ''], ['^1.2.3', '>=1.2.3,<2'], ['^0.2.3', '>=0.2.3,<0.3'], ['^0.0.3', '>=0.0.3,<0.0.4'], ['^0.0', '>=0.0,<0.1'], ['^0', '>=0,<1'], ['^1.0a1', '>=1.0a1,<2'],
  ['~1', '>=1,<2'], ['~1.2', '>=1.2,<1.3'], ['~1.2.3', '>=1.2.3,<1.3'], ['~=1.4', '~=1.4'], ['1.2.3', '==1.2.3'], ['1.2.*', '==1.2.*'], ['=1.0', '==1.0'],
  ['>= 1.0, < 2', '>=1.0,<2'], ['>=1 <2', '>=1,<2'], ['^2.0 , !=2.1', '>=2.0,<3,!=2.1'], ['^1 || ^2', undefined],
]
for (const [range, specifier] of RANGES) test(`${range} is ${specifier}`, () => assert.is(translateRange(range), specifier))

test('a range of Pythons becomes a marker', () => {
  assert.is(markerOfPython('^3.9'), "python_version >= '3.9' and python_version < '4'")
  assert.is(markerOfPython('>=3.9.2'), "python_full_version >= '3.9.2'")
  assert.is(markerOfPython('*'), '')
})

test.run()
