/** Durations at the edges between their units. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { formatDuration, formatElapsed } from '../../../../src/watch/screen/duration.ts'

const DURATIONS: readonly (readonly [milliseconds: number, text: string])[] = [
  [0, '0 ms'],
  [84.4, '84 ms'],
  [99.4, '99 ms'],
  [99.5, '0.1 s'],
  [400, '0.4 s'],
  [1900, '1.9 s'],
  [59_949, '59.9 s'],
  [59_950, '1 min 00 s'],
  [125_000, '2 min 05 s'],
  [3_600_000, '1 h 00 min'],
]

for (const [milliseconds, text] of DURATIONS) test(`${milliseconds} ms took ${text}`, () => assert.is(formatDuration(milliseconds), text))

const ELAPSED: readonly (readonly [milliseconds: number, text: string])[] = [
  [-5, '0 s'],
  [999, '0 s'],
  [12_999, '12 s'],
  [59_999, '59 s'],
  [125_000, '2 min 05 s'],
  [11_220_000, '3 h 07 min'],
]

for (const [milliseconds, text] of ELAPSED) test(`${milliseconds} ms have been going on for ${text}`, () => assert.is(formatElapsed(milliseconds), text))

test.run()
