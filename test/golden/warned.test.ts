/** Configs that compile and will surprise, each with the text and the JSON of what is said about it. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { renderJson } from '../../src/diagnostics/json.ts'
import { renderText } from '../../src/diagnostics/text.ts'
import { compileCase, expectText, findCases } from './cases.ts'

for (const each of findCases('warned')) {
  test(`${each.name} compiles, with the expected words`, () => {
    const { diagnostics, files, hasErrors } = compileCase(each)
    assert.not.ok(hasErrors)
    assert.ok(files.length > 0)
    assert.ok(diagnostics.length > 0)
    const text = renderText(diagnostics, { color: false })
    assert.is(text, expectText(each, 'expected.txt', text))
    const json = renderJson(diagnostics)
    assert.is(json, expectText(each, 'expected.json', json))
  })
}

test.run()
