/** Guesses must be what a person would guess, and none where a person would have none. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { listChoices, nearest, suggest } from '../../../src/diagnostics/suggest.ts'

const KEYS = ['framework', 'name', 'python', 'packages', 'system-packages', 'environment', 'gpu', 'cpus', 'memory', 'datasets', 'train', 'tracking', 'serve', 'services', 'model']

const GUESSES: readonly (readonly [word: string, guess: string | undefined])[] = [
  ['framework', 'framework'],
  ['Framework', 'framework'],
  ['fraemwork', 'framework'],
  ['framewrok', 'framework'],
  ['pyhton', 'python'],
  ['modle', 'model'],
  ['gpus', 'gpu'],
  ['gp', 'gpu'],
  ['system_packages', 'system-packages'],
  ['systemPackages', 'system-packages'],
  ['env', 'environment'],
  ['training', 'train'],
  ['serv', 'serve'],
  ['dataset', 'datasets'],
  ['cuda', undefined],
  ['x', undefined],
  ['', undefined],
  ['p'.repeat(10_000), undefined],
]

for (const [word, guess] of GUESSES) {
  test(`\`${word.slice(0, 20)}\` is taken for ${guess ?? 'nothing'}`, () => assert.is(suggest(word, KEYS), guess))
}

test('the end of a word stands for it', () => assert.is(suggest('torch', ['scikit-learn', 'pytorch']), 'pytorch'))

test('another number is meant, not misspelt', () => {
  assert.is(suggest('fp16', ['fp32', 'fp8']), undefined)
  assert.is(suggest('3.14', ['3.12', '3.13']), undefined)
  assert.is(suggest('resnet50', ['resnet-50']), 'resnet-50')
})

test('nothing is known, so nothing is suggested', () => {
  assert.is(suggest('train', []), undefined)
  assert.is(listChoices('train', []), '')
})

test('of two that are equally near, the first known one is suggested', () => {
  assert.is(suggest('cat', ['bat', 'rat']), 'bat')
  assert.is(suggest('cat', ['rat', 'bat']), 'rat')
})

test('nearest gives those that are like the word first, and the others in their own order', () => {
  assert.equal(nearest('serv', ['b', 'services', 'a', 'serve'], 3), ['serve', 'services', 'b'])
})

test('up to five choices are listed, and the rest is counted', () => {
  assert.is(listChoices('bool', ['yes', 'no']), '`yes`, `no`')
  assert.is(listChoices('e', ['a', 'b', 'c', 'd', 'f']), '`a`, `b`, `c`, `d`, `f`')
  assert.is(listChoices('sevices', ['a', 'b', 'c', 'd', 'f', 'services', 'g']), '`services`, `a`, `b`, `c`, `d` and 2 more')
})

test.run()
