/** The README claims what is built and leaves nothing out: commands, keys, frameworks, dependencies. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { HELP } from '../../src/cli/help.ts'
import { FRAMEWORKS } from '../../src/facts/frameworks.ts'
import { compileText, readPage, ROOT } from './pages.ts'

const readme = readPage('README.md')
const readJson = (file: string) => JSON.parse(readFileSync(join(ROOT, file), 'utf8')) as Readonly<Record<string, Readonly<Record<string, unknown>>>>

/** The lines of the section with a heading, up to the next of the same level. */
function sectionOf(heading: string): string {
  return readme.split(/^## /m).find((section) => section.startsWith(`${heading}\n`)) ?? ''
}

const codesIn = (text: string) => [...text.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code)
const firstCells = (section: string) => [...section.matchAll(/^\| (`.*?) \|/gm)].map(([, cell = '']) => cell)

test('the commands are those of the help', () => {
  const commands = [...HELP.matchAll(/^ {2}(\w+) (?:\[FILE\])? {2,}/gm)].map(([, name = '']) => name).filter((name) => name !== 'help')
  assert.ok(commands.length >= 3)
  assert.equal(codesIn(firstCells(sectionOf('Commands')).join(' ')).map((usage) => usage.split(' ')[1]), commands)
})

const { properties = {} } = readJson('mlstack.schema.json')
const explained = firstCells(sectionOf('The language')).flatMap(codesIn)
const planned = codesIn(/^Planned.*$/m.exec(readme)?.[0] ?? '')

test('every key is explained or planned', () => {
  assert.equal([...explained, ...planned].sort(), Object.keys(properties).sort())
})

const SMALLEST = { name: 'case', framework: 'scikit-learn', train: 'train.py' }
const codesOf = (config: object) => compileText(JSON.stringify(config)).diagnostics.map(({ code }) => code)

/** Uses the first example that the schema gives for a key. */
function isRefused(key: string): boolean {
  const { $ref, examples } = properties[key] as { readonly $ref?: string; readonly examples?: readonly unknown[] }
  const target = readJson('mlstack.schema.json')['$defs']?.[$ref?.replace('#/$defs/', '') ?? ''] as typeof properties | undefined
  const [example] = (examples ?? target?.['examples']) as readonly unknown[]
  return codesOf({ ...SMALLEST, [key]: example }).includes('MLS1110')
}

test('what is planned is refused, and what is explained is not', () => {
  assert.equal(planned.filter((key) => !isRefused(key)), [])
  assert.equal(explained.filter(isRefused), [])
})

/** A config for every key that a long form in the table names. */
const LONG_FORMS: Readonly<Record<string, object>> = {
  framework: { name: 'pytorch', version: '2.13.0', extras: [], install: 'auto' },
  model: { type: 'mlp', task: 'regression' },
  gpu: { count: 1, device_ids: ['0'], capabilities: ['compute'] },
  python: { version: '3.11', requirements: [], packages: ['pandas'] },
  code: { paths: ['.'] },
  datasets: { digits: { source: './data/digits.csv', mount: '/data/d', access: 'rw', for: ['train'] } },
  train: { command: 'train.py', datasets: [], environment: [], secrets: [], resources: {} },
  evaluate: { metrics: 'm.json', require: { accuracy: ['>= 0.9', '>= served - 0.005'] } },
  serve: { port: 8080, ports: [], health: false },
  environment: { LOG_LEVEL: 'info' },
  secrets: { HF_TOKEN: { file: './data/digits.csv', environment: 'TOKEN', for: ['serve'], as: 'file' } },
  resources: { cpus: 1, memory: '1g', shm_size: '1g', pids: 9 },
  build: { from: 'python:3.11-slim-bookworm', ignore: ['a'], args: { A: 'b' } },
}

test('the keys of the long forms are built', () => {
  for (const [key, form] of Object.entries(LONG_FORMS)) {
    const row = sectionOf('The language').split('\n').find((line) => line.startsWith('| ') && firstCells(line).flatMap(codesIn).includes(key)) ?? ''
    const shown = [...(row.split(' | ')[2] ?? '').matchAll(/\w+(?=[,}:]| or )/g)].map(([word]) => word).filter((word) => !/^[A-Z]/.test(word))
    const inner = ['datasets', 'secrets'].includes(key) ? (Object.values(form)[0] as object) : form
    for (const name of shown.filter((word) => !['digits', 'info'].includes(word))) assert.ok(name in inner, `${key}: ${name} is not in the config of this test`)
    const value = key === 'evaluate' || key === 'serve' ? { command: `${key}.py`, ...form } : form
    assert.not.ok(codesOf({ ...SMALLEST, [key]: value }).some((code) => /^MLS11(0|10)/.test(code) && code !== 'MLS1108'), `${key}: ${codesOf({ ...SMALLEST, [key]: value }).join()}`)
  }
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
