/** The flowchart on the page about pictures is that of the config above it. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { drawStack } from '../../src/graph/draw.ts'
import { blocksOf, compileText, isUpdating, readPage, ROOT } from './pages.ts'

const PAGE = 'docs/graph.md'

test('the flowchart is that of the config above it', () => {
  const blocks = blocksOf(PAGE)
  const shown = blocks.find(({ info }) => info === 'mermaid')
  const { stack } = compileText(blocks.find(({ info }) => info === 'yaml')?.text ?? '')
  assert.ok(shown && stack)
  const drawn = drawStack(stack, 'mermaid')
  if (isUpdating) writeFileSync(join(ROOT, PAGE), readPage(PAGE).replace(`\`\`\`mermaid\n${shown.text}`, () => `\`\`\`mermaid\n${drawn}`))
  else assert.is(shown.text, drawn)
})

test.run()
