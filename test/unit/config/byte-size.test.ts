/** Sizes: what is one, how many bytes it has, and a spelling for Compose. */
import fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { parseByteSize } from '../../../src/config/byte-size.ts'

const KIB = 1024

test('sizes as Compose and as people write them', () => {
  const cases: [string, number, string][] = [
    ['512m', 512 * KIB ** 2, '512m'],
    ['16gb', 16 * KIB ** 3, '16gb'],
    ['16GB', 16 * KIB ** 3, '16g'],
    ['16GiB', 16 * KIB ** 3, '16g'],
    ['512MiB', 512 * KIB ** 2, '512m'],
    ['16 GB', 16 * KIB ** 3, '16g'],
    [' 1k ', KIB, '1k'],
    ['64b', 64, '64b'],
    ['65536', 65536, '65536'],
    ['1.5g', 1.5 * KIB ** 3, '1536m'],
    ['.5K', 512, '512b'],
    ['2T', 2 * KIB ** 4, '2048g'],
    ['1tib', KIB ** 4, '1024g'],
    ['2048KB', 2 * KIB ** 2, '2m'],
    ['0.1g', 107374182, '107374182b'],
    ['9007199254740991', Number.MAX_SAFE_INTEGER, '9007199254740991'],
  ]
  for (const [text, bytes, compose] of cases) assert.equal(parseByteSize(text), { bytes, compose }, text)
})

test('what is no size over zero', () => {
  const bad = ['', '0', '0g', '0.0001k', '-1g', '+1g', 'g', '.', '1.', '1.g', '1p', '1 0', '1gbb', '1ib', '1e3', '1,5g', 'lots', '16  GB', '1g\n2', '8193t', '9007199254740992', '9'.repeat(400)]
  for (const text of bad) assert.is(parseByteSize(text), undefined, text)
})

test('property: the spelling for Compose means the same number of bytes, and is its own', () => {
  const size = fc.tuple(fc.integer({ min: 1, max: 4000 }), fc.constantFrom('', '.5', '.25', '.1'), fc.constantFrom('', 'b', 'K', 'kb', 'MiB', 'g', 'GB', 'TiB'))
  fc.assert(
    fc.property(size, (parts) => {
      const parsed = parseByteSize(parts.join(''))
      assert.match(parsed?.compose ?? '', /^\d+([kmg]b?|b)?$/)
      assert.equal(parseByteSize(parsed?.compose ?? ''), parsed)
    }),
  )
})

test.run()
