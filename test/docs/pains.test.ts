/** The page on pains shows of mlstack what it says of the folders in `pains`, and what it writes for them. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { compile, type Compilation } from '../../src/compile.ts'
import { renderText } from '../../src/diagnostics/text.ts'
import { createRecogniser } from '../../src/doctor/explain/recogniser.ts'
import { SYMPTOMS } from '../../src/facts/symptoms.ts'
import { createNodeProject } from '../../src/project/node-project.ts'
import { blocksOf, ROOT } from './pages.ts'
import { PAGE, PAINS, pains, shown, shownOf } from './pains-page.ts'

const CONFIG = 'mlstack.yaml'
const WORDS = ['says', 'prints']

const folderOf = (pain: string) => join(ROOT, PAINS, pain)
const compilePain = (pain: string): Compilation =>
  compile({ name: CONFIG, bytes: readFileSync(join(folderOf(pain), CONFIG)) }, createNodeProject(folderOf(pain)), { outputFolder: '.' })

test('at least ten pains are shown, and each folder is', () => {
  assert.ok(pains.length >= 10)
  assert.equal([...new Set(shown.map(({ pain }) => pain))].sort(), pains)
})

test('doctor explains each error that is shown, whoever it is of', () => {
  const errors = blocksOf(PAGE).filter(({ info }) => info === 'text error')
  assert.ok(errors.length >= 10)
  for (const { text } of errors) {
    const recogniser = createRecogniser(SYMPTOMS)
    for (const line of text.split('\n')) recogniser.read(line)
    assert.ok(recogniser.recognised().length > 0, text)
  }
})

for (const pain of pains) {
  const { diagnostics, files } = compilePain(pain)

  test(`${pain}: the config is shown whole, and what it is told`, () => {
    assert.is(shownOf(pain, CONFIG), readFileSync(join(folderOf(pain), CONFIG), 'utf8'))
    assert.is(shownOf(pain, 'says') ?? '', renderText(diagnostics, { color: false }))
  })

  test(`${pain}: excerpts are of the files that they name`, () => {
    for (const { what, text } of shown.filter((each) => each.pain === pain && !WORDS.includes(each.what))) {
      const own = join(folderOf(pain), what)
      const whole = existsSync(own) ? readFileSync(own, 'utf8') : files.find(({ path }) => path === what)?.text
      assert.match(whole ?? `no file ${what}`, text)
    }
  })
}

test.run()
