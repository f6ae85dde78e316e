import { setTimeout as wait } from 'node:timers/promises'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { createDebounce, type DebounceOptions } from '../../../../src/watch/files/debounce.ts'

/** A debounce with short times, and what it has handed over so far. */
function record(options: Partial<DebounceOptions> = {}) {
  const batches: (readonly string[])[] = []
  const debounce = createDebounce({ quiet: 20, cap: 500, ...options, onQuiet: (paths) => batches.push(paths) })
  return { batches, ...debounce }
}

test('paths are handed over once and together, each once', async () => {
  const { batches, add } = record()
  for (const path of ['a', 'b', 'a']) add(path)
  assert.equal(batches, [])
  await wait(60)
  assert.equal(batches, [['a', 'b']])
  add('c')
  await wait(60)
  assert.equal(batches, [['a', 'b'], ['c']])
})

test('each path begins the quiet time anew', async () => {
  const { batches, add, close } = record({ quiet: 60 })
  for (let index = 0; index < 5; index += 1) {
    add(`${index}`)
    await wait(20)
  }
  assert.equal(batches, [])
  close()
})

test('what never rests is handed over at the cap', async () => {
  const { batches, add, close } = record({ quiet: 60, cap: 90 })
  for (let index = 0; index < 8; index += 1) {
    add(`${index}`)
    await wait(20)
  }
  assert.ok(batches.length > 0)
  close()
})

test('a hold postpones, and what comes meanwhile is handed over with it', async () => {
  let isHeld = true
  const { batches, add } = record({ isHeld: () => isHeld })
  add('a')
  await wait(60)
  add('b')
  await wait(60)
  assert.equal(batches, [])
  isHeld = false
  await wait(60)
  assert.equal(batches, [['a', 'b']])
})

test('a hold that is never lifted ends by itself', async () => {
  const { batches, add } = record({ isHeld: () => true, longestHold: 60 })
  add('a')
  await wait(120)
  assert.equal(batches, [['a']])
})

test('a flush hands over at once, and nothing afterwards', async () => {
  const { batches, add, flush } = record({ isHeld: () => true })
  add('a')
  flush()
  flush()
  assert.equal(batches, [['a']])
  await wait(60)
  assert.equal(batches, [['a']])
})

test('after a close nothing is handed over', async () => {
  const { batches, add, flush, close } = record()
  add('a')
  close()
  add('b')
  flush()
  await wait(60)
  assert.equal(batches, [])
})

test.run()
