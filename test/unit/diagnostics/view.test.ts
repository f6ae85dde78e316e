/** The view that all renderers share: positions as people count them, and no secret anywhere. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { renderJson } from '../../../src/diagnostics/json.ts'
import { viewDiagnostics } from '../../../src/diagnostics/view.ts'
import { makeDiagnostic, makeSource, mark, point } from './make.ts'

test('a bare diagnostic has its place and nothing that it lacks', () => {
  const source = makeSource('a: 1\nb: two\n')
  assert.equal(viewDiagnostics([makeDiagnostic(mark(source, 'two'), { label: 'only for the text' })]), {
    version: 1,
    diagnostics: [{ code: 'MLS1101', severity: 'error', message: 'something is wrong', file: 'mlstack.yaml', line: 2, column: 4, end_line: 2, end_column: 7 }],
    summary: { errors: 1, warnings: 0 },
  })
})

test('help, related places and a fix are there when given', () => {
  const source = makeSource('a: 1\nb: two\n')
  const [view] = viewDiagnostics([
    makeDiagnostic(mark(source, 'two'), {
      help: 'write three',
      related: [{ span: mark(source, 'a'), message: 'here' }, { span: mark(makeSource('x\ny\n', 'other.txt'), 'y') }],
      fix: { title: 'change to three', edits: [{ span: mark(source, 'two'), text: 'three' }] },
    }),
  ]).diagnostics
  assert.is(view?.help, 'write three')
  assert.equal(view?.related, [
    { message: 'here', file: 'mlstack.yaml', line: 1, column: 1, end_line: 1, end_column: 2 },
    { message: '', file: 'other.txt', line: 2, column: 1, end_line: 2, end_column: 2 },
  ])
  assert.equal(view?.fix, { title: 'change to three', edits: [{ line: 2, column: 4, end_line: 2, end_column: 7, text: 'three' }] })
})

test('columns count UTF-16 units, a tab as one, and ends are exclusive', () => {
  const source = makeSource('🚀\t日: x\r\ny\r\n')
  const [x, both] = viewDiagnostics([makeDiagnostic(mark(source, 'x')), makeDiagnostic(mark(source, 'x\r\ny'))]).diagnostics
  assert.equal([x?.line, x?.column, x?.end_line, x?.end_column], [1, 7, 1, 8])
  assert.equal([both?.line, both?.column, both?.end_line, both?.end_column], [1, 7, 2, 2])
})

test('errors and warnings are counted, notes are not', () => {
  const at = point(makeSource(''), 0)
  const severities = ['error', 'warning', 'error', 'note'] as const
  assert.equal(viewDiagnostics(severities.map((severity) => makeDiagnostic(at, { severity }))).summary, { errors: 2, warnings: 1 })
})

test('what one diagnostic conceals, none quotes', () => {
  const source = makeSource('TOKEN: "hunter2"\nOTHER: hunter2\n')
  const related = [{ span: mark(source, 'TOKEN'), message: 'hunter2 is here' }]
  const fix = { title: 'keep hunter2', edits: [{ span: mark(source, 'TOKEN'), text: 'hunter2' }] }
  const secret = makeDiagnostic(mark(source, '"hunter2"'), { concealed: true, message: 'hunter2', help: '"hunter2"', related, fix })
  const other = makeDiagnostic(mark(source, 'OTHER'), { message: 'hunter2 and hunter22' })
  const json = renderJson([other, secret])
  assert.not.match(json, 'hunter')
  assert.match(json, '"message": "•••••••• and ••••••••2"')
  assert.is(viewDiagnostics([secret]).diagnostics[0]?.fix, undefined)
})

test('a secret that another one begins with is concealed as a whole', () => {
  const source = makeSource('A: hunter2\nB: hunter2hunter3\n')
  const all = ['hunter2', 'hunter2hunter3'].map((words) => makeDiagnostic(mark(source, words), { concealed: true, message: 'hunter2hunter3' }))
  assert.equal(
    viewDiagnostics(all).diagnostics.map(({ message }) => message),
    ['••••••••', '••••••••'],
  )
})

test('a fix that changes another file is left out', () => {
  const source = makeSource('a: 1\n')
  const fix = { title: 'change both', edits: [{ span: mark(source, 'a'), text: 'b' }, { span: mark(makeSource('c', 'other.txt'), 'c'), text: 'd' }] }
  assert.is(viewDiagnostics([makeDiagnostic(mark(source, 'a'), { fix })]).diagnostics[0]?.fix, undefined)
})

test.run()
