/** What a terminal would hide or obey is made visible, and what it shows wide is counted so. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { cellsOf, makeVisible } from '../../../src/diagnostics/visible.ts'

const widthOf = (text: string) => cellsOf(text).reduce((sum, { width }) => sum + width, 0)

const SHOWN: readonly (readonly [name: string, text: string, shown: string])[] = [
  ['an escape', '\u001b[31m', '␛[31m'],
  ['a carriage return and a line feed', 'a\r\nb', 'a␍␊b'],
  ['a delete', 'a\u007f', 'a␡'],
  ['a C1 control', '\u009b31m', '\\u{9b}31m'],
  ['a turned reading direction', 'a\u202eb\u2066c', 'a\\u{202e}b\\u{2066}c'],
  ['a zero-width space', 'a\u200bb', 'a\\u{200b}b'],
  ['a joiner outside of emoji', 'a\u200db', 'a\\u{200d}b'],
  ['a joiner inside an emoji', '👨‍👩‍👧', '👨‍👩‍👧'],
  ['a byte order mark', '\ufeffa', '\\u{feff}a'],
  ['a line separator', 'a\u2028b', 'a\\u{2028}b'],
  ['half a surrogate pair', 'a\ud800b', 'a\\u{d800}b'],
  ['words of any script', 'größer 日本 é', 'größer 日本 é'],
]

for (const [name, text, shown] of SHOWN) test(`${name} is shown as ${shown}`, () => assert.is(makeVisible(text), shown))

const WIDTHS: readonly (readonly [text: string, width: number])[] = [
  ['abc', 3],
  ['\t', 4],
  ['日本', 4],
  ['한국', 4],
  ['ｱ', 1],
  ['Ａ', 2],
  ['e\u0301', 1],
  ['🚀', 2],
  ['👨‍👩‍👧', 2],
  ['👍🏽', 2],
  ['🇩🇪', 2],
  ['❤\ufe0f', 2],
  ['\u001b', 1],
  ['\u202e', 8],
  ['', 0],
]

for (const [text, width] of WIDTHS) test(`${JSON.stringify(text)} takes ${width} columns`, () => assert.is(widthOf(text), width))

test('cells keep the offsets of the line', () => {
  assert.equal(
    cellsOf('a日🚀b').map(({ offset }) => offset),
    [0, 1, 2, 4],
  )
})

test.run()
