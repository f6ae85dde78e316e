/** Keys are commands only where they were typed. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { readKeys, type Command } from '../../../../src/watch/screen/keys.ts'

const CASES: readonly (readonly [name: string, bytes: string, commands: readonly Command[]])[] = [
  ['r', 'r', ['rebuild']],
  ['t', 't', ['retrain']],
  ['l', 'l', ['logs']],
  ['q', 'q', ['quit']],
  ['capitals', 'RTLQ', ['rebuild', 'retrain', 'logs', 'quit']],
  ['several in one chunk', 'lrr', ['logs', 'rebuild', 'rebuild']],
  ['Ctrl-C', '\x03', ['quit']],
  ['Ctrl-D', '\x04', ['quit']],
  ['Ctrl-C among other text', 'python train.py\x03', ['quit']],
  ['nothing', '', []],
  ['another letter', 'x', []],
  ['return and space', '\r ', []],
  ['an arrow', '\x1b[A', []],
  ['an arrow and a command', '\x1b[At', ['retrain']],
  ['F3, which ends with R', '\x1bOR\x1b[1;2R', []],
  ['a letter with Alt', '\x1br', []],
  ['the escape key', '\x1b', []],
  ['pasted text', 'rm -r train', []],
  ['pasted text in brackets', '\x1b[200~rt\x1b[201~l', ['logs']],
  ['pasted text that does not end', '\x1b[200~rt', []],
  ['a mouse report', '\x1b[<0;10;20M\x1b[Mqrt', []],
  ['bytes that are no ASCII', '\xe9\xff', []],
]

for (const [name, bytes, commands] of CASES) {
  test(`${name}: ${commands.join(', ') || 'no command'}`, () => assert.equal(readKeys(Buffer.from(bytes, 'latin1')), commands))
}

test.run()
