import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { openChangeSource } from '../../../../src/watch/files/change-source.ts'
import type { Inputs } from '../../../../src/watch/inputs.ts'
import { makeProjectFolder } from '../project-folder.ts'

const countTimers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length

test('closed while other files begin to be watched, it leaves nothing behind', async () => {
  const { root, at } = makeProjectFolder('a.py', 'src/b.py')
  const inputsOf = (path: string): Inputs => ({ roots: [path], isIgnored: () => false, isCompiled: () => false, inputsAt: () => [], codePath: at, identity: path })
  const source = await openChangeSource({ inputs: inputsOf(root), isPolling: false, isReading: () => false, onChanges: async () => {}, onProblem: () => {}, onError: () => {} })
  assert.is(countTimers(), 1)
  const replacing = source.replaceInputs(inputsOf(at('src')))
  await source.close()
  assert.equal(await replacing, [{ path: at('a.py'), kind: 'removed' }])
  assert.is(countTimers(), 0)
})

test.run()
