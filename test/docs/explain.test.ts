/** What the page on `explain` shows is what it prints for the ten lines. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { SAMPLE_PROJECT } from '../../src/build/sample-project.ts'
import { explainIn } from '../unit/cli/run-explain.ts'
import { blocksOf, isUpdating, readPage, ROOT } from './pages.ts'

const PAGE = 'docs/explain.md'
const shown = blocksOf(PAGE).filter(({ info }) => info.startsWith('text explain'))

test('there is something to hold', () => {
  assert.ok(shown.length >= 3)
})

for (const { info, text } of shown) {
  test(`${info.slice('text '.length)} prints what stands there`, async () => {
    const { stdout } = await explainIn(SAMPLE_PROJECT, info.split(' ').slice(2))
    if (isUpdating) writeFileSync(join(ROOT, PAGE), readPage(PAGE).replace(`\`\`\`${info}\n${text}\`\`\``, () => `\`\`\`${info}\n${stdout}\`\`\``))
    else assert.is(stdout, text)
  })
}

test.run()
