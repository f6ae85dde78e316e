/** Whatever a build prints, reading it invents nothing, keeps little and lets no password through. */
import fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { createBuildLog } from '../../src/engine/build-log.ts'

const text = fc.oneof(
  fc.constantFrom('[train runtime 2/3] RUN make', '[train internal] load build context', 'CACHED', 'DONE 0.1s', 'CANCELED', '...', 'ERROR: no', 'transferring context: 3MB'),
  fc.string({ unit: 'grapheme' }).map((words) => `0.1 ${words}`),
  fc.constant('0.2 see https://me:hunter2@example.com/'),
)
const line = fc.oneof(
  { weight: 5, arbitrary: fc.tuple(fc.integer({ min: 0, max: 3 }), text).map(([number, words]) => `#${number} ${words}`) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
  { weight: 1, arbitrary: fc.constantFrom('------', '', 'failed to solve: at https://me:hunter2@example.com/') },
)

test('any lines are read', () => {
  fc.assert(
    fc.property(fc.array(line, { maxLength: 60 }), (lines) => {
      const log = createBuildLog()
      const shown = lines.flatMap((each) => log.read(each))
      const failure = log.failure()
      assert.not.match(JSON.stringify([shown, failure]), 'hunter2')
      assert.ok(shown.length <= 2 * lines.length)
      assert.ok((failure?.lines ?? []).every((each) => each.trim() !== '') && (failure?.lines ?? []).length <= 20)
    }),
  )
})

test.run()
