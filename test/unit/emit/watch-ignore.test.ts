/** Ignore rules of a build context, as Compose's watch of one path needs them. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { planWatchIgnore } from '../../../src/emit/compose/watch-ignore.ts'

const CASES: readonly (readonly [what: string, folder: string, pattern: string, left: readonly string[]])[] = [
  ['the whole context keeps a rule', '.', 'data/*.csv', ['data/*.csv']],
  ['a leading or last slash and dots mean nothing', '.', '/./notes/', ['notes']],
  ['a rule for any depth holds below, too', 'app/src', '**/*.pt', ['**/*.pt']],
  ['any depth may begin on the way', 'app/src', 'app/**/cache', ['**/cache']],
  ['a rule below the folder is seen from it', 'app/src', 'app/src/data', ['data']],
  ['a rule elsewhere goes', 'app/src', 'app/data', []],
  ['a rule for a folder of a similar name goes', 'app', 'application/data', []],
  ['a rule for the folder itself goes', 'app/src', 'app', []],
  ['a folder is not a pattern', 'a[b]', 'a\\[b\\]/data', ['data']],
  ['a rule that takes others back goes', '.', '!keep.pt', []],
  ['a rule for everything goes', '.', '*', []],
  ['so does one for everything below', 'src', 'src/**', []],
]

for (const [what, folder, pattern, left] of CASES) test(what, () => assert.equal(planWatchIgnore(folder, [pattern]), left))

test('each rule is there once, in its order', () => assert.equal(planWatchIgnore('src', ['**/b', 'src/a', 'a', 'src/a', '**/b']), ['**/b', 'a']))

test.run()
