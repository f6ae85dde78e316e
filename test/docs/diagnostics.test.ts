/** The page on diagnostics has every code, with what is printed for one of its cases. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { diagnosticsPage } from '../../src/build/docs.ts'
import { CATALOGUE } from '../../src/diagnostics/catalogue/index.ts'
import { findCases } from '../golden/cases.ts'
import { holdToGenerator } from './pages.ts'

/** What is printed for each diagnostic of a case, without the count at the end. */
const cases = ['bad', 'warned'].flatMap(findCases).map(({ folder }) =>
  readFileSync(join(folder, 'expected.txt'), 'utf8')
    .split(/\n\n(?=(?:error|warning|note)\[|\d+ (?:error|warning))/)
    .filter((block) => /^\w+\[/.test(block)),
)
/** The case that shows little else comes first. */
const printed = cases.sort((one, other) => one.length - other.length).flat()

const exampleOf = (code: string) => printed.find((block) => block.includes(`[${code}]:`))
const generated = diagnosticsPage([...CATALOGUE.values()], exampleOf)

test('the page is what is generated', () => {
  holdToGenerator('docs/diagnostics.md', generated)
})

test('every code is in it, with its example where there is one', () => {
  for (const [code, { title, explanation }] of CATALOGUE) {
    const section = generated.split(/^### /m).find((each) => each.startsWith(`${code}: ${title}\n`)) ?? ''
    assert.match(section, explanation)
    assert.is(section.includes('```text\n'), exampleOf(code) !== undefined, code)
  }
})

test.run()
