import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { partPython } from '../../../../src/watch/reach/python-text.ts'

/** In `code`, `_` stands for what is blanked. */
const ROWS: Readonly<Record<string, { readonly text: string; readonly code: string; readonly strings: readonly string[] }>> = {
  'a string': { text: `x = 'a' + "b"`, code: 'x = ___ + ___', strings: ['a', 'b'] },
  'a comment': { text: 'x # "a"\ny', code: 'x _____\ny', strings: [] },
  'a hash in a string': { text: `'#' + x`, code: '___ + x', strings: ['#'] },
  'the other quote': { text: `"it's" + x`, code: '______ + x', strings: ["it's"] },
  'an escaped quote': { text: String.raw`'a\'b' + x`, code: '______ + x', strings: ['a b'] },
  'an escaped backslash': { text: String.raw`'a\\' + x`, code: '_____ + x', strings: ['a '] },
  'a raw string, whose quote is escaped all the same': { text: String.raw`r'a\'b' + x`, code: 'r______ + x', strings: ['a b'] },
  'triple quotes': { text: `"""a\n"b" ''' c""" + x`, code: '____\n____________ + x', strings: [`a\n"b" ''' c`] },
  'an empty string': { text: `'' + x + ""`, code: '__ + x + __', strings: ['', ''] },
  'a string that its line ends': { text: `'a\nx = 'b'`, code: '__\nx = ___', strings: ['a', 'b'] },
  'a string that goes on behind a backslash': { text: `'a\\\nb' + x`, code: '___\n__ + x', strings: ['a b'] },
  'a string that is never closed': { text: `x = """a`, code: 'x = ____', strings: ['a'] },
  'a field': { text: `f'a{x}b' + y`, code: 'f___x___ + y', strings: ['a*b'] },
  'a field with its own strings': { text: `f"a{x["b"]}" + y`, code: 'f___x[___]__ + y', strings: ['b', 'a*'] },
  'a field with a format': { text: `f'{x:>{y}}' + z`, code: 'f__x___y___ + z', strings: ['*'] },
  'a field with brackets': { text: `f'{x[1:2]}{ {1: 2}[1] }'`, code: `f__x[1:2]__ {1: 2}[1] __`, strings: ['**'] },
  'doubled braces': { text: `f'{{a}}' + x`, code: 'f_______ + x', strings: ['{a}}'] },
  'braces of a plain string': { text: `'{a}' + x`, code: '_____ + x', strings: ['{a}'] },
  'a field that is never closed': { text: `f'{x:a' + y`, code: 'f__x___ + y', strings: ['*'] },
  'a name that ends like a prefix': { text: `of'{x}'`, code: 'of_____', strings: ['{x}'] },
}

for (const [name, { text, code, strings }] of Object.entries(ROWS)) {
  test(`parts ${name}`, () => assert.equal(partPython(text), { code: code.replaceAll('_', ' '), strings }))
}

test.run()
