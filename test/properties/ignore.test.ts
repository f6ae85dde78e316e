/** What holds for any list of ignore patterns: no folder is passed by that holds something wanted. */
import fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { createIgnoreRules } from '../../src/watch/files/ignore.ts'
import { runs } from './runs.ts'

const name = fc.constantFrom('a', 'b', 'ab', 'c++', '#a', 'constructor')
const part = fc.oneof(name, fc.constantFrom('*', '**', 'a*', '?', '[ab]', '[^a]', '[', '(', '.', '..'))
const pattern = fc.tuple(fc.constantFrom('', '!', '/', '!/'), fc.array(part, { minLength: 1, maxLength: 4 }), fc.constantFrom('', '/')).map(([start, parts, end]) => `${start}${parts.join('/')}${end}`)
const path = fc.array(name, { minLength: 1, maxLength: 4 })

test('nothing below a folder that can be pruned is let in', () => {
  fc.assert(
    fc.property(fc.array(pattern, { maxLength: 6 }), path, path, (patterns, folder, inner) => {
      const { isIgnored, canPrune } = createIgnoreRules(patterns)
      if (canPrune(folder.join('/'))) assert.ok(isIgnored([...folder, ...inner].join('/')))
    }),
    runs(3000),
  )
})

test('any text is taken as a pattern', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), fc.string(), (patterns, asked) => {
      const { isIgnored, canPrune } = createIgnoreRules(patterns)
      assert.type(isIgnored(asked), 'boolean')
      assert.type(canPrune(asked), 'boolean')
    }),
  )
})

test.run()
