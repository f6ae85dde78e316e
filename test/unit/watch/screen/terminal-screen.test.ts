/** On a terminal no line is lost and nothing of the block is left over, however much is shown. */
import fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { WatchEvent } from '../../../../src/watch/event.ts'
import { renderHeader } from '../../../../src/watch/screen/header.ts'
import { renderLine } from '../../../../src/watch/screen/lines.ts'
import { createTerminalScreen } from '../../../../src/watch/screen/terminal-screen.ts'
import { applyEvent, EMPTY_VIEW } from '../../../../src/watch/screen/view.ts'
import { createClock } from './clock.ts'
import { evaluate, misspelt, serve, START, tell, train, watching } from './samples.ts'
import { createTerminal } from './terminal.ts'

const HEIGHT = 12

function open(columns = 80, color = false) {
  const clock = createClock(START)
  const terminal = createTerminal(columns, HEIGHT)
  const size = { columns }
  const writes: string[] = []
  const output = { write: (text: string) => (writes.push(text), terminal.write(text)) }
  const screen = createTerminalScreen({ output, color, isUnicode: true, now: clock.now, schedule: clock.schedule, columns: () => size.columns, rows: () => HEIGHT })
  const resize = (next: number) => {
    size.columns = next
    terminal.resize(next)
    screen.resize()
  }
  return { clock, terminal, writes, screen, resize }
}

const log = (line: string, service = 'serve'): WatchEvent => ({ kind: 'log', service, line })

const text = fc.oneof(
  fc.string({ maxLength: 60 }),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.array(fc.constantFrom('\u001b[2A', '\u001b[J', '\u001b[31m', '\r', '日', 'word '), { maxLength: 30 }).map((parts) => parts.join('')),
  fc.constantFrom('x'.repeat(79), 'x'.repeat(80), '日'.repeat(60)),
)
const service = fc.constantFrom(train, evaluate, serve, ...['d', 'e', 'f', 'g', 'h', 'i', 'j', 'k'].map((name) => ({ ...serve, name })))
const anyEvent: fc.Arbitrary<WatchEvent> = fc.oneof(
  { arbitrary: fc.record({ kind: fc.constant('log'), service: service.map(({ name }) => name), line: text }), weight: 4 },
  fc.record({ kind: fc.constant('build'), image: fc.constantFrom('train', 'serve'), line: fc.oneof(text, text.map((words) => `#7 [4/9] RUN ${words}`)) }),
  fc.record({ kind: fc.constant('state'), state: fc.constantFrom('idle', 'compiling', 'building', 'applying') }),
  fc.record({ kind: fc.constant('note'), message: text }),
  fc.record({ kind: fc.constant('problem'), message: text, help: text }),
  fc.record({ kind: fc.constant('diagnostics'), diagnostics: fc.constantFrom([misspelt], []) }),
  fc.record({ kind: fc.constant('action'), causes: fc.array(text, { maxLength: 3 }), did: fc.constantFrom(['train'], []), outcome: fc.constantFrom('done', 'failed', 'aborted'), milliseconds: fc.nat(200_000) }),
  fc.record({ kind: fc.constant('service'), service, health: fc.constantFrom('starting', 'healthy', 'unhealthy') }).map(({ service, health }) => tell({ ...service, state: 'running', health })),
  fc.constant(watching),
)
const EVENTS = fc.sample(anyEvent, { numRuns: 1000, seed: 7 })
const PAUSES = fc.sample(fc.constantFrom(0, 1, 20, 60, 1500), { numRuns: 1000, seed: 7 })

for (const [columns, color] of [[80, true], [40, false]] as const) {
  test(`1,000 events in ${columns} columns ${color ? 'with' : 'without'} colour: every line once, and the block below them`, () => {
    const { clock, terminal, screen } = open(columns, color)
    const plain = createTerminal(columns, HEIGHT)
    let view = EMPTY_VIEW
    EVENTS.forEach((event, index) => {
      for (const line of renderLine(event, view, { color, columns })) plain.write(`${line}\n`)
      view = applyEvent(view, event, clock.now())
      screen.show(event)
      clock.pass(PAUSES[index] ?? 0)
      if (index % 50 !== 49) return
      clock.pass(50)
      const header = renderHeader(view, { columns: columns - 1, rows: HEIGHT, color: false, isUnicode: true, areLogsHidden: false, now: clock.now() })
      const durations = /\d+ (s|min)/g
      const shown = terminal.rows()
      assert.equal(shown.slice(0, -header.length), plain.rows().slice(0, -1))
      assert.equal(shown.slice(-header.length).map((line) => line.replace(durations, '').replace(/ +/g, ' ')), header.map((line) => line.replace(durations, '').replace(/ +/g, ' ')))
    })
    screen.close()
    assert.equal(terminal.rows(), plain.rows())
    assert.is(clock.waiting(), 0)
  })
}

test('a burst is one write, and the next one comes 50 ms later', () => {
  const { clock, writes, screen } = open()
  for (let index = 0; index < 500; index += 1) screen.show(log(`${index}`))
  assert.is(writes.length, 0)
  clock.pass(0)
  assert.is(writes.length, 1)
  screen.show(log('more'))
  clock.pass(49)
  assert.is(writes.length, 1)
  clock.pass(1)
  assert.is(writes.length, 2)
})

test('a clock that is set back does not stop the screen', () => {
  const clock = createClock(START)
  let lag = 0
  const writes: string[] = []
  const screen = createTerminalScreen({ output: { write: (text) => writes.push(text) }, color: false, isUnicode: true, now: () => clock.now() - lag, schedule: clock.schedule, columns: () => 80, rows: () => HEIGHT })
  screen.show(log('a'))
  clock.pass(0)
  lag = 3_600_000
  screen.show(log('b'))
  clock.pass(50)
  assert.is(writes.length, 2)
})

test('the durations go on by themselves, and nothing is written where nothing changes', () => {
  const { clock, terminal, writes, screen } = open()
  screen.show(tell(train))
  clock.pass(3000)
  assert.match(terminal.rows()[1] ?? '', 'running 3 s')
  screen.show(tell({ ...train, state: 'exited', exitCode: 0 }))
  clock.pass(50)
  const written = writes.length
  clock.pass(10_000)
  assert.is(writes.length, written)
})

test('hidden logs are dropped, and all else is shown', () => {
  const { clock, terminal, screen } = open()
  const failed: WatchEvent = { kind: 'action', causes: ['a.py'], did: ['train'], outcome: 'failed', milliseconds: 84 }
  screen.show(log('first'))
  screen.toggleLogs()
  for (const event of [log('hidden'), { kind: 'build', image: 'train', line: 'hidden' } as const, failed]) screen.show(event)
  clock.pass(50)
  assert.is(terminal.rows().at(-1), 'r rebuild  t retrain  l logs (hidden)  q quit')
  screen.toggleLogs()
  screen.show(log('last'))
  screen.close()
  assert.equal(terminal.rows(), ['serve | first', 'a.py -> train failed  84 ms', 'serve | last', ''])
})

test('after a change of size the block fits again, and every line is still there', () => {
  const { clock, terminal, screen, resize } = open(80)
  for (const event of [watching, tell(train), tell(serve), log('one'), log('x'.repeat(100))]) screen.show(event)
  clock.pass(50)
  for (const columns of [40, 17, 60, 120, 33, 80]) {
    resize(columns)
    clock.pass(50)
    screen.show(log(`in ${columns} columns`))
    clock.pass(50)
    assert.is(terminal.rows().filter((line) => line.startsWith('r rebuild')).length, 1)
  }
  screen.close()
  assert.equal(terminal.rows(), [
    'digits: watching 12 files of mlstack.yaml',
    'serve: healthy, http://127.0.0.1:8080',
    'serve | one',
    `serve | ${'x'.repeat(72)}`,
    'x'.repeat(28),
    ...[40, 17, 60, 120, 33, 80].map((columns) => `serve | in ${columns} columns`),
    '',
  ])
})

test('after its end a screen is silent', () => {
  const { clock, writes, screen, resize } = open()
  screen.show(log('a'))
  screen.close()
  screen.close()
  screen.show(log('b'))
  screen.toggleLogs()
  resize(40)
  clock.pass(5000)
  assert.equal(writes, ['serve | a\n'])
})

test.run()
