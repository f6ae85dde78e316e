/** Readers of tree nodes: what counts as a value, and that what is known to be wrong is left alone. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import * as read from '../../../src/config/read.ts'
import type { Tree } from '../../../src/syntax/tree.ts'
import { readWith, treeOf } from './yaml.ts'

const valueOf = <T>(reader: (tree: Tree) => { readonly value: T } | undefined, text: string) => reader(treeOf(text))?.value

test('numbers', () => {
  const cases: [string, number | undefined][] = [['8080', 8080], ['"8080"', 8080], ['0', 0], ['1e3', 1000], ['0x10', 16], ['', undefined], ['~', undefined], ['""', undefined], ['" "', undefined], ['true', undefined], ['a', undefined], ['[1]', undefined]]
  for (const [text, expected] of cases) assert.is(valueOf(read.readNumber, text), expected, text)
})

test('flags are booleans, not their names', () => {
  const cases: [string, boolean | undefined][] = [['true', true], ['False', false], ['"true"', undefined], ['yes', undefined], ['1', undefined], ['', undefined]]
  for (const [text, expected] of cases) assert.is(valueOf(read.readFlag, text), expected, text)
})

test('texts keep their source text; nothing is nothing, empty is empty', () => {
  assert.is(valueOf(read.readVerbatim, '3.10'), '3.10')
  assert.is(valueOf(read.readVerbatim, '"$A $$"'), '$A $$')
  assert.is(valueOf(read.readVerbatim, ''), undefined)
  assert.is(valueOf(read.readVerbatim, '""'), '')
  assert.is(readWith('3.10', (tree, sink) => read.readText(tree, 'x', sink)?.value).result, '3.10')
  assert.is(readWith('True', (tree, sink) => read.readText(tree, 'x', sink)?.value).result, 'true')
  assert.equal(readWith('[a, 1.0, $$, ~]', (tree, sink) => read.readTexts(tree, 'x', sink).map(({ value }) => value)).result, ['a', '1.0', '$'])
})

test('a reference where none may stand is said once, with the key it stands under', () => {
  const { result, problems } = readWith('a$B', (tree, sink) => read.readText(tree, 'the.key', sink))
  assert.is(result, undefined)
  assert.equal(problems, ['MLS1111 at a$B'])
})

test('one value is a list of one, and what is known to be wrong is no item', () => {
  const unknown: Tree = { kind: 'unknown', span: treeOf('a').span }
  assert.is(read.itemsOf(treeOf('a')).length, 1)
  assert.is(read.itemsOf(treeOf('[a, b]')).length, 2)
  assert.equal(read.itemsOf(undefined), [])
  assert.equal(read.itemsOf(unknown), [])
  assert.equal(read.itemsOf({ kind: 'list', items: [unknown], span: unknown.span }), [])
  const map: Tree = { kind: 'map', entries: [{ key: 'k', keySpan: unknown.span, value: unknown }], span: unknown.span }
  assert.equal(read.entriesOf(map), [])
  assert.is(read.fieldOf(map, 'k'), undefined)
})

test('defaults of references', () => {
  assert.is(read.readAtDefaults(treeOf('"${A:-b}c"')), 'bc')
  assert.is(read.readAtDefaults(treeOf('$A')), read.UNKNOWN)
  assert.is(read.readAtDefaults(treeOf('"${A"')), undefined)
  assert.is(read.readAtDefaults(treeOf('')), undefined)
})

test('a part of a scalar is marked where the text stands as written', () => {
  const marked = (value: string, from: number, to: number) => {
    const { source, start, end } = read.spanWithin(treeOf(value), from, to)
    return source.text.slice(start, end)
  }
  assert.is(marked('abc', 1, 2), 'b')
  assert.is(marked('"abc"', 1, 2), 'b')
  assert.is(marked(`'abc'`, 1, 2), 'b')
  assert.is(marked('"a\\tc"', 1, 2), '"a\\tc"')
  assert.is(marked('|\n  abc\n', 1, 2), marked('|\n  abc\n', 0, 4))
})

test.run()
