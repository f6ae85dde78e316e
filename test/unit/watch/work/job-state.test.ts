/** Which jobs need not run again, by what their containers were made of. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { Container } from '../../../../src/engine/containers.ts'
import { countSucceeded, findOutdated } from '../../../../src/watch/work/job-state.ts'

const container = (service: string, changes: Partial<Container> = {}): Container => ({ id: service, service, state: 'exited', health: undefined, exitCode: 0, image: 'i', configHash: service, user: '1:1', ...changes })
const facts = (...containers: readonly Container[]) => ({ jobs: ['train', 'evaluate'].map((name) => ({ name, image: 'i' })), containers, hashes: new Map([['train', 'train'], ['evaluate', 'evaluate']]) })

const table: readonly (readonly [string, readonly Container[], number, readonly string[]])[] = [
  ['none has run', [], 0, []],
  ['both have', [container('train'), container('evaluate')], 2, []],
  ['the second has failed', [container('train'), container('evaluate', { exitCode: 1 })], 1, []],
  ['the first has failed', [container('train', { exitCode: 1 }), container('evaluate')], 0, []],
  ['the second still runs', [container('train'), container('evaluate', { state: 'running' })], 1, []],
  ['another image', [container('train', { image: 'old' }), container('evaluate')], 0, []],
  ['other settings', [container('train'), container('evaluate', { configHash: 'old' })], 1, ['evaluate']],
]
for (const [name, containers, succeeded, outdated] of table) {
  test(name, () => {
    assert.is(countSucceeded(facts(...containers)), succeeded)
    assert.equal(findOutdated(facts(...containers)), outdated)
  })
}

test('without an image nothing has succeeded', () => {
  assert.is(countSucceeded({ ...facts(container('train')), jobs: [{ name: 'train', image: undefined }] }), 0)
})

test.run()
