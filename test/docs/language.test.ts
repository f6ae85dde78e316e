/** The page on the language says what the schema and the compiler do. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { languagePage } from '../../src/build/docs.ts'
import { compileText, holdToGenerator, readPage, ROOT } from './pages.ts'

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

test('a key that is refused is planned, one that is built is not, and a value can be either', () => {
  assert.match(sectionOf('seed'), '*Planned*')
  assert.not.match(sectionOf('train'), '*Planned*')
  assert.match(sectionOf('gpu'), '- `gpu: 2`\n')
  assert.match(sectionOf('gpu'), '- `gpu: auto` (planned)\n')
  assert.match(sectionOf('gpu'), '| `driver` | a driver\'s version such as 550 or 550.54.14 |  | *Planned.* ')
  assert.match(sectionOf('gpu'), '| `nvidia` or `amd` (planned) | `nvidia` | Who made the GPUs')
})

test('keys at any depth, of any form and of groups are there', () => {
  for (const row of ['`NAME.mount`', '`require.NAME`', '`index.url`', '`run.after`', '`rerun`', '`stop_grace_period`']) assert.match(generated, `\n| ${row} | `)
  assert.match(generated, '| `container_name` | a text |  | *Refused: another key does it.* ')
})

const PLANNED = /^- Of the frameworks, (.*) are planned/m

test('the frameworks that are said to be planned are refused, and no other is', () => {
  const planned = [...(PLANNED.exec(readPage('docs/language.md'))?.[1] ?? '').matchAll(/`(.+?)`/g)].map(([, name]) => name)
  const known = /Known: (.*?), and python/.exec(sectionOf('framework'))?.[1]?.split(', ') ?? []
  assert.ok(known.length > 5)
  const isRefused = (name: string) => compileText(`framework: ${name}\ntrain: train.py\n`).diagnostics.some(({ code }) => code === 'MLS1110')
  assert.equal(known.filter(isRefused), planned)
})

test.run()
