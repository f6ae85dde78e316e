/** Wrong configs, each with the text and the JSON of what is said about it; nothing is compiled from any of them. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { renderJson } from '../../src/diagnostics/json.ts'
import { renderText } from '../../src/diagnostics/text.ts'
import { compileCase, expectText, findCases } from './cases.ts'

for (const each of findCases('bad')) {
  test(`${each.name} is refused in the expected words`, () => {
    const { diagnostics, files, hasErrors } = compileCase(each)
    assert.ok(hasErrors)
    assert.equal(files, [])
    const text = renderText(diagnostics, { color: false })
    assert.is(text, expectText(each, 'expected.txt', text))
    const json = renderJson(diagnostics)
    assert.is(json, expectText(each, 'expected.json', json))
  })
}

test.run()
