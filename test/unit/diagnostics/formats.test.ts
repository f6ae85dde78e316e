/** The forms that machines read: JSON, SARIF and workflow commands. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { CATALOGUE } from '../../../src/diagnostics/catalogue/index.ts'
import { renderGithub } from '../../../src/diagnostics/github.ts'
import { renderJson } from '../../../src/diagnostics/json.ts'
import { renderSarif } from '../../../src/diagnostics/sarif.ts'
import { viewDiagnostics } from '../../../src/diagnostics/view.ts'
import { makeDiagnostic, makeSource, mark, point } from './make.ts'

const source = makeSource('framework: pytorch\ntrian: train.py\nmore: [1,\n 2]\n')
const misspelt = makeDiagnostic(mark(source, 'trian'), {
  message: 'unknown key `trian`',
  help: 'did you mean `train`?',
  related: [{ span: mark(source, 'framework'), message: 'beside this' }, { span: mark(source, 'more') }],
  fix: { title: 'rename to train', edits: [{ span: mark(source, 'trian'), text: 'train' }] },
})
const warning = makeDiagnostic(mark(source, '[1,\n 2]'), { code: 'MLS1120', severity: 'warning' })

test('JSON is the view, indented, with a line feed at its end', () => {
  const json = renderJson([misspelt, warning])
  assert.is(json, `${JSON.stringify(viewDiagnostics([misspelt, warning]), undefined, 2)}\n`)
})

test('JSON without diagnostics is whole', () => {
  assert.equal(JSON.parse(renderJson([])), { version: 1, diagnostics: [], summary: { errors: 0, warnings: 0 } })
})

test('JSON escapes what could drive a terminal, and still means the same', () => {
  const message = 'a\u001b[2J\u009b31m\u202eb\u2028\ufeff'
  const json = renderJson([makeDiagnostic(point(source, 0), { message })])
  assert.not.match(json, /[\0-\x09\x0b-\x1f\x7f-\x9f\u202e\u2028\ufeff]/)
  assert.is(JSON.parse(json).diagnostics[0].message, message)
})

const runOf = (...diagnostics: Parameters<typeof renderSarif>[0]) => JSON.parse(renderSarif(diagnostics, { version: '1.2.3' })).runs[0]

test('SARIF names the tool, its version and how columns are counted', () => {
  const log = JSON.parse(renderSarif([], { version: '1.2.3' }))
  assert.is(log.version, '2.1.0')
  assert.equal(log.runs, [{ tool: { driver: { name: 'mlstack', version: '1.2.3', rules: [] } }, columnKind: 'utf16CodeUnits', results: [] }])
})

test('SARIF lists the rules used, once each and in order, and results point at them', () => {
  const run = runOf(warning, misspelt, misspelt)
  assert.equal(run.tool.driver.rules.map(({ id }: { id: string }) => id), ['MLS1101', 'MLS1120'])
  assert.equal(run.results.map(({ ruleId, ruleIndex, level }: Record<string, unknown>) => [ruleId, ruleIndex, level]), [
    ['MLS1120', 1, 'warning'],
    ['MLS1101', 0, 'error'],
    ['MLS1101', 0, 'error'],
  ])
  assert.is(run.tool.driver.rules[0].shortDescription.text, CATALOGUE.get('MLS1101')?.title)
  assert.is(run.tool.driver.rules[0].defaultConfiguration.level, 'error')
})

test('SARIF has the place, the related places and the fix', () => {
  const [result] = runOf(misspelt).results
  const region = { startLine: 2, startColumn: 1, endLine: 2, endColumn: 6 }
  assert.is(result.message.text, 'unknown key `trian`\nhelp: did you mean `train`?')
  assert.equal(result.locations, [{ physicalLocation: { artifactLocation: { uri: 'mlstack.yaml' }, region } }])
  assert.equal(
    result.relatedLocations.map(({ id, message, physicalLocation }: Record<string, any>) => [id, message?.text, physicalLocation.region.startLine]),
    [[1, 'beside this', 1], [2, undefined, 3]],
  )
  const replacements = [{ deletedRegion: region, insertedContent: { text: 'train' } }]
  assert.equal(result.fixes, [{ description: { text: 'rename to train' }, artifactChanges: [{ artifactLocation: { uri: 'mlstack.yaml' }, replacements }] }])
})

const URIS: readonly (readonly [file: string, uri: string])[] = [
  ['mlstack.yaml', 'mlstack.yaml'],
  ['./mlstack.yaml', 'mlstack.yaml'],
  ['../a b/größe#1.yaml', '../a%20b/gr%C3%B6%C3%9Fe%231.yaml'],
  ['sub\\mlstack.yaml', 'sub/mlstack.yaml'],
  ['/srv/mlstack.yaml', 'file:///srv/mlstack.yaml'],
  ['C:\\work\\mlstack.yaml', 'file:///C:/work/mlstack.yaml'],
  ['a:b.yaml', 'a%3Ab.yaml'],
  ['\ud800.yaml', '%EF%BF%BD.yaml'],
]

for (const [file, uri] of URIS) {
  test(`the URI of ${JSON.stringify(file)} is ${uri}`, () => {
    const [result] = runOf(makeDiagnostic(point(makeSource('a', file), 0))).results
    assert.is(result.locations[0].physicalLocation.artifactLocation.uri, uri)
  })
}

test('a workflow command has the place, a title and the words', () => {
  assert.is(
    renderGithub([misspelt]),
    '::error file=mlstack.yaml,line=2,endLine=2,col=1,endColumn=6,title=unknown key (MLS1101)::unknown key `trian`%0Ahelp: did you mean `train`?\n',
  )
})

test('a workflow command over lines has no columns, which GitHub would refuse', () => {
  assert.match(renderGithub([warning]), /^::warning file=mlstack\.yaml,line=3,endLine=4,title=weaker isolation \(MLS1120\)::/)
})

test('a note is a notice, and nothing is nothing', () => {
  assert.match(renderGithub([makeDiagnostic(point(source, 0), { severity: 'note' })]), /^::notice /)
  assert.is(renderGithub([]), '')
})

test('workflow commands escape what would end them or begin another', () => {
  const at = point(makeSource('a', 'a:b,c%d.yaml'), 0)
  const text = renderGithub([makeDiagnostic(at, { message: '100%\n::error::x, y: z\r', help: 'one\ntwo' })])
  assert.is(text, '::error file=a%3Ab%2Cc%25d.yaml,line=1,endLine=1,col=1,endColumn=1,title=unknown key (MLS1101)::100%25␊::error::x, y: z␍%0Ahelp: one%0Atwo\n')
})

test('no form shows what is concealed', () => {
  const config = makeSource('TOKEN: hunter2\n')
  const fix = { title: 'keep', edits: [{ span: mark(config, 'TOKEN'), text: 'hunter2' }] }
  const secret = makeDiagnostic(mark(config, 'hunter2'), { concealed: true, message: 'hunter2', help: 'hunter2', related: [{ span: mark(config, 'TOKEN'), message: 'hunter2' }], fix })
  for (const text of [renderJson([secret]), renderGithub([secret]), renderSarif([secret], { version: '1' })]) assert.not.match(text, 'hunter')
})

test.run()
