/** What a good text becomes: values of YAML 1.2, texts as written, aliases and merges followed, a span on everything. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { entryOf, valueOf, type Tree } from '../../../src/syntax/tree.ts'
import { parseText } from './parse-text.ts'

function parseGood(text: string) {
  const { tree, found } = parseText(text)
  assert.equal(found, [])
  if (tree === undefined) throw new Error('a good text has no tree')
  return tree
}

/** The plain value, with the prototypes that `assert.equal` compares. */
const valueFrom = (text: string): unknown => JSON.parse(JSON.stringify(valueOf(parseGood(text))))

function valueAt(text: string, key: string): Tree {
  const value = entryOf(parseGood(text), key)?.value
  if (value === undefined) throw new Error(`there is no ${key}`)
  return value
}

const markedBy = ({ span }: Pick<Tree, 'span'>) => span.source.text.slice(span.start, span.end)

const VALUES: readonly (readonly [yaml: string, value: unknown])[] = [
  ['yes', 'yes'],
  ['on', 'on'],
  ['true', true],
  ['null', null],
  ['~', null],
  ['', null],
  ['12', 12],
  ['012', 12],
  ['0o14', 12],
  ['1_000', '1_000'],
  ['22:22', '22:22'],
  ['3.10', 3.1],
  ['"3.10"', '3.10'],
  ['2024-01-01', '2024-01-01'],
  ["'it''s'", "it's"],
  ['"a\\tb"', 'a\tb'],
  ['a b  # c', 'a b'],
  ['a#b', 'a#b'],
  ['[1, {b: c}, [d: e]]', [1, { b: 'c' }, [{ d: 'e' }]]],
  ['\n  - b\n  -\n  - - c', ['b', null, ['c']]],
  ['|\n  one\n  two\n', 'one\ntwo\n'],
  ['>-\n  one\n  two\n', 'one two'],
  ['one\n  two', 'one two'],
  ['${HOME:-x}', '${HOME:-x}'],
]

for (const [yaml, value] of VALUES) test(`${JSON.stringify(yaml)} is ${JSON.stringify(value)}`, () => assert.equal(valueFrom(`a: ${yaml}\n`), { a: value }))

test('a scalar keeps its text as written, and whether it was quoted', () => {
  for (const [yaml, text, isPlain] of [['3.10', '3.10', true], ['"3.10"', '3.10', false], ['0x1F', '0x1F', true], ['True', 'True', true], ['~', '~', true]] as const) {
    const value = valueAt(`a: ${yaml}\n`, 'a')
    assert.equal(value.kind === 'scalar' && [value.text, value.isPlain], [text, isPlain])
  }
})

test('keys are texts as written', () => {
  assert.equal(Object.keys(valueFrom('3.10: a\ntrue: b\n1: c\n~: d\n"": e\n? f\n: g\n') as object).sort(), ['', '1', '3.10', 'f', 'true', '~'])
})

test('keys that mean something to JavaScript are keys like others', () => {
  const tree = parseGood('__proto__: {polluted: 1}\nconstructor: 2\n')
  assert.equal(tree.entries.map(({ key }) => key), ['__proto__', 'constructor'])
  assert.is((valueOf(tree) as Record<string, unknown>)['polluted'], undefined)
  assert.equal(Object.keys(valueOf(tree) as object), ['__proto__', 'constructor'])
})

const SPANS: readonly (readonly [yaml: string, marked: string])[] = [
  ['a: b c  # d\n', 'b c'],
  ['a: "b" # d\n', '"b"'],
  ["a: 'b'\r\n", "'b'"],
  ['a: [1, 2] # d\n', '[1, 2]'],
  ['a: {b: c}\n', '{b: c}'],
  ['a: &x b\n', 'b'],
  ['x: &x 1\na: *x # d\n', '*x'],
  ['名: 1\na: 🚀\n', '🚀'],
  ['a:\n', 'a'],
  ['{a, b}', 'a'],
]

for (const [yaml, marked] of SPANS) test(`the value in ${JSON.stringify(yaml)} is marked as ${marked}`, () => assert.is(markedBy(valueAt(yaml, 'a')), marked))

test('a key is marked with its quotes and without its colon', () => {
  assert.equal(
    parseGood('a : 1\n"b": 2\n? c\n: 3\n').entries.map(({ keySpan }) => markedBy({ span: keySpan })),
    ['a', '"b"', 'c'],
  )
})

test('spans count from behind a byte order mark, and CR LF is no part of them', () => {
  const { span } = valueAt('\ufeffa: b\r\nc: d\r\n', 'c')
  assert.equal([span.start, span.end, markedBy({ span })], [9, 10, 'd'])
  assert.equal(span.source.lineStarts, [0, 6, 12])
})

test('an alias has the value of the latest anchor above, and a span of its own', () => {
  const text = 'a: &x 1\nb: *x\nc: &x 2\nd: [*x, *x]\n'
  assert.equal(valueFrom(text), { a: 1, b: 1, c: 2, d: [2, 2] })
  const d = valueAt(text, 'd')
  assert.equal(d.kind === 'list' && d.items.map(({ span }) => span.start), [text.indexOf('*x, '), text.lastIndexOf('*x')])
})

test('an alias can be a key', () => assert.equal(valueFrom('a: &x b\n*x : 1\n'), { a: 'b', b: 1 }))

test('an anchor without a value stands for nothing', () => assert.equal(valueFrom('a: &x\nb: *x\n'), { a: null, b: null }))

const MERGES: readonly (readonly [name: string, yaml: string, value: unknown])[] = [
  ['a mapping’s own keys win, wherever they stand', 'x: &x {a: 1, b: 2}\ny:\n  b: 3\n  <<: *x\n  c: 4\n', { b: 3, a: 1, c: 4 }],
  ['the first of a list wins', 'x: &x {a: 1}\nz: &z {a: 2, b: 3}\ny:\n  <<: [*x, *z]\n', { a: 1, b: 3 }],
  ['a merged mapping may have merged itself', 'x: &x {a: 1}\nz: &z {<<: *x, b: 2}\ny: {<<: *z}\n', { a: 1, b: 2 }],
  ['a mapping written there is merged', 'y:\n  <<: {a: 1}\n', { a: 1 }],
  ['a quoted << is a key like others', 'y:\n  "<<": 1\n', { '<<': 1 }],
]

for (const [name, yaml, value] of MERGES) test(`merging: ${name}`, () => assert.equal((valueFrom(yaml) as Record<string, unknown>)['y'], value))

test('merging nothing leaves no merge key behind', () => {
  assert.equal(valueFrom('y:\n  <<: {}\n  a: 1\nz:\n  <<: []\n'), { y: { a: 1 }, z: {} })
})

test('merged keys are marked where they are written', () => {
  const y = valueAt('x: &x {a: 1}\ny: {<<: *x}\n', 'y')
  assert.equal(y.kind === 'map' && y.entries.map(({ keySpan, value }) => [keySpan.start, value.span.start]), [[7, 10]])
})

test('a document may have a start, an end and comments around', () => assert.equal(valueFrom('# one\n---\na: 1 # two\n...\n# three\n'), { a: 1 }))

test.run()
