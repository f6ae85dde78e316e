/** Names and versions as pip writes them. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { namesInConflict, newestOf, reasonsIn } from '../../../src/engine/read-pip.ts'

const REASONS = `    The user requested (constraint) numpy<1.25
    scikit-learn 1.9.1 depends on numpy>=1.24.1
    pandas 3.0.1 depends on numpy>=1.26.0; python_version < "3.14"
    pandas 3.0.0 depends on numpy>=1.26.0; python_version < "3.14"
`

test('releases are offered before what comes before a release', () => {
  assert.equal(newestOf('1.0, 1.1, 1.2.post1, 2.0a1, 2.0rc1, 2.0, 2.1.dev0'), ['1.1', '1.2.post1', '2.0'])
  assert.equal(newestOf('0.1a1, 0.1rc2'), ['0.1a1', '0.1rc2'])
})

test('each package of a conflict is named once', () => {
  assert.equal(namesInConflict('-r requirements.txt (line 1) and pandas', REASONS), ['numpy<1.25', 'scikit-learn==1.9.1', 'pandas==3.0.1'])
})

test('a conflict without reasons is named by what cannot be installed', () => {
  assert.equal(namesInConflict('a==1, b>=2 and c', ''), ['a==1', 'b>=2', 'c'])
})

test('what the user requested is no reason', () => {
  assert.is(reasonsIn(REASONS).length, 3)
  assert.is(reasonsIn(REASONS)[0], 'scikit-learn 1.9.1 depends on numpy>=1.24.1')
})

test.run()
