/** Texts that are refused: each with one diagnostic, at the place where what is wrong begins. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { markedBy, parseText } from './parse-text.ts'

/** `marked` is what the diagnostic points at; `undefined` where it is a place of no length. */
const REFUSED: readonly (readonly [name: string, text: string, found: string, marked: string])[] = [
  ['an empty file', '', 'MLS1105 1:1', ''],
  ['a byte order mark alone', '\ufeff', 'MLS1105 1:1', ''],
  ['blank lines', ' \n\n', 'MLS1105 1:1', ''],
  ['comments alone', '# nothing\n', 'MLS1105 1:1', ''],
  ['a document start alone', '---\n', 'MLS1105 1:1', ''],
  ['a list', '# a list\n- a\n', 'MLS1106 1:1', ''],
  ['a text', 'train.py\n', 'MLS1106 1:1', ''],
  ['null', 'null\n', 'MLS1106 1:1', ''],

  ['a lone carriage return', 'a: 1\rb: 2\n', 'MLS1002 1:5', '\r'],
  ['a carriage return before CR LF', 'a: 1\r\r\nb: 2\n', 'MLS1002 1:5', '\r'],
  ['a carriage return at the end', 'a: 1\r', 'MLS1002 1:5', '\r'],
  ['a NUL', 'a: 1\nb: \0\n', 'MLS1003 2:4', '\0'],
  ['an escape in quotes', 'a: "\u001b[2J"\n', 'MLS1003 1:5', '\u001b'],
  ['a delete', 'a: \u007f\n', 'MLS1003 1:4', '\u007f'],
  ['a C1 control', 'a: \u009b2J\n', 'MLS1003 1:4', '\u009b'],

  ['a line that fits no line above', 'a:\n    b: 1\n  c: 2\n', 'MLS1010 3:1', '  '],
  ['a key indented below a value', 'a: 1\n  b: 2\n', 'MLS1010 1:4', '1'],
  ['an unclosed double quote', 'a: 1\nb: "x\nc: 2\n', 'MLS1010 2:4', '"'],
  ['an unclosed single quote after a doubled one', "a: 'it''s\nb: 2\n", 'MLS1010 1:4', "'"],
  ['an unclosed quote behind a quoted value', 'a: "b"\nc: "\\"\n', 'MLS1010 2:4', '"'],
  ['an unclosed bracket', 'a: 1\nb: [1, [2, 3]\n', 'MLS1010 2:4', '['],
  ['an unclosed inner bracket', 'a: {b: [1, 2}\n', 'MLS1010 1:8', '['],
  ['a bracket with lines that are not indented', 'a: {\nb: 1\n}\n', 'MLS1010 1:4', '{'],
  ['a bracket that closes nothing', 'a: ]\n', 'MLS1010 1:4', ']'],
  ['a comma too many', 'a: [1,,2]\n', 'MLS1010 1:7', ','],
  ['two colons', 'a: b: c\n', 'MLS1010 1:4', 'b'],
  ['a key without a colon', 'a: 1\nb\nc: 2\n', 'MLS1010 2:1', 'b'],
  ['a colon without a space', 'a: 1\nb:2\n', 'MLS1010 2:1', 'b:2'],
  ['a list among keys', 'a: 1\n- b\n', 'MLS1010 2:1', '-'],
  ['an unknown escape', 'a: "C:\\users"\n', 'MLS1010 1:7', '\\'],
  ['a value that begins with @', 'a: @b\n', 'MLS1010 1:4', '@'],
  ['text behind a quote', 'a: "b" c\n', 'MLS1010 1:8', 'c'],
  ['two anchors', 'a: &b &c 1\n', 'MLS1010 1:7', '&c'],
  ['an anchor on an alias', 'a: &b 1\nc: &d *b\n', 'MLS1010 2:7', '*b'],
  ['an anchor without a name', 'a: & 1\n', 'MLS1010 1:4', '&'],

  ['a tab before a key', 'a:\n\tb: 1\n', 'MLS1011 2:1', '\t'],
  ['a tab after spaces', 'a:\n  \tb: 1\n  c: 2\n', 'MLS1011 2:3', '\t'],
  ['a tab before the first key', '\ta: 1\n', 'MLS1011 1:1', '\t'],
  ['a tab behind a dash', 'a:\n  -\tb: 1\n    c: 2\n', 'MLS1011 2:4', '\t'],

  ['a duplicate key', 'a: 1\nb: 2\na: 3\n', 'MLS1012 3:1', 'a'],
  ['a duplicate key in quotes', 'a: 1\n"a": 3\n', 'MLS1012 2:1', '"a"'],
  ['a duplicate number as key', '1: a\n"1": b\n', 'MLS1012 2:1', '"1"'],
  ['a duplicate in braces', 'a: {b: 1, b: 2}\n', 'MLS1012 1:11', 'b'],
  ['a duplicate merge key', 'a: &a {b: 1}\nc:\n  <<: *a\n  <<: *a\n', 'MLS1012 4:3', '<<'],
  ['a duplicate __proto__', '__proto__: 1\n__proto__: 2\n', 'MLS1012 2:1', '__proto__'],

  ['a tag', 'a: !!str 1\n', 'MLS1013 1:4', '!!str'],
  ['a tag of one’s own', 'a: [!env HOME]\n', 'MLS1013 1:5', '!env'],
  ['a tag that other readers run', 'a: !!python/object/apply:os.system [id]\n', 'MLS1013 1:4', '!!python/object/apply:os.system'],
  ['a tag on a key', '!x a: 1\n', 'MLS1013 1:1', '!x'],
  ['a tag on the document', '--- !x\na: 1\n', 'MLS1013 1:5', '!x'],
  ['a tag without a value', 'a: !x\n', 'MLS1013 1:4', '!x'],
  ['a version', '%YAML 1.1\n---\na: yes\n', 'MLS1014 1:1', '%YAML 1.1'],
  ['a tag prefix', '%TAG ! tag:example.org,2000:\n---\na: 1\n', 'MLS1014 1:1', '%TAG ! tag:example.org,2000:'],
  ['a second document', 'a: 1\n---\nb: 2\n', 'MLS1015 2:1', '---'],
  ['a second and a third document', 'a: 1\n---\nb: 2\n---\nc: 3\n', 'MLS1015 2:1', '---'],
  ['a second document after an end', 'a: 1\n...\nb: 2\n', 'MLS1015 3:1', 'b'],

  ['a list as key', '[a]: 1\n', 'MLS1016 1:1', '[a]'],
  ['a mapping as key', 'a:\n  {b: 1}: 2\n', 'MLS1016 2:3', '{b: 1}'],
  ['a template in braces', 'a: {{ b }}\n', 'MLS1016 1:5', '{ b }'],
  ['nothing as key', 'a:\n  : 1\n', 'MLS1016 2:3', ''],

  ['an unknown alias', 'a: &base 1\nb: *bases\n', 'MLS1009 2:4', '*bases'],
  ['an alias before its anchor', 'a: *b\nb: &b 1\n', 'MLS1009 1:4', '*b'],
  ['an alias in its own list', 'a: &a [1, *a]\n', 'MLS1008 1:11', '*a'],
  ['an alias in its own mapping', 'a: &a\n  b: *a\n', 'MLS1008 2:6', '*a'],
  ['a mapping merged into itself', 'a: &a\n  <<: *a\n', 'MLS1008 2:7', '*a'],
  ['a merge of a number', 'a:\n  <<: 1\n', 'MLS1017 2:7', '1'],
  ['a merge of nothing', 'a:\n  <<:\n', 'MLS1017 2:3', '<<'],
  ['a merge of a list of numbers', 'a: &a {b: 1}\nc:\n  <<: [*a, 2]\n', 'MLS1017 3:12', '2'],
]

for (const [name, text, found, marked] of REFUSED) {
  test(`${name} is refused at ${found}`, () => {
    const parsed = parseText(text)
    assert.equal(parsed.found, [found])
    assert.is(parsed.tree, undefined)
    assert.equal(parsed.diagnostics.map(markedBy), [marked])
  })
}

for (const [name, text, found] of REFUSED) {
  test(`${name} is found at the same place behind a byte order mark`, () => assert.equal(parseText(`\ufeff${text.replace(/^\ufeff/, '')}`).found, [found]))
}

for (const [name, text, found] of REFUSED.filter(([, each]) => !each.includes('\r'))) {
  test(`${name} is found at the same place with CR LF`, () => assert.equal(parseText(text.replaceAll('\n', '\r\n')).found, [found]))
}

test('each duplicate is told, with the first one beside it', () => {
  const { found, diagnostics } = parseText('a: 1\na: 2\na: 3\n')
  assert.equal(found, ['MLS1012 2:1', 'MLS1012 3:1'])
  for (const { related } of diagnostics) assert.equal(related.map(({ span, message }) => [span.start, span.end, message]), [[0, 1, 'first given here']])
})

test('problems in several places are all told', () => {
  assert.equal(parseText('a: 1\na: 2\nb: *c\nd: {e: 1, e: 2}\n').found, ['MLS1012 2:1', 'MLS1009 3:4', 'MLS1012 4:11'])
})

test('an unknown alias gets a suggestion only from anchors above', () => {
  assert.is(parseText('a: &base 1\nb: *bases\n').diagnostics[0]?.help, 'did you mean `*base`?')
  assert.is(parseText('b: *bases\na: &base 1\n').diagnostics[0]?.help, undefined)
})

test('nothing follows from an anchor whose value is wrong already', () => {
  assert.equal(parseText('a: &a {b: 1, b: 2}\nc: *a\nd:\n  <<: *a\n').found, ['MLS1012 1:14'])
})

test('columns count UTF-16 units, a tab as one', () => assert.equal(parseText('a: {"🚀 日":\t1, b: *c}\n').found, ['MLS1009 1:19']))

const bytes = (...parts: (string | number[])[]) => Buffer.concat(parts.map((part) => Buffer.from(part as string)))

const NOT_UTF8: readonly (readonly [name: string, bytes: Uint8Array, found: string])[] = [
  ['Latin 1', bytes('a: gr', [0xf6], 'sse\n'), 'MLS1001 1:6'],
  ['UTF-16', bytes([0xff, 0xfe], 'a\0:\0'), 'MLS1001 1:1'],
  ['a character that is cut off', bytes('a: 1\nb: ', [0xe6, 0x97]), 'MLS1001 2:4'],
  ['half of a surrogate pair', bytes('a: ', [0xed, 0xa0, 0x80]), 'MLS1001 1:4'],
  ['an overlong slash', bytes('a: ', [0xc0, 0xaf]), 'MLS1001 1:4'],
  ['a wrong byte behind a replacement character that is meant', bytes('a: \ufffd\nb: x', [0xff]), 'MLS1001 2:5'],
  ['a wrong byte behind a byte order mark', bytes('\ufeffa: x', [0xff]), 'MLS1001 1:5'],
  ['a beginning that fits the replacement character', bytes('a: ', [0xef, 0xbf], 'x'), 'MLS1001 1:4'],
]

for (const [name, text, found] of NOT_UTF8) test(`${name} is no UTF-8`, () => assert.equal(parseText(text).found, [found]))

test.run()
