/** Lines that are written as they come, for people without a terminal and for programs. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { renderJson } from '../../../../src/watch/screen/json.ts'
import { createLineScreen } from '../../../../src/watch/screen/line-screen.ts'
import { serve, START, tell, watching } from './samples.ts'

function record(format: 'text' | 'json') {
  const writes: string[] = []
  const screen = createLineScreen({ output: { write: (text) => writes.push(text) }, format, color: false, now: () => START })
  for (const event of [watching, { kind: 'state', state: 'idle' } as const, tell(serve), tell(serve)]) screen.show(event)
  screen.close()
  screen.show(watching)
  return writes
}

test('text has a line for what is new', () => {
  assert.equal(record('text'), ['digits: watching 12 files of mlstack.yaml\n', 'serve: healthy, http://127.0.0.1:8080\n'])
})

test('JSON has a line for every event, until the screen is closed', () => {
  const events = [watching, { kind: 'state', state: 'idle' } as const, tell(serve), tell(serve)]
  assert.equal(record('json'), events.map((event) => `${renderJson(event, START)}\n`))
})

test.run()
