/** The block, exactly as it stands at the bottom of a terminal. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { stripVTControlCharacters } from 'node:util'
import type { ServiceStatus, WatchEvent } from '../../../../src/watch/event.ts'
import { renderHeader, type HeaderOptions } from '../../../../src/watch/screen/header.ts'
import { widthOf } from '../../../../src/watch/screen/pieces.ts'
import { EMPTY_VIEW } from '../../../../src/watch/screen/view.ts'
import { evaluate, makeService, misspelt, serve, START, tell, train, viewAfter, watching } from './samples.ts'

const OPTIONS: HeaderOptions = { columns: 80, rows: 24, color: false, isUnicode: true, areLogsHidden: false, now: START + 12_000 }

const building: readonly WatchEvent[] = [watching, { kind: 'state', state: 'building' }, { kind: 'build', image: 'train', line: '#7 [4/9] RUN pip install -r requirements.txt' }]
const stack = [watching, tell({ ...train, state: 'exited', exitCode: 0 }), tell(evaluate), tell(serve)]
const many = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm'].map((name) => tell(makeService(name)))

test('a stack at rest', () => {
  assert.equal(renderHeader(viewAfter(...stack), OPTIONS), [
    'mlstack · digits · watching 12 files                                        idle',
    '✓ train     done',
    '◐ evaluate  created',
    '● serve     healthy  http://127.0.0.1:8080',
    'r rebuild  t retrain  l logs  q quit',
  ])
})

test('a stack at rest in 40 columns of ASCII', () => {
  assert.equal(renderHeader(viewAfter(...stack), { ...OPTIONS, columns: 40, isUnicode: false }), [
    'digits - watching 12 files          idle',
    '+ train     done',
    '~ evaluate  created',
    '* serve     healthy  http://127.0.0.1...',
    'r rebuild  t retrain  l logs  q quit',
  ])
})

test('before the first event', () => {
  assert.equal(renderHeader(EMPTY_VIEW, { ...OPTIONS, columns: 40 }), ['mlstack                             idle', 'r rebuild  t retrain  l logs  q quit'])
})

const TITLES: readonly (readonly [name: string, events: readonly WatchEvent[], columns: number, title: string])[] = [
  ['a build', building, 100, 'mlstack · digits · watching 12 files  building train [4/9] RUN pip install -r requirements.txt  12 s'],
  ['a build in 80 columns', building, 80, 'mlstack · digits · watching 12 files  building train [4/9] RUN pip instal…  12 s'],
  ['a build in 60 columns', building, 60, 'digits · watching 12 files  building train [4/9] RUN …  12 s'],
  ['a build in 40 columns', building, 40, 'digits  building train [4/9] RUN …  12 s'],
  ['a build in 20 columns', building, 20, 'digits  build…  12 s'],
  ['a build in 5 columns', building, 5, 'digi…'],
  ['polling', [{ ...watching, files: 1, isPolling: true } as WatchEvent], 40, 'mlstack · digits · polling 1 file   idle'],
  ['a wrong config', [watching, { kind: 'diagnostics', diagnostics: [misspelt] }], 60, 'mlstack · digits · watching 12 files           idle, 1 error'],
  ['a wrong config that is compiled anew', [watching, { kind: 'diagnostics', diagnostics: [misspelt, misspelt] }, { kind: 'state', state: 'compiling' }], 60, 'mlstack · digits · watching 12 files         compiling  12 s'],
]

for (const [name, events, columns, title] of TITLES) test(`the title of ${name}`, () => assert.is(renderHeader(viewAfter(...events), { ...OPTIONS, columns })[0], title))

test('a state of less than a second has no duration yet', () => {
  assert.match(renderHeader(viewAfter({ kind: 'state', state: 'applying' }), { ...OPTIONS, now: START + 999 })[0] ?? '', / applying$/)
})

const SERVICES: readonly (readonly [name: string, parts: Partial<ServiceStatus>, line: string])[] = [
  ['absent', { state: 'absent' }, '· a  absent'],
  ['created', { state: 'created' }, '◐ a  created'],
  ['restarting', { state: 'restarting' }, '◐ a  restarting'],
  ['running', {}, '● a  running 12 s'],
  ['running with an address', { url: 'http://a' }, '● a  running 12 s  http://a'],
  ['starting', { health: 'starting' }, '◐ a  starting 12 s'],
  ['healthy', { health: 'healthy' }, '● a  healthy'],
  ['unhealthy', { health: 'unhealthy' }, '✗ a  unhealthy'],
  ['a job that is done', { kind: 'job', state: 'exited', exitCode: 0 }, '✓ a  done'],
  ['a service that has stopped', { state: 'exited', exitCode: 0 }, '· a  stopped'],
  ['failed', { state: 'exited', exitCode: 137 }, '✗ a  failed (137)'],
  ['failed somehow', { state: 'exited' }, '✗ a  failed'],
]

for (const [name, parts, line] of SERVICES) {
  test(`a service that is ${name}: ${line}`, () => assert.is(renderHeader(viewAfter(tell(makeService('a', parts))), OPTIONS)[1], line))
}

test('no more than ten services are shown, and no more than there is room for', () => {
  const linesIn = (rows: number, services: readonly WatchEvent[]) => renderHeader(viewAfter(...services), { ...OPTIONS, rows }).slice(1, -1)
  assert.equal(linesIn(24, many).slice(-2), ['● j  running 12 s', '  and 3 more'])
  assert.is(linesIn(24, many).length, 11)
  assert.is(linesIn(24, many.slice(0, 10)).length, 10)
  assert.equal(linesIn(5, many), ['● a  running 12 s', '● b  running 12 s', '  and 11 more'])
  assert.is(linesIn(5, many.slice(0, 3)).at(-1), '● c  running 12 s')
  assert.equal(linesIn(1, many), ['  and 13 more'])
})

test('hidden logs are told of beside their key', () => {
  assert.is(renderHeader(EMPTY_VIEW, { ...OPTIONS, areLogsHidden: true }).at(-1), 'r rebuild  t retrain  l logs (hidden)  q quit')
})

test('no line is wider than the columns, whatever they are and whatever is in it', () => {
  const wide: WatchEvent = { kind: 'build', image: 'train', line: '#7 [4/9] RUN echo 日本語日本語 👨‍👩‍👧 \u001b]0;x' }
  const view = viewAfter(...building, wide, ...stack.slice(1), ...many)
  for (let columns = 1; columns <= 120; columns += 1) {
    for (const isUnicode of [true, false]) {
      for (const line of renderHeader(view, { ...OPTIONS, columns, isUnicode })) assert.ok(widthOf(line) <= columns, `${columns}: ${line}`)
    }
  }
})

test('colour changes no text, and ASCII signs are all ASCII', () => {
  const view = viewAfter(...building, ...stack.slice(1), ...many)
  const colored = renderHeader(view, { ...OPTIONS, color: true })
  assert.match(colored.join(''), '\u001b[')
  assert.equal(colored.map((line) => stripVTControlCharacters(line)), renderHeader(view, OPTIONS))
  assert.match(renderHeader(view, { ...OPTIONS, columns: 40, isUnicode: false }).join(''), /^[ -~]+$/)
})

test.run()
