/** Every code is there, given once, and in the range of its phase. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import * as advice from '../../../src/diagnostics/catalogue/advice.ts'
import * as builds from '../../../src/diagnostics/catalogue/builds.ts'
import * as engine from '../../../src/diagnostics/catalogue/engine.ts'
import * as files from '../../../src/diagnostics/catalogue/files.ts'
import { CATALOGUE } from '../../../src/diagnostics/catalogue/index.ts'
import * as gpus from '../../../src/diagnostics/catalogue/gpus.ts'
import * as jobs from '../../../src/diagnostics/catalogue/jobs.ts'
import * as knowledge from '../../../src/diagnostics/catalogue/knowledge.ts'
import * as nodes from '../../../src/diagnostics/catalogue/nodes.ts'
import * as notebook from '../../../src/diagnostics/catalogue/notebook.ts'
import * as outputs from '../../../src/diagnostics/catalogue/outputs.ts'
import * as packages from '../../../src/diagnostics/catalogue/packages.ts'
import * as servers from '../../../src/diagnostics/catalogue/servers.ts'
import * as vendor from '../../../src/diagnostics/catalogue/vendor.ts'
import * as shape from '../../../src/diagnostics/catalogue/shape.ts'
import * as sources from '../../../src/diagnostics/catalogue/sources.ts'
import * as stack from '../../../src/diagnostics/catalogue/stack.ts'
import * as syntax from '../../../src/diagnostics/catalogue/syntax.ts'
import * as tracking from '../../../src/diagnostics/catalogue/tracking.ts'

const MODULES = [
  { name: 'syntax', module: syntax, range: /^MLS10\d\d$/ },
  { name: 'shape', module: shape, range: /^MLS11\d\d$/ },
  { name: 'sources', module: sources, range: /^MLS(?:115\d|208[5-9]|302[0-4]|403[5-9])$/ },
  { name: 'jobs', module: jobs, range: /^MLS(?:1139|(?:114|208|301|403)\d)$/ },
  { name: 'knowledge', module: knowledge, range: /^MLS2\d{3}$/ },
  { name: 'gpus', module: gpus, range: /^MLS2\d{3}$/ },
  { name: 'advice', module: advice, range: /^MLS20[3-6]\d$/ },
  { name: 'stack', module: stack, range: /^MLS3\d{3}$/ },
  { name: 'files', module: files, range: /^MLS4\d{3}$/ },
  { name: 'packages', module: packages, range: /^MLS(?:116\d|209\d|302[5-9]|404\d)$/ },
  { name: 'builds', module: builds, range: /^MLS(?:117\d|210[0-4]|303[0-4]|405[0-4])$/ },
  { name: 'notebook', module: notebook, range: /^MLS(?:119[0-2]|304[45]|4059|4060|5010)$/ },
  { name: 'tracking', module: tracking, range: /^MLS(?:119[3-5]|211[5-7]|304[67])$/ },
  { name: 'nodes', module: nodes, range: /^MLS(?:119[6-9]|21(?:18|19|2[0-2])|304[89]|3050)$/ },
  { name: 'servers', module: servers, range: /^MLS(?:118[2-7]|21(?:0[6-9]|1[01])|30(?:39|4[01])|5011)$/ },
  { name: 'vendor', module: vendor, range: /^MLS(?:118[89]|211[2-4])$/ },
  { name: 'outputs', module: outputs, range: /^MLS5\d{3}$/ },
  { name: 'engine', module: engine, range: /^MLS6\d{3}$/ },
]

const entriesOf = (module: object) => Object.values(module).map(({ entry }) => entry)

for (const { name, module, range } of MODULES) {
  test(`the codes of ${name} are in its range`, () => {
    for (const { code } of entriesOf(module)) assert.match(code, range)
  })
}

test('no code is given twice, and none is missing from the catalogue', () => {
  const codes = MODULES.flatMap(({ module }) => entriesOf(module)).map(({ code }) => code)
  assert.equal([...CATALOGUE.keys()], [...new Set(codes)].sort())
  assert.is(CATALOGUE.size, codes.length)
})

test('every entry has a title of a few words and an explanation in sentences', () => {
  for (const { code, title, explanation } of CATALOGUE.values()) {
    assert.ok(title.length > 0 && title.length <= 50 && !title.endsWith('.'), `${code}: ${title}`)
    assert.match(explanation, /\.$/, code)
  }
})

test.run()
