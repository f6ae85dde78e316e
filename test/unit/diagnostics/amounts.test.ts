/** Amounts are told to two or three digits, in units that fit. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { formatBytes, formatTime, timeOf } from '../../../src/diagnostics/amounts.ts'

const BYTES: readonly (readonly [bytes: number, text: string])[] = [
  [0, '0 kB'],
  [1500, '2 kB'],
  [999_400, '999 kB'],
  [999_900, '1 MB'],
  [4_210_000, '4.21 MB'],
  [45_400_000, '45 MB'],
  [865_600_000, '866 MB'],
  [999_800_000, '1 GB'],
  [1_530_000_000, '1.53 GB'],
  [12_340_000_000, '12 GB'],
  [123_400_000_000, '123 GB'],
]
for (const [bytes, text] of BYTES) test(`${bytes} bytes are ${text}`, () => assert.is(formatBytes(bytes), text))

const TIMES: readonly (readonly [seconds: number, text: string])[] = [
  [0.2, '1 s'],
  [89, '89 s'],
  [90, '2 min'],
  [3600, '60 min'],
  [5400, '1 h 30 min'],
  [7200, '2 h'],
  [7000, '2 h'],
]
for (const [seconds, text] of TIMES) test(`${seconds} seconds are ${text}`, () => assert.is(formatTime(seconds), text))

test('a megabit is a million bits, and a byte has eight', () => {
  assert.is(timeOf(125_000_000, 100), 10)
})

test.run()
