/** Nothing of the language goes without a golden case: every key that is built is used in one, and every code of a wrong config is shown in one. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { CATALOGUE } from '../../src/diagnostics/catalogue/index.ts'
import { BUILT_KEYS, listKeysUsed } from '../keys.ts'
import { configPathOf, expectedCodes, findCases } from './cases.ts'

/** Keys that no case uses, each with the reason. */
const KEYS_WITHOUT_CASE: Readonly<Record<string, string>> = {
  'outputs.model.target': 'outputs share their long form, and this one is refused there',
}

/** Codes from MLS1xxx to MLS4xxx that no case shows, each with the reason. */
const CODES_WITHOUT_CASE: Readonly<Record<string, string>> = {
  MLS1004: 'a file over 1 MiB, which is written by a test of the parser',
  MLS1006: 'over 10,000 keys, which are written by a test of the parser',
}

test('every key that is built is used by a case of compile', () => {
  const used = new Set(findCases('compile').flatMap((each) => listKeysUsed(configPathOf(each))))
  const unused = BUILT_KEYS.filter(({ places }) => !places.some((place) => used.has(place))).map(({ name }) => name)
  assert.equal(unused, Object.keys(KEYS_WITHOUT_CASE))
})

test('every code of a wrong or surprising config is shown by a case', () => {
  const shown = new Set(['bad', 'warned'].flatMap(findCases).flatMap(expectedCodes))
  const unshown = [...CATALOGUE.keys()].filter((code) => /^MLS[1-4]/.test(code) && !shown.has(code))
  assert.equal(unshown.sort(), Object.keys(CODES_WITHOUT_CASE).sort())
})

test.run()
