/** The text that people read: lines, marks and words stand where they belong, whatever the source holds. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { Diagnostic } from '../../../src/diagnostics/diagnostic.ts'
import { renderText } from '../../../src/diagnostics/text.ts'
import { makeDiagnostic, makeSource, mark, point } from './make.ts'

const render = (...diagnostics: Diagnostic[]) => renderText(diagnostics, { color: false })

/** Compares with lines that are easy to read in a test: without the summary, which has tests of its own. */
function expect(diagnostic: Diagnostic, lines: readonly string[], width?: number) {
  const text = renderText([diagnostic], { color: false, ...(width === undefined ? {} : { width }) })
  assert.equal(text.split('\n').slice(0, -3), lines)
}

test('a diagnostic with a related place, a label and a help looks as documented', () => {
  const source = makeSource('# a model\n\nframework: tensorflow==2.15.0\npython: "3.12"\n')
  const diagnostic = makeDiagnostic(mark(source, '"3.12"'), {
    code: 'MLS2003',
    message: 'TensorFlow 2.15 has no wheels for Python 3.12',
    related: [{ span: mark(source, 'tensorflow==2.15.0'), message: 'this version supports Python 3.9 to 3.11' }],
    help: 'use python: "3.11", or framework: tensorflow>=2.16',
  })
  assert.is(
    render(diagnostic),
    `error[MLS2003]: TensorFlow 2.15 has no wheels for Python 3.12
  --> mlstack.yaml:4:9
   |
 3 | framework: tensorflow==2.15.0
   |            ------------------ this version supports Python 3.9 to 3.11
 4 | python: "3.12"
   |         ^^^^^^
   = help: use python: "3.11", or framework: tensorflow>=2.16

1 error
`,
  )
})

test('nothing is printed where nothing was found', () => assert.is(render(), ''))

test('a summary counts errors and warnings, and notes go without one', () => {
  const at = point(makeSource('a: 1\n'), 0)
  const ofSeverity = (severity: Diagnostic['severity']) => makeDiagnostic(at, { severity })
  const [error, warning, note] = [ofSeverity('error'), ofSeverity('warning'), ofSeverity('note')]
  assert.match(render(error, error, warning), /\n\n2 errors, 1 warning\n$/)
  assert.match(render(warning, warning), /\n\n2 warnings\n$/)
  assert.match(render(note), /^note\[MLS1101\]: .*\n 1 \| a: 1\n {3}\| \^\n$/s)
})

test('the gutter is as wide as the widest number', () => {
  const source = makeSource(`a: 1\n${'#\n'.repeat(98)}b: 2\n`)
  expect(makeDiagnostic(mark(source, 'b'), { related: [{ span: mark(source, 'a'), message: 'here' }], help: 'x' }), [
    'error[MLS1101]: something is wrong',
    '    --> mlstack.yaml:100:1',
    '     |',
    '   1 | a: 1',
    '     | - here',
    '...',
    ' 100 | b: 2',
    '     | ^',
    '     = help: x',
  ])
})

test('a single line between two marked ones is shown', () => {
  const source = makeSource('a: 1\nb: 2\nc: 3\n')
  expect(makeDiagnostic(mark(source, 'a'), { label: 'this', related: [{ span: mark(source, 'c'), message: 'that' }] }), [
    'error[MLS1101]: something is wrong',
    '  --> mlstack.yaml:1:1',
    '   |',
    ' 1 | a: 1',
    '   | ^ this',
    ' 2 | b: 2',
    ' 3 | c: 3',
    '   | - that',
  ])
})

test('marks in one line stand below each other, from left to right', () => {
  const source = makeSource('a: {b: 1, c: 2}\n')
  expect(makeDiagnostic(mark(source, 'c'), { label: 'this', related: [{ span: mark(source, 'b'), message: 'that' }] }), [
    'error[MLS1101]: something is wrong',
    '  --> mlstack.yaml:1:11',
    '   |',
    ' 1 | a: {b: 1, c: 2}',
    '   |     - that',
    '   |           ^ this',
  ])
})

test('another file has a place of its own', () => {
  const source = makeSource('python: "3.12"\n')
  const requirements = makeSource('numpy\r\ntensorflow==2.15\r\n', 'requirements.txt')
  expect(makeDiagnostic(mark(source, '"3.12"'), { related: [{ span: mark(requirements, 'tensorflow==2.15'), message: 'wanted here' }], help: 'x' }), [
    'error[MLS1101]: something is wrong',
    '  --> mlstack.yaml:1:9',
    '   |',
    ' 1 | python: "3.12"',
    '   |         ^^^^^^',
    '   |',
    '  ::: requirements.txt:2:1',
    '   |',
    ' 2 | tensorflow==2.15',
    '   | ---------------- wanted here',
    '   = help: x',
  ])
})

test('a file without text has no lines to show, but keeps its words', () => {
  const source = makeSource('')
  expect(makeDiagnostic(point(source, 0)), ['error[MLS1101]: something is wrong', '  --> mlstack.yaml:1:1'])
  expect(makeDiagnostic(point(source, 0), { label: 'a label', help: 'one\ntwo' }), [
    'error[MLS1101]: something is wrong',
    '  --> mlstack.yaml:1:1',
    '   = note: a label',
    '   = help: one',
    '           two',
  ])
})

const LINES: readonly (readonly [name: string, text: string, marked: string, line: string, marks: string])[] = [
  ['a tab before the mark', 'a:\tb\n', 'b', ' 1 | a:    b', '   |       ^'],
  ['a marked tab', 'a:\tb\n', '\t', ' 1 | a:    b', '   |   ^^^^'],
  ['wide characters before the mark', '名: 値 x\n', 'x', ' 1 | 名: 値 x', '   |        ^'],
  ['marked wide characters', 'a: 日本\n', '日本', ' 1 | a: 日本', '   |    ^^^^'],
  ['an emoji of several characters', '👨‍👩‍👧: x\n', 'x', ' 1 | 👨‍👩‍👧: x', '   |     ^'],
  ['a part of an emoji', '👍🏽: x\n', '🏽', ' 1 | 👍🏽: x', '   | ^^'],
  ['combining characters', 'e\u0301: x\n', 'x', ' 1 | e\u0301: x', '   |    ^'],
  ['an escape sequence', 'a: \u001b[31mb\n', 'b', ' 1 | a: ␛[31mb', '   |         ^'],
  ['a turned reading direction', 'a: \u202eb\n', 'b', ' 1 | a: \\u{202e}b', '   |            ^'],
  ['CR LF line ends', 'a: b\r\nc: d\r\n', 'b', ' 1 | a: b', '   |    ^'],
  ['a lone carriage return', 'a: b\rc: d\n', '\r', ' 1 | a: b␍c: d', '   |     ^'],
  ['a span over lines', 'a: [1,  \n 2]\n', '[1,  \n 2]', ' 1 | a: [1,', '   |    ^^^'],
  ['a span over CR LF lines', 'a: [1,\r\n 2]\r\n', '[1,\r\n 2]', ' 1 | a: [1,', '   |    ^^^'],
  ['a line end', 'a: b\nc: d\n', '\n', ' 1 | a: b', '   |     ^'],
  ['a CR LF line end', 'a: b\r\n', '\r\n', ' 1 | a: b', '   |     ^'],
]

for (const [name, text, marked, line, marks] of LINES) {
  test(`the carets stand right with ${name}`, () => assert.equal(render(makeDiagnostic(mark(makeSource(text), marked))).split('\n').slice(3, 5), [line, marks]))
}

test('a place of no length has one caret, also at the end of the text', () => {
  const source = makeSource('a: b\n')
  assert.equal(render(makeDiagnostic(point(source, 3))).split('\n').slice(1, 5), ['  --> mlstack.yaml:1:4', '   |', ' 1 | a: b', '   |    ^'])
  assert.equal(render(makeDiagnostic(point(source, 5))).split('\n').slice(1, 5), ['  --> mlstack.yaml:2:1', '   |', ' 2 |', '   | ^'])
  assert.equal(render(makeDiagnostic(point(makeSource('a: b'), 4))).split('\n').slice(3, 5), [' 1 | a: b', '   |     ^'])
})

const CUT: readonly (readonly [name: string, line: string, shown: string])[] = [
  ['at its end', `MARK${'-'.repeat(60)}`, 'MARK--------------------------------...'],
  ['at its beginning', `${'-'.repeat(60)}MARK`, '...-------------MARK'],
  ['at both ends', `${'-'.repeat(60)}MARK${'-'.repeat(60)}`, '...-------------MARK----------------...'],
  ['nowhere where it just fits', `MARK${'-'.repeat(35)}`, `MARK${'-'.repeat(35)}`],
]

for (const [name, line, shown] of CUT) {
  test(`a long line is cut ${name}`, () => {
    const [, , , source = '', marks = ''] = renderText([makeDiagnostic(mark(makeSource(line), 'MARK'))], { color: false, width: 44 }).split('\n')
    assert.is(source, ` 1 | ${shown}`)
    assert.is(marks.indexOf('^'), source.indexOf('MARK'))
    assert.is(marks.trim(), '| '.padEnd(marks.trim().indexOf('^')) + '^^^^')
  })
}

test('a line of a megabyte is cut, and a mark longer than the line ends with it', () => {
  const source = makeSource(`${'x'.repeat(500_000)}MARK${'y'.repeat(500_000)}`)
  const [, , , line = '', marks = ''] = render(makeDiagnostic({ source, start: 500_000, end: 1_000_004 })).split('\n')
  assert.ok(line.length <= 100 && line.includes('MARK'), line)
  assert.is(marks.indexOf('^'), line.indexOf('MARK'))
  assert.is(marks.length, line.length - '...'.length)
})

test('wide characters are cut by columns', () => {
  const lines = renderText([makeDiagnostic(mark(makeSource(`a: ${'日'.repeat(100)}MARK`), 'MARK'))], { color: false, width: 44 }).split('\n')
  assert.match(lines[3] ?? '', /^ 1 \| \.\.\.日{6,7}MARK$/)
})

test('hostile words cannot drive the terminal either', () => {
  const source = makeSource('a: 1\n', 'b\u001b[2J.yaml')
  const text = render(makeDiagnostic(mark(source, 'a'), { message: 'no \u001b[31m\nb', label: 'la\u009bbel', help: 'he\u202elp' }))
  assert.not.match(text, /[\0-\x09\x0b-\x1f\x7f-\x9f\u202e]/)
  assert.match(text, 'error[MLS1101]: no ␛[31m␊b\n  --> b␛[2J.yaml:1:1\n')
})

test('a concealed value is masked, wherever it is quoted', () => {
  const source = makeSource('env:\n  TOKEN: "hunter2" # hunter2\n')
  const secret = makeDiagnostic(mark(source, '"hunter2"'), { concealed: true, message: 'a secret', label: 'not hunter2', help: 'move hunter2' })
  const other = makeDiagnostic(mark(source, 'TOKEN'), { message: '`hunter2` is no name' })
  const text = render(secret, other)
  assert.not.match(text, 'hunter')
  assert.equal(text.split('\n').slice(3, 6), [' 2 |   TOKEN: ••••••••• # •••••••', '   |          ^^^^^^^^^ not ••••••••', '   = help: move ••••••••'])
  assert.match(text, '`••••••••` is no name')
})

test('a concealed value over lines is masked in each', () => {
  const source = makeSource('key: |\n  first\n  second\nb: 1\n')
  const text = render(makeDiagnostic(mark(source, '|\n  first\n  second'), { concealed: true }), makeDiagnostic(mark(source, 'second')))
  assert.not.match(text, /first|second/)
})

test('colours are added on demand, and are all that differs', () => {
  const source = makeSource('a: 1\nb: 2\n')
  const diagnostics = [makeDiagnostic(mark(source, 'b'), { related: [{ span: mark(source, 'a'), message: 'here' }], help: 'x' }), makeDiagnostic(mark(source, 'a'), { severity: 'warning' })]
  const colored = renderText(diagnostics, { color: true })
  assert.match(colored, '\u001b[1;31merror[MLS1101]\u001b[0m')
  assert.match(colored, '\u001b[1;33mwarning[MLS1101]\u001b[0m')
  assert.is(colored.replace(/\u001b\[[\d;]*m/g, ''), render(...diagnostics))
})

test.run()
