/** The README claims what is built and leaves nothing out: commands, keys, frameworks, dependencies. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { HELP } from '../../src/cli/help.ts'
import { FRAMEWORKS } from '../../src/facts/frameworks.ts'
import { listExamples } from '../examples.ts'
import { blocksOf, CLONE_COMMANDS, compileExample, readPage, ROOT, TEN_LINES_EXAMPLE } from './pages.ts'

const readme = readPage('README.md')
const blocks = blocksOf('README.md')
const readJson = (file: string) => JSON.parse(readFileSync(join(ROOT, file), 'utf8')) as Readonly<Record<string, Readonly<Record<string, unknown>>>>

/** The lines of the section with a heading, up to the next of the same level. */
function sectionOf(heading: string): string {
  return readme.split(/^## /m).find((section) => section.startsWith(`${heading}\n`)) ?? ''
}

const codesIn = (text: string) => [...text.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code)
const firstCells = (section: string) => [...section.matchAll(/^\| (`.*?) \|/gm)].map(([, cell = '']) => cell)

test('the config that it begins with is that of an example, which the demo runs', () => {
  assert.ok(TEN_LINES_EXAMPLE, 'no example has it')
  assert.match(readPage('examples/demo.ts'), `const NAME = '${TEN_LINES_EXAMPLE.name}'`)
})

test('its picture has the files, the services, the gate and the port of that config', () => {
  const { files, stack } = compileExample(TEN_LINES_EXAMPLE ?? { name: '', project: '' })
  const picture = blocks.find(({ info }) => info === 'text picture')?.text ?? ''
  const written = files.map(({ path }) => path)
  assert.equal(picture.match(/\S+\.(?:Dockerfile|yaml)/g)?.filter((path) => !written.includes(path)), ['mlstack.yaml'])
  assert.equal(picture.match(/\w+ [<>]=? [\d.]+/g), stack?.services.flatMap(({ gate }) => gate.requirements))
  assert.equal(picture.match(/\b(?:train|evaluate|serve)\b(?=[^.]|$)/g), stack?.services.map(({ name }) => name))
})

test('every example has a line', () => {
  const linked = [...sectionOf('Examples').matchAll(/^- \[.+\]\(examples\/(.+)\/README\.md\): /gm)].map(([, name]) => name)
  assert.equal(linked.sort(), listExamples().map(({ name }) => name))
})

test('the error that it shows is a golden case', () => {
  const at = blocks.findIndex(({ info }) => info === 'yaml wrong')
  const shown = blocks.slice(at, at + 2).map(({ text }) => text)
  assert.equal(shown, ['mlstack.yaml', 'expected.txt'].map((file) => readPage(`test/golden/bad/impossible-python/${file}`)))
})

test('of the commands for a clone, one ends with a prediction, which an end-to-end test runs, and CI runs the other as it stands', () => {
  const [demo, tests, ...others] = CLONE_COMMANDS
  assert.match(demo ?? '', 'npm run demo')
  assert.match(readPage('.ci/run'), `sh -c '${tests}'`)
  assert.equal(others, [])
})

test('the commands are those of the help', () => {
  const commands = [...HELP.matchAll(/^ {2}(\w+) (?:\[\w+\])? {2,}/gm)].map(([, name = '']) => name).filter((name) => name !== 'help')
  assert.ok(commands.length >= 3)
  assert.equal(codesIn(firstCells(sectionOf('Commands')).join(' ')).map((usage) => usage.split(' ')[1]), commands)
})

/** What the page that is generated says: every key by its name alone. */
const language = readPage('docs/language.md')
const sections = [...language.matchAll(/^## `(.*)`$/gm)]
const rows = [...language.matchAll(/^\| `(?:[\w.]*\.)?(\w+)` \|.*$/gm)]

const table = sectionOf('The language').split('\n').filter((line) => line.startsWith('| `'))
const explained = table.flatMap((line) => firstCells(line).flatMap(codesIn))

test('every key is explained', () => {
  assert.equal(explained.sort(), sections.map(([, key]) => key).sort())
})

test('the keys of long forms are there', () => {
  const shown = table.flatMap((line) => [...(line.split('|')[3] ?? '').matchAll(/[a-z_]+(?=[,:}])/g)].map(([name]) => name))
  assert.ok(shown.length > 30)
  const known = rows.map(([, name = '']) => name)
  assert.equal(shown.filter((name) => !known.includes(name)), [])
})

test('the versions that it knows are those of the tables', () => {
  for (const { title, releases } of FRAMEWORKS) {
    const minor = (version = '') => version.split('.').slice(0, 2).join('.')
    const [first, last] = [releases[0], releases.at(-1)].map((release) => minor(release?.version))
    assert.match(sectionOf('What it knows, and what it does not'), `${title} ${first} to ${last}`)
  }
})

test('every dependency has its reason', () => {
  const manifest = readJson('package.json')
  const dependencies = Object.keys({ ...manifest['dependencies'], ...manifest['devDependencies'] })
  const reasons = sectionOf('Development').split('\n').filter((line) => line.startsWith('- ')).flatMap(codesIn)
  assert.equal(reasons.filter((name) => !name.includes(' ')).sort(), dependencies.sort())
})

test.run()
