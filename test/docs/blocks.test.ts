/** What the pages show is true: configs compile, errors are printed as they stand there, excerpts are of what is written. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { renderText } from '../../src/diagnostics/text.ts'
import { MANIFEST_PATH } from '../../src/write/manifest.ts'
import { blocksOf, compileExample, compileText, PAGES, TEN_LINES_EXAMPLE, type Block } from './pages.ts'

const blocks = PAGES.flatMap(blocksOf)
const isConfig = ({ info, text }: Block) => info === 'yaml' && /^framework:/m.test(text)
const configs = blocks.filter(isConfig)
const wrong = blocks.flatMap((block, index) => (block.info === 'yaml wrong' ? [{ block, shown: blocks[index + 1] }] : []))
const tenLines = TEN_LINES_EXAMPLE === undefined ? [] : compileExample(TEN_LINES_EXAMPLE).files

test('there is something to hold', () => {
  assert.ok(configs.length > 0)
  assert.ok(wrong.length > 0)
})

for (const { page, text } of configs) {
  test(`a config in ${page} compiles without a word`, () => {
    assert.is(renderText(compileText(text).diagnostics, { color: false }), '')
  })
}

for (const { block, shown } of wrong) {
  test(`a wrong config in ${block.page} is refused in the words below it`, () => {
    assert.is(shown?.info, 'text')
    assert.is(shown?.text, renderText(compileText(block.text).diagnostics, { color: false }))
  })
}

test('an excerpt is of the file that it names, compiled from the ten lines', () => {
  const excerpts = blocks.filter(({ info }) => /^(dockerfile|yaml) \S+[./]/.test(info))
  assert.ok(excerpts.length > 0)
  for (const { info, text } of excerpts) assert.match(tenLines.find(({ path }) => info.endsWith(` ${path}`))?.text ?? '', text)
})

test('the files that are listed are those that are written', () => {
  const listed = blocks.find(({ info }) => info === 'text files')?.text.trim().split('\n') ?? []
  const written = [...tenLines.map(({ path }) => path), MANIFEST_PATH].sort()
  assert.equal(listed.map((line) => line.split(' ')[0]), written)
})

test.run()
