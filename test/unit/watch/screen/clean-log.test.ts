/** What containers print steers no terminal, and says the same. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { cleanLog } from '../../../../src/watch/screen/clean-log.ts'
import { costOf } from '../../../machine.ts'

const CASES: readonly (readonly [name: string, line: string, plain: string, colored?: string])[] = [
  ['plain text', 'größer 日本 👨‍👩‍👧', 'größer 日本 👨‍👩‍👧'],
  ['a line with a carriage return at its end', 'text\r', 'text'],
  ['a progress bar', '\r  0%|    |\r 10%|#   |\r 20%|##  |', ' 20%|##  |'],
  ['a progress bar that is wiped away in the end', ' 90%\r100%\r\u001b[K', '100%'],
  ['a progress bar of backspaces', '\b\b\b\r 1/10\b\b\b\b\b\r10/10', '10/10'],
  ['a colour', '\u001b[1;31mred\u001b[0m', 'red', '\u001b[1;31mred\u001b[0m'],
  ['a colour that is left open', '\u001b[38:5:9mred', 'red', '\u001b[38:5:9mred\u001b[0m'],
  ['a colour by an 8-bit control', '\u009b31mred', 'red', '\u001b[31mred\u001b[0m'],
  ['cursor moves and clearing', '\u001b[2J\u001b[1;1Ha\u001b[3Ab\u001b[?25lc', 'abc'],
  ['a private sequence that ends like a colour', '\u001b[>4ma', 'a'],
  ['a title', '\u001b]0;title\u0007a\u001b]0;title\u001b\\b', 'ab'],
  ['a link', '\u001b]8;;http://a\u001b\\text\u001b]8;;\u001b\\', 'text'],
  ['a title that does not end, of which no text is lost', '\u001b]0;title', '0;title'],
  ['a device control string', '\u001bPq#0\u001b\\a', 'a'],
  ['character sets, a reset and a lone escape', '\u001b(Ba\u001bcb\u001b', 'ab'],
  ['a sequence that is cut off', 'a\u001b[3', 'a'],
  ['bells, zeros and other controls', 'a\u0007\0\u000e\u0085b', 'ab'],
  ['a tab', 'a\tb', 'a    b'],
  ['a turned reading direction', 'a\u202eb', 'a\\u{202e}b'],
  ['nothing', '', ''],
  ['only escapes', '\u001b[2K\r\u001b[A', ''],
]

for (const [name, line, plain, colored = plain] of CASES) {
  test(`${name} becomes ${JSON.stringify(plain)}`, () => {
    assert.is(cleanLog(line, { color: false }), plain)
    assert.is(cleanLog(line, { color: true }), colored)
  })
}

test('a long line without an end costs no more than its length', () => {
  const hostile = `${'\u001b]'.repeat(50_000)}${'\u001b['.repeat(50_000)}`
  assert.ok(costOf(() => assert.is(cleanLog(hostile, { color: true }), '')) < 1000)
})

test.run()
