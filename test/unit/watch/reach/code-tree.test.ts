/** Which services read code at all, from a plan and files in a memory. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { createCodeMemory } from '../../../../src/watch/reach/code-memory.ts'
import { findReaches } from '../../../../src/watch/reach/code-tree.ts'
import { CONFIG, FILES, plan } from '../stacks.ts'

test('a fetch reads no code, so that none is a reason to begin with it', () => {
  const { stack } = plan(CONFIG.replace('datasets: {', 'datasets: { far: "https://example.com/far.csv",'))
  const reaches = findReaches(stack, createCodeMemory()({ files: Object.keys(FILES).filter((path) => path.endsWith('.py')), read: (path) => FILES[path], hashOf: (path) => FILES[path] }))
  assert.equal([...reaches].map(([name, reach]) => [name, reach === 'everything' ? reach : [...reach].sort().join(' ')]), [
    ['fetch-far', ''],
    ['train', 'model.py train.py'],
    ['evaluate', 'evaluate.py model.py'],
    ['serve', 'model.py serve.py'],
  ])
})

test('a server in the image of its makers reads no code', () => {
  const { stack } = plan('name: digits\nframework: python\ntrain: train.py\nserve: {server: triton, environment: {NOTE: model.py}}\n')
  const reaches = findReaches(stack, createCodeMemory()({ files: ['train.py', 'model.py'], read: (path) => FILES[path], hashOf: (path) => FILES[path] }))
  assert.equal([...reaches.get('serve') ?? ['nothing is known']], [])
})

test.run()
