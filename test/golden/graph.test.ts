/** Whole projects, and the pictures of them. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { drawStack } from '../../src/graph/draw.ts'
import { compileCase, expectText, findCases } from './cases.ts'

for (const each of findCases('graph')) {
  test(`${each.name} is drawn as expected`, () => {
    const { stack, diagnostics } = compileCase(each)
    assert.ok(stack, diagnostics.map(({ message }) => message).join('\n'))
    for (const [file, format] of [['expected.svg', 'svg'], ['expected.mmd', 'mermaid']] as const) {
      const drawn = drawStack(stack, format)
      assert.is(drawn, expectText(each, file, drawn), file)
    }
  })
}

test.run()
