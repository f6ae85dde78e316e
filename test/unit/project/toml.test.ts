/** TOML as a tree: what each way of writing tables becomes, where everything stands, and what is no TOML. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { parseToml } from '../../../src/project/toml.ts'
import { createSource } from '../../../src/syntax/source.ts'
import { entryOf, valueOf, type Tree } from '../../../src/syntax/tree.ts'

const parse = (text: string) => parseToml(createSource('pyproject.toml', text))
const plain = (text: string) => JSON.parse(JSON.stringify(valueOf(parse(text) as Tree)))
const marked = ({ span: { source, start, end } }: { readonly span: Tree['span'] }) => source.text.slice(start, end)

const TREES: readonly (readonly [text: string, value: unknown])[] = [
  ['', {}],
  ['a = 1\nb = "x"\nc = true\nd = 1.5\n', { a: 1, b: 'x', c: true, d: 1.5 }],
  ["a = 'C:\\x'\nb = \"\"\"\nx\ny\"\"\"\n", { a: 'C:\\x', b: 'x\ny' }],
  ['a.b = 1\na.c.d = 2\n"e.f" = 3\n', { a: { b: 1, c: { d: 2 } }, 'e.f': 3 }],
  ['[a.b]\nc = 1\n[a]\nd = 2\n[empty]\n', { a: { b: { c: 1 }, d: 2 }, empty: {} }],
  ['[[p]]\nn = 1\n[p.s]\nx = 1\n[[p]]\nn = 2\n[[p.q]]\ny = 1\n', { p: [{ n: 1, s: { x: 1 } }, { n: 2, q: [{ y: 1 }] }] }],
  ['a = [1, [2], {b = 3, c.d = 4}]\n', { a: [1, [2], { b: 3, c: { d: 4 } }] }],
  ['a = 2026-11-28\n', { a: '2026-11-28' }],
  ['[tool]\n__proto__ = 1\n', { tool: JSON.parse('{"__proto__": 1}') }],
]
for (const [text, value] of TREES) test(`reads ${JSON.stringify(text)}`, () => assert.equal(plain(text), value))

test('every key and value has its place', () => {
  const tree = parse('# first\n[project]\nname = "x"\ndependencies = [\n  "pandas",\n]\n')
  assert.is(tree.kind, 'map')
  const project = entryOf(tree as Tree, 'project')
  const name = entryOf(project?.value, 'name')
  assert.ok(project && name)
  assert.is(marked({ span: project.keySpan }), 'project')
  assert.is(marked({ span: name.keySpan }), 'name')
  assert.is(marked(name.value), '"x"')
  const list = entryOf(project.value, 'dependencies')?.value
  assert.ok(list?.kind === 'list')
  assert.equal(list.items.map(marked), ['"pandas"'])
})

const PROBLEMS: readonly (readonly [text: string, problem: string, at: string])[] = [
  ['[project]\ndependencies = [\n "a"\n "b"\n]\n', 'expected comma (,) token', '"'],
  ['a = 1\na = 2\n', 'defining a key multiple times is invalid', 'a'],
  ['a = "x\nb = 1\n', 'unterminated string constant', '\n'],
  ['<<<<<<< HEAD\n', 'unexpected character', '<'],
]
for (const [text, problem, at] of PROBLEMS) {
  test(`refuses ${JSON.stringify(text)}`, () => {
    const found = parse(text)
    assert.ok(found.kind === 'problem')
    assert.equal([found.problem.split('"')[0]?.trim(), marked(found)], [problem, at])
  })
}

test('what is too large for the parser is a problem too', () => {
  const found = parse(`a = "${'x'.repeat(1_000_000)}"`)
  assert.ok(found.kind === 'problem')
  assert.is(parse(`a = ${'['.repeat(100_000)}`).kind, 'problem')
})

test.run()
