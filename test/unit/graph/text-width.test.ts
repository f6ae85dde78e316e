/** Widths of texts, and texts that are cut down to one. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { shorten, widthOf } from '../../../src/graph/svg/text-width.ts'

const FONT = { size: 10 }

test('wide letters are wider than narrow ones, and bold ones wider than others', () => {
  assert.ok(widthOf('WWW', FONT) > 3 * widthOf('iii', FONT))
  assert.ok(widthOf('train', { size: 10, isBold: true }) > widthOf('train', FONT))
  assert.is(widthOf('日本', FONT), 21)
  assert.is(widthOf('iW', { size: 10, isMono: true }), 12.1)
})

test('a text that fits stays, and one that does not loses its middle or its end', () => {
  const mono = { size: 10, isMono: true }
  assert.is(shorten('data/digits.csv', 100, mono, 'middle'), 'data/digits.csv')
  assert.is(shorten('./some/folder/digits.csv', 80, mono, 'middle'), './some…ts.csv')
  assert.is(shorten('python train.py all', 80, mono, 'end'), 'python train…')
  assert.is(shorten('日本語の長い名前', 40, FONT, 'end'), '日本語…')
})

test.run()
