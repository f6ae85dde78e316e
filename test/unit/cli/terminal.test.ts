/** The decision on colour: the option, the variables, the terminal, in that order. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { wantsColor } from '../../../src/cli/terminal.ts'

const terminal = { write: () => true, isTTY: true }
const pipe = { write: () => true }

test('a terminal gets colour, and nothing else does', () => {
  assert.ok(wantsColor('auto', terminal, {}))
  assert.not.ok(wantsColor('auto', pipe, {}))
  assert.not.ok(wantsColor('auto', terminal, { TERM: 'dumb' }))
})

test('NO_COLOR and FORCE_COLOR decide for every stream; empty they say nothing', () => {
  assert.not.ok(wantsColor('auto', terminal, { NO_COLOR: '1' }))
  assert.not.ok(wantsColor('auto', terminal, { NO_COLOR: '0', FORCE_COLOR: '1' }))
  assert.ok(wantsColor('auto', terminal, { NO_COLOR: '', FORCE_COLOR: '' }))
  assert.ok(wantsColor('auto', pipe, { FORCE_COLOR: '1', TERM: 'dumb' }))
  assert.not.ok(wantsColor('auto', terminal, { FORCE_COLOR: '0' }))
})

test('--color wins over all', () => {
  assert.ok(wantsColor('always', pipe, { NO_COLOR: '1' }))
  assert.not.ok(wantsColor('never', terminal, { FORCE_COLOR: '1' }))
})

test.run()
