/** The page on diagnostics has every code, with what is printed for one of its cases. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { diagnosticsPage } from '../../src/build/docs.ts'
import { collectExamples } from '../../src/build/examples.ts'
import { CATALOGUE } from '../../src/diagnostics/catalogue/index.ts'
import { holdToGenerator } from './pages.ts'

const examples = collectExamples()
const exampleOf = (code: string) => examples[code]?.text
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
