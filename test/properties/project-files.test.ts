/** What holds for every pyproject.toml and uv.lock, shown on texts that nobody wrote. */
import fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { compile } from '../../src/compile.ts'
import { createMemoryProject } from '../../src/project/memory-project.ts'
import { runs } from './runs.ts'

const CONFIG = new TextEncoder().encode('name: case\nframework: pytorch\ntrain: train.py\n')
const compileWith = (files: Readonly<Record<string, string>>) => compile({ name: 'mlstack.yaml', bytes: CONFIG }, createMemoryProject({ 'train.py': '', ...files }), { outputFolder: '.' })

const value = fc.oneof(fc.json(), fc.constantFrom('"torch>=2"', '["pandas", "a ; os_name == \'nt\'"]', '{ git = "x", marker = "(" }', '[{ name = "b" }]', '">=3.12"', '1', '[1, {}]', 'true', '{ registry = "x" }', '"."'))
const key = fc.constantFrom('dependencies', 'name', 'version', 'source', 'requires-python', 'dynamic', 'file', 'python', 'a', 'b', 'torch', 'marker', 'extra', 'resolution-markers', 'optional-dependencies.a')
const header = fc.constantFrom('[project]', '[tool.poetry]', '[tool.poetry.dependencies]', '[tool.uv.sources]', '[[tool.uv.index]]', '[tool.setuptools.dynamic]', '[[package]]', '[package.metadata]')
const tables = fc.array(fc.tuple(header, fc.array(fc.tuple(key, value), { maxLength: 4 })), { maxLength: 6 })
const toml = tables.map((all) => ['version = 1', ...all.flatMap(([name, pairs]) => [name, ...pairs.map(([each, text]) => `${each} = ${text}`)])].join('\n'))

test('compiling never throws, on any project file and lock', () => {
  const text = fc.oneof(toml, fc.string({ unit: 'binary' }))
  fc.assert(fc.property(text, fc.option(text, { nil: undefined }), (project, lock) => void compileWith({ 'pyproject.toml': project, ...(lock === undefined ? {} : { 'uv.lock': lock }) })), runs(300))
})

test('the order of tables and comments change nothing', () => {
  const parts = ['[project]\nname = "x"\ndependencies = ["pandas>=2", "torch<2.9"]\n', '[tool.uv.sources]\ntorch = { index = "cpu" }\n', '[[tool.uv.index]]\nname = "cpu"\nurl = "https://wheels.example"\n', '[tool.ruff]\nline-length = 100\n']
  const expected = compileWith({ 'pyproject.toml': parts.join('') }).files
  assert.ok(expected.length > 0)
  fc.assert(fc.property(fc.shuffledSubarray(parts, { minLength: parts.length }), fc.stringMatching(/^[a-z ]{0,20}$/), (shuffled, comment) => {
    assert.equal(compileWith({ 'pyproject.toml': shuffled.map((part) => `# ${comment}\n${part}`).join('\n') }).files, expected)
  }), runs(30))
})

test.run()
