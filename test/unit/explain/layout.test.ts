/** Tables and paragraphs on a terminal: what is too wide has a line to itself, and nothing of a hostile text gets through. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { createFootnotes } from '../../../src/explain/footnotes.ts'
import { block, paragraph, table, wrap, type Page } from '../../../src/explain/layout.ts'

const PAGE: Page = { width: 60, color: false }

test('columns stand below each other, and the last is wrapped', () => {
  const rows = [['python', '3.11', 'the default'], ['framework', 'PyTorch 2.13.0', 'the newest known version with wheels for this Python']]
  assert.is(table(rows, PAGE), `  python     3.11            the default
  framework  PyTorch 2.13.0  the newest known version with
                             wheels for this Python
`)
})

test('a cell that is too wide has a line to itself and pushes no other aside', () => {
  const rows = [['a', 'short', 'why'], ['b', `https://${'x'.repeat(40)}`, 'since']]
  assert.is(table(rows, PAGE), `  a  short  why\n  b  https://${'x'.repeat(40)}\n            since\n`)
})

test('a first cell that is empty goes on with the one above', () => {
  assert.is(table([['examples', '`a`'], ['', '`b`']], PAGE), '  examples  `a`\n            `b`\n')
})

test('no rows are no table', () => {
  assert.is(table([], PAGE), '')
})

test('a word that is longer than the line stays whole', () => {
  assert.equal(wrap(`see https://${'x'.repeat(70)} there`, 20), ['see', `https://${'x'.repeat(70)}`, 'there'])
  assert.is(paragraph('one two three', { width: 7, color: false }), 'one two\nthree\n')
})

test('what drives a terminal is shown and not obeyed', () => {
  assert.is(block('a\u001b[2Jb\n\nc'), '    a␛[2Jb\n\n    c\n')
  assert.is(table([['x', '\u001b]0;t']], PAGE), '  x  ␛]0;t\n')
})

test('colour changes no width', () => {
  const plain = table([['a', 'b', 'c'], ['long', 'b', 'c']], PAGE)
  assert.is(table([['a', 'b', 'c'], ['long', 'b', 'c']], { ...PAGE, color: true }).replace(/\u001b\[\d*m/g, ''), plain)
})

test('a fact is told once, with its source but without remarks on that', () => {
  const footnotes = createFootnotes()
  const fact = { text: 'A has wheels', source: 'https://example.com/ (read on a Monday)' }
  assert.is(footnotes.render(PAGE), '')
  assert.equal([footnotes.refer(fact), footnotes.refer({ ...fact, text: 'B' }), footnotes.refer({ ...fact }), footnotes.refer(undefined)], [' [1]', ' [2]', ' [1]', ''])
  assert.is(footnotes.render(PAGE), '\nfacts\n\n  [1] A has wheels: https://example.com/\n  [2] B: https://example.com/\n')
})

test.run()
