/** The view holds what was told last, and nothing that is over. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { WatchEvent } from '../../../../src/watch/event.ts'
import { applyEvent, EMPTY_VIEW } from '../../../../src/watch/screen/view.ts'
import { evaluate, misspelt, serve, START, tell, train, viewAfter, watching } from './samples.ts'

const build = (line: string, image = 'train'): WatchEvent => ({ kind: 'build', image, line })

const STEPS: readonly (readonly [name: string, lines: readonly WatchEvent[], step: string | undefined])[] = [
  ['nothing built', [], undefined],
  ['a line before any step', [build('#1 resolving')], 'train'],
  ['a step', [build('#7 [4/9] RUN pip install')], 'train [4/9] RUN pip install'],
  ['a step of a named target', [build('#7 [train stage-0 4/9] RUN pip install')], 'train [4/9] RUN pip install'],
  ['a step with colours', [build('\u001b[34m#7 [4/9] RUN pip install\u001b[0m')], 'train [4/9] RUN pip install'],
  ['a line of the step', [build('#7 [4/9] RUN pip install'), build('#7 1.2 Collecting numpy')], 'train [4/9] RUN pip install'],
  ['a step without a number', [build('#7 [4/9] RUN pip install'), build('#2 [internal] load metadata')], 'train [4/9] RUN pip install'],
  ['another image', [build('#7 [4/9] RUN pip install'), build('#1 resolving', 'serve')], 'serve'],
  ['another state', [build('#7 [4/9] RUN pip install'), { kind: 'state', state: 'applying' }], undefined],
]

for (const [name, events, step] of STEPS) test(`the step after ${name}`, () => assert.is(viewAfter(...events).step, step))

test('services stay at the place where they were first told of', () => {
  const failed = { ...train, state: 'exited', exitCode: 1 } as const
  assert.equal(viewAfter(tell(train), tell(evaluate), tell(serve), tell(failed)).services, [failed, evaluate, serve])
})

test('the loop has its state and when it entered it', () => {
  const view = applyEvent(EMPTY_VIEW, { kind: 'state', state: 'building' }, START)
  assert.equal([view.loop, view.loopSince], ['building', START])
})

test('problems are counted, and gone when they are solved', () => {
  const found = viewAfter({ kind: 'diagnostics', diagnostics: [misspelt, { ...misspelt, severity: 'warning' }] })
  assert.equal(found.problems, { errors: 1, others: 1 })
  assert.equal(applyEvent(found, { kind: 'diagnostics', diagnostics: [] }, START).problems, { errors: 0, others: 0 })
})

test('the last start counts', () => {
  const later = { ...watching, files: 13 } as WatchEvent
  assert.is(viewAfter(watching, later).watching, later)
})

test('what is only said changes nothing', () => {
  const view = viewAfter(watching, tell(serve))
  const said: readonly WatchEvent[] = [{ kind: 'log', service: 'serve', line: 'a' }, { kind: 'note', message: 'a' }, { kind: 'problem', message: 'a' }]
  for (const event of said) assert.is(applyEvent(view, event, START), view)
})

test.run()
