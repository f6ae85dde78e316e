/** The page on the language says what the schema and the compiler do. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { languagePage } from '../../src/build/docs.ts'
import { compileText, holdToGenerator, ROOT } from './pages.ts'

const schema = JSON.parse(readFileSync(join(ROOT, 'mlstack.schema.json'), 'utf8')) as { readonly properties: object; readonly $defs: object }
const generated = languagePage(schema)
const sectionOf = (key: string) => generated.split(/^## /m).find((section) => section.startsWith(`\`${key}\``)) ?? ''

test('the page is what is generated', () => {
  holdToGenerator('docs/language.md', generated)
})

test('every key at the top of the file has a section', () => {
  const titles = [...generated.matchAll(/^## `(.*)`$/gm)].map(([, title]) => title)
  assert.equal(titles, Object.keys(schema.properties))
})

test('a value of each form is shown', () => {
  assert.match(sectionOf('gpu'), '- `gpu: 2`\n')
  assert.match(sectionOf('cache'), '- `cache: shared`\n')
})

test('keys at any depth, of any form and of groups are there', () => {
  for (const row of ['`NAME.mount`', '`require.NAME`', '`index.url`', '`run.after`', '`rerun`', '`stop_grace_period`']) assert.match(generated, `\n| ${row} | `)
  assert.match(generated, '| `container_name` | a text |  | *Refused: another key does it.* ')
})

test('every framework that the page names is built', () => {
  const known = /Known: (.*?), and python/.exec(sectionOf('framework'))?.[1]?.split(', ') ?? []
  assert.ok(known.length > 5)
  for (const name of known) assert.equal(compileText(`framework: ${name}\ntrain: train.py\n`).diagnostics.filter(({ code }) => code === 'MLS2001'), [], name)
})

test.run()
