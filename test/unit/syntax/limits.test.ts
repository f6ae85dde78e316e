/** Hostile texts: what would exhaust the machine is refused, quickly and with one diagnostic; what is merely large is not. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { costOf } from '../../machine.ts'
import { parseText } from './parse-text.ts'

/** In milliseconds of a processor; without the limits, it would be minutes, or the end of the process. */
const PATIENCE = 10_000

const MEBIBYTE = 1024 * 1024
const lines = (count: number, line: (index: number) => string) => Array.from({ length: count }, (_, index) => line(index)).join('')

const nestedLists = (depth: number) => `a: ${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}\n`
const nestedKeys = (depth: number) => lines(depth, (index) => `${' '.repeat(index)}a:\n`)
const nestedDashes = (depth: number) => `a:\n  ${'- '.repeat(depth - 1)}b\n`
const keys = (count: number) => lines(count, (index) => `k${index}: 1\n`)
const braced = (count: number) => `a: {${lines(count, (index) => `k${index}: 1, `)}}\n`
/** Aliases of aliases: `factor` to the power of `levels` values. */
const bomb = (levels: number, factor: number) => lines(levels, (index) => `a${index}: &a${index} [${Array(factor).fill(index === 0 ? '1' : `*a${index - 1}`).join(', ')}]\n`)
const chain = (length: number) => `a0: &a0 [1]\n${lines(length - 1, (index) => `a${index + 1}: &a${index + 1} [*a${index}]\n`)}`
/** Two mappings of half as many keys, merged into one. */
const mergedKeys = (count: number) => {
  const half = (name: string) => `x${name}: &${name}\n${lines(count / 2, (index) => `  ${name}${index}: 1\n`)}`
  return `${half('a')}${half('b')}y:\n  <<: [*a, *b]\n`
}

const LIMITS: readonly (readonly [name: string, good: string, bad: string, found: string])[] = [
  ['1 MiB', `a: 1\n#${'x'.repeat(MEBIBYTE - 6)}`, `a: 1\n#${'x'.repeat(MEBIBYTE - 5)}`, 'MLS1004 1:1'],
  ['1 MiB of bytes, not characters', `a: 1\n#${'ü'.repeat((MEBIBYTE - 6) / 2)}`, `a: 1\n#${'ü'.repeat((MEBIBYTE - 6) / 2 + 1)}`, 'MLS1004 1:1'],
  ['64 levels of brackets', nestedLists(64), nestedLists(65), 'MLS1005 1:67'],
  ['64 levels of keys', nestedKeys(64), nestedKeys(65), 'MLS1005 65:65'],
  ['64 levels of dashes', nestedDashes(64), nestedDashes(65), 'MLS1005 2:129'],
  ['64 levels through aliases', chain(63), chain(64), 'MLS1005 64:12'],
  ['10,000 keys', keys(10_000), keys(10_001), 'MLS1006 1:1'],
  ['10,000 keys in braces', braced(10_000), braced(10_001), 'MLS1006 1:4'],
  ['10,000 keys without values', `a: {${lines(10_000, (index) => `k${index}, `)}}\n`, `a: {${lines(10_001, (index) => `k${index}, `)}}\n`, 'MLS1006 1:4'],
  ['10,000 keys through merges', mergedKeys(10_000), mergedKeys(10_002), 'MLS1006 10006:3'],
  ['100,000 values through aliases', bomb(5, 9), bomb(6, 9), 'MLS1007 6:10'],
]

for (const [name, good, bad, found] of LIMITS) {
  test(`${name} is as much as is taken`, () => {
    const { tree, found: nothing } = parseText(good)
    assert.equal(nothing, [])
    assert.ok(tree)
  })
  test(`more than ${name} is refused`, () => assert.equal(parseText(bad).found, [found]))
}

const HOSTILE: readonly (readonly [name: string, text: string, found: readonly string[]])[] = [
  ['brackets without end', '['.repeat(20_000), ['MLS1005 1:65']],
  ['braces without end', '{a: '.repeat(20_000), ['MLS1005 1:257']],
  ['dashes without end', '- '.repeat(20_000), ['MLS1005 1:129']],
  ['question marks without end', '? '.repeat(20_000), ['MLS1005 1:129']],
  ['colons without end', 'a: '.repeat(20_000), ['MLS1005 1:193']],
  ['billions of values', bomb(60, 10), ['MLS1007 5:45']],
  ['billions of merged keys', `a0: &a0 {k: 1}\n${lines(40, (index) => `a${index + 1}: &a${index + 1} {<<: [${Array(9).fill(`*a${index}`).join(', ')}]}\n`)}`, []],
  ['many keys that are the same', 'k:\n'.repeat(2000), lines(1999, (index) => `MLS1012 ${index + 2}:1 `).trim().split(/ (?=M)/)],
  ['a list longer than a mapping may be', `a: [${'1, '.repeat(20_000)}]\n`, []],
]

for (const [name, text, found] of HOSTILE) {
  test(`${name}: told at once`, () => {
    assert.ok(costOf(() => assert.equal(parseText(text).found, found)) < PATIENCE)
  })
}

test('many unknown aliases among many anchors take no time', () => {
  const text = `${lines(3000, (index) => `a${index}: &anchor${index} 1\n`)}z: [${lines(10_000, (index) => `*anchir${index}, `)}]\n`
  assert.ok(costOf(() => assert.is(parseText(text).found.length, 10_000)) < PATIENCE)
})

test.run()
