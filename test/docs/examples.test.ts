/** The page on the examples has each of them, in an order in which the keys that it names are new, and says where a key is shown. */
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { NAME } from '../../src/schema/keys.ts'
import { listExamples } from '../examples.ts'
import { BUILT_KEYS, listKeysUsed } from '../keys.ts'
import { holdToGenerator, readPage, ROOT } from './pages.ts'

const PAGE = 'examples/README.md'

interface Row {
  readonly name: string
  /** The keys that it adds to the examples above it. */
  readonly keys: readonly string[]
}

const rows = [...readPage(PAGE).matchAll(/^\| \[.+\]\((.+)\/README\.md\) \| .+ \| .+ \| ?(.*) \|$/gm)].map(([, name = '', keys = '']): Row => ({ name, keys: codesIn(keys) }))
const usedBy = new Map(listExamples().map(({ name, project }) => [name, listKeysUsed(join(ROOT, 'examples', name, project, 'mlstack.yaml'))]))
const keysOf = ({ name }: Row) => usedBy.get(name) ?? []

function codesIn(cell: string): readonly string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code)
}

/** Each key with the examples that have it, both in the order of the page. */
function keyTable(): string {
  const known = new Set(BUILT_KEYS.flatMap(({ places }) => places).filter((key) => !key.endsWith(`.${NAME}`)))
  const shown = [...new Set(rows.flatMap(keysOf))].filter((key) => known.has(key))
  const examplesOf = (key: string) => rows.filter((row) => keysOf(row).includes(key))
  const isCommon = (key: string) => examplesOf(key).length === rows.length
  const lines = shown.filter((key) => !isCommon(key)).map((key) => `| \`${key}\` | ${examplesOf(key).map(({ name }) => `[${name}](${name}/README.md)`).join(', ')} |`)
  const missing = [...known].filter((key) => !key.includes('.') && !shown.includes(key)).sort()
  return `## Which example shows a key

All of them have ${enumerate(shown.filter(isCommon), 'and')}.

| key | examples |
| --- | --- |
${lines.join('\n')}

None of them has ${enumerate(missing, 'or')}: [docs/language.md](../docs/language.md) has every key, with values to try.
`
}

function enumerate(keys: readonly string[], last: 'and' | 'or'): string {
  return keys.map((key) => `\`${key}\``).join(', ').replace(/, (?!.*, )/, ` ${last} `)
}

test('every example has a row', () => {
  assert.equal(rows.map(({ name }) => name).sort(), [...usedBy.keys()].sort(), `${PAGE} has a row for each folder: add yours, then run this test with UPDATE=1`)
})

for (const [index, row] of rows.entries()) {
  test(`${row.name} has the keys that its row names, and none above it has`, () => {
    const above = new Set(rows.slice(0, index).flatMap(keysOf))
    assert.equal(row.keys.filter((key) => !keysOf(row).includes(key)), [])
    assert.equal(row.keys.filter((key) => above.has(key)), [])
  })
}

test('the keys are listed with the examples that have them', () => {
  holdToGenerator(PAGE, keyTable())
})

test.run()
