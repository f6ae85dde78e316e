/** The README says what is true: its configs compile, its errors are the ones that are printed, its links lead somewhere. */
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { compile } from '../../src/compile.ts'
import { createMemoryProject } from '../../src/project/memory-project.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const readme = readFileSync(join(ROOT, 'README.md'), 'utf8')
const project = createMemoryProject({ 'train.py': '', 'evaluate.py': '', 'serve.py': '', 'data/digits.csv': '' })

test('every config compiles without a word', () => {
  const blocks = [...readme.matchAll(/^```yaml\n([^]*?)^```$/gm)].map((match) => match[1] ?? '')
  assert.ok(blocks.length > 0)
  for (const text of blocks) assert.equal(compile({ name: 'mlstack.yaml', bytes: new TextEncoder().encode(text) }, project, { outputFolder: '.' }).diagnostics, [])
})

test('the error is the one that is printed', () => {
  const printed = readFileSync(join(ROOT, 'test/golden/bad/impossible-python/expected.txt'), 'utf8')
  assert.ok(readme.includes(printed.split('\n\n')[0] ?? printed))
})

test('links to files lead somewhere', () => {
  const links = [...readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map((match) => match[1] ?? '')
  assert.equal(links.filter((link) => !existsSync(join(ROOT, link))), [])
})

test.run()
