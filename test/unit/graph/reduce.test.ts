/** Edges that a longer way stands for are left out, and nothing becomes unreachable by that. */
import fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { isReachable, reduceArrows, type Arrow } from '../../../src/graph/reduce.ts'

const arrows = (text: string): readonly Arrow[] => text.split(' ').map((pair) => ({ from: pair.charAt(0), to: pair.charAt(1) }))
const print = (list: readonly Arrow[]) => list.map(({ from, to }) => from + to).join(' ')

test('a longer way stands for an edge', () => {
  assert.is(print(reduceArrows(arrows('ab bc ac'), [])), 'ab bc')
  assert.is(print(reduceArrows(arrows('ab ac'), arrows('bx xc'))), 'ab')
  assert.is(print(reduceArrows(arrows('ab ab aa'), [])), 'ab')
})

test('what could be reached still can, also in circles', () => {
  const letter = fc.constantFrom('a', 'b', 'c', 'd', 'e')
  const list = fc.array(fc.record({ from: letter, to: letter }), { maxLength: 12 })
  fc.assert(fc.property(list, list, (some, others) => {
    const kept = [...reduceArrows(some, others), ...others]
    assert.ok(some.every((arrow) => isReachable(arrow, kept)))
  }))
})

test.run()
