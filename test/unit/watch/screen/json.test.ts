/** The contract with programs: one object a line, with these keys. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { viewDiagnostics } from '../../../../src/diagnostics/view.ts'
import type { WatchEvent } from '../../../../src/watch/event.ts'
import { renderJson } from '../../../../src/watch/screen/json.ts'
import { misspelt, serve, START, tell, watching } from './samples.ts'

const { diagnostics, summary } = viewDiagnostics([misspelt])

const CASES: readonly (readonly [event: WatchEvent, keys: object])[] = [
  [watching, { config: 'mlstack.yaml', project: 'digits', files: 12, is_polling: false }],
  [{ kind: 'state', state: 'idle' }, { state: 'idle' }],
  [{ kind: 'diagnostics', diagnostics: [misspelt] }, { diagnostics, summary }],
  [{ kind: 'diagnostics', diagnostics: [] }, { diagnostics: [], summary: { errors: 0, warnings: 0 } }],
  [{ kind: 'written', files: [{ path: 'compose.yaml', change: 'updated' }] }, { files: [{ path: 'compose.yaml', change: 'updated' }] }],
  [{ kind: 'build', image: 'train', line: '#7 DONE' }, { image: 'train', line: '#7 DONE' }],
  [
    { kind: 'action', causes: ['train.py'], did: ['train'], outcome: 'done', milliseconds: 84 },
    { causes: ['train.py'], did: ['train'], outcome: 'done', milliseconds: 84 },
  ],
  [
    { kind: 'action', causes: ['train.py'], did: ['train'], outcome: 'failed', reason: 'score 2 misses >= 3', milliseconds: 84 },
    { causes: ['train.py'], did: ['train'], outcome: 'failed', reason: 'score 2 misses >= 3', milliseconds: 84 },
  ],
  [tell(serve), { service: 'serve', kind: 'service', state: 'running', health: 'healthy', url: 'http://127.0.0.1:8080', since: '2026-01-02T03:04:05.000Z' }],
  [
    tell({ ...serve, kind: 'job', state: 'exited', health: undefined, exitCode: 1, url: undefined }),
    { service: 'serve', kind: 'job', state: 'exited', exit_code: 1, since: '2026-01-02T03:04:05.000Z' },
  ],
  [{ kind: 'log', service: 'serve', line: 'text' }, { service: 'serve', line: 'text' }],
  [{ kind: 'problem', message: 'a', help: 'b' }, { message: 'a', help: 'b' }],
  [{ kind: 'note', message: 'a' }, { message: 'a' }],
  [{ kind: 'stopped', isStackUp: true, howToStop: 'docker compose down' }, { is_stack_up: true, how_to_stop: 'docker compose down' }],
]

for (const [event, keys] of CASES) {
  const text = JSON.stringify({ version: 1, time: '2026-01-02T03:04:05.042Z', event: event.kind, ...keys })
  test(text, () => assert.is(renderJson(event, START + 42), text))
}

test('what could drive a terminal is escaped, and a line stays one', () => {
  const line = 'a\u001b[31m\n\r\u009b\u202e\u2028'
  const json = renderJson({ kind: 'log', service: 'serve', line }, START)
  assert.match(json, /^[ -~]+$/)
  assert.is(JSON.parse(json).line, line)
})

test.run()
