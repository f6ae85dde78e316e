/** Every event as lines, exactly as a person reads them. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { renderText } from '../../../../src/diagnostics/text.ts'
import type { WatchEvent } from '../../../../src/watch/event.ts'
import { renderLine } from '../../../../src/watch/screen/lines.ts'
import { EMPTY_VIEW } from '../../../../src/watch/screen/view.ts'
import { evaluate, makeService, misspelt, serve, tell, train, viewAfter, watching } from './samples.ts'

const action = { kind: 'action', causes: ['train.py', 'a.py', 'b.py'], did: ['train', 'evaluate', 'serve'], outcome: 'done', milliseconds: 1900 } as const
const problems: WatchEvent = { kind: 'diagnostics', diagnostics: [misspelt] }
const noProblems: WatchEvent = { kind: 'diagnostics', diagnostics: [] }
const failedJob = makeService('train', { kind: 'job', state: 'exited', exitCode: 1 })
const { url: _, ...withoutAddress } = serve

const CASES: readonly (readonly [name: string, before: readonly WatchEvent[], event: WatchEvent, lines: readonly string[]])[] = [
  ['the start', [], watching, ['digits: watching 12 files of mlstack.yaml']],
  ['the same start again', [watching], { ...watching }, []],
  ['a start with one file, by polling', [watching], { ...watching, files: 1, isPolling: true } as WatchEvent, ['digits: watching 1 file of mlstack.yaml, by polling']],
  ['a state of the loop', [], { kind: 'state', state: 'building' }, []],
  ['solved problems', [problems], noProblems, ['no problems left']],
  ['no problems where there were none', [], noProblems, []],
  ['written files', [], { kind: 'written', files: [{ path: 'compose.yaml', change: 'updated' }, { path: 'a\u001b.sh', change: 'removed' }] }, ['updated compose.yaml', 'removed a␛.sh']],
  ['a line of a build', [], { kind: 'build', image: 'train', line: '#7 \u001b[32m[train 4/9]\u001b[0m RUN pip' }, ['build | #7 [train 4/9] RUN pip']],
  ['a line of a build beside a longer name', [tell(evaluate)], { kind: 'build', image: 'train', line: '#7 DONE' }, ['build    | #7 DONE']],
  ['a done action', [], action, ['train.py (+2) -> train, evaluate, serve  1.9 s']],
  ['an action of one cause', [], { ...action, causes: ['start'], did: ['up'], milliseconds: 84 }, ['start -> up  84 ms']],
  ['an action without a cause', [], { ...action, causes: [], did: ['up'] }, ['up  1.9 s']],
  ['an action that did nothing', [], { ...action, causes: ['a.py'], did: [] }, ['a.py -> nothing to do  1.9 s']],
  ['a failed action', [], { ...action, causes: ['train.py'], did: ['train'], outcome: 'failed', reason: 'score 2 misses >= 3', milliseconds: 400 }, ['train.py -> train failed: score 2 misses >= 3  0.4 s']],
  ['a failed action without a reason', [], { ...action, causes: ['train.py'], did: [], outcome: 'failed' }, ['train.py -> failed  1.9 s']],
  ['an aborted action', [], { ...action, causes: ['train.py'], did: ['train'], outcome: 'aborted', milliseconds: 1300 }, ['train.py -> train, stopped for a newer change  1.3 s']],
  ['a log of the shorter name', [tell(evaluate), tell(serve)], { kind: 'log', service: 'serve', line: 'text' }, ['serve    | text']],
  ['a log of a service that nobody told of', [], { kind: 'log', service: 'evaluate', line: 'text' }, ['evaluate | text']],
  ['an empty log', [], { kind: 'log', service: 'serve', line: '' }, ['serve |']],
  ['a log that only steers', [], { kind: 'log', service: 'serve', line: '\u001b[2K\u001b[1A' }, []],
  ['a log with colours', [], { kind: 'log', service: 'serve', line: '\u001b[31mred\u001b[0m' }, ['serve | red']],
  ['a problem', [], { kind: 'problem', message: 'Docker does not answer' }, ['warning: Docker does not answer']],
  ['a problem with help', [], { kind: 'problem', message: 'no more watches', help: 'run\nsysctl' }, ['warning: no more watches', '  = help: run', '          sysctl']],
  ['a note', [], { kind: 'note', message: 'nothing to build' }, ['note: nothing to build']],
  ['the end', [], { kind: 'stopped', isStackUp: false, howToStop: 'docker compose down' }, ['stopped watching']],
  ['the end with a stack', [], { kind: 'stopped', isStackUp: true, howToStop: 'docker compose down' }, ['stopped watching; the containers still run, and this stops them: docker compose down']],
  ['a service that is healthy', [], tell(serve), ['serve: healthy, http://127.0.0.1:8080']],
  ['a service that is healthy and answers nowhere', [], tell({ ...withoutAddress, url: undefined }), ['serve: healthy']],
  ['a service that is still healthy', [tell(serve)], tell({ ...serve, since: serve.since + 1 }), []],
  ['a service that is healthy again', [tell(serve), tell({ ...serve, health: 'starting' })], tell(serve), ['serve: healthy, http://127.0.0.1:8080']],
  ['a service that is not healthy any more', [tell(serve)], tell({ ...serve, health: 'unhealthy' }), ['serve: unhealthy']],
  ['a service that starts', [], tell({ ...serve, health: 'starting' }), []],
  ['a job that runs', [], tell(train), []],
  ['a job that is done', [tell(train)], tell({ ...train, state: 'exited', exitCode: 0 }), []],
  ['a job that has failed', [tell(train)], tell(failedJob), ['train: failed (exit status 1)']],
  ['a job that has failed, told twice', [tell(failedJob)], tell(failedJob), []],
  ['a job that has failed somehow', [], tell({ ...failedJob, exitCode: undefined }), ['train: failed']],
  ['a service that was never there', [], tell({ ...serve, state: 'absent', health: undefined }), []],
  ['a service that is gone', [tell(serve)], tell({ ...serve, state: 'absent', health: undefined }), ['serve: gone']],
]

for (const [name, before, event, lines] of CASES) {
  test(`${name} is told as ${JSON.stringify(lines)}`, () => assert.equal(renderLine(event, viewAfter(...before), { color: false }), lines))
}

test('diagnostics look as those of the other commands, cut to the columns', () => {
  assert.is(`${renderLine(problems, EMPTY_VIEW, { color: false }).join('\n')}\n`, renderText([misspelt], { color: false }))
  assert.is(`${renderLine(problems, EMPTY_VIEW, { color: true, columns: 30 }).join('\n')}\n`, renderText([misspelt], { color: true, width: 30 }))
})

test('without colour no event has an escape sequence, and with colour none is left open', () => {
  for (const [, before, event] of CASES) {
    const view = viewAfter(...before)
    assert.not.match(renderLine(event, view, { color: false }).join(''), '\u001b')
    for (const line of renderLine(event, view, { color: true })) assert.is(line.lastIndexOf('\u001b'), line.lastIndexOf('\u001b[0m'), JSON.stringify(line))
  }
})

test('each service has a colour of its own, by its place', () => {
  const services = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'].map((name) => makeService(name))
  const view = viewAfter(...services.map(tell))
  const colors = services.map(({ name }) => /^\u001b\[(\d+)m/.exec(renderLine({ kind: 'log', service: name, line: '' }, view, { color: true })[0] ?? '')?.[1])
  assert.is(new Set(colors).size, 10)
  assert.equal(colors.slice(0, 3), ['36', '33', '32'])
})

test.run()
