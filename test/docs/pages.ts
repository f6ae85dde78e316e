/** The pages for users: where they are, what is in them, and how the generated half of one is held to its generator. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import * as assert from 'uvu/assert'
import { compile, type Compilation } from '../../src/compile.ts'
import { createMemoryProject } from '../../src/project/memory-project.ts'
import { createNodeProject } from '../../src/project/node-project.ts'
import { listExamples, type ExampleFolder } from '../examples.ts'

export const ROOT = resolve(import.meta.dirname, '../..')

/** Paths relative to the root. */
export const PAGES: readonly string[] = ['README.md', 'CHANGELOG.md', ...listPages('docs'), ...listPages('examples')]

export interface Block {
  readonly page: string
  /** What stands after the three back-quotes: a language, then words of ours. */
  readonly info: string
  readonly text: string
}

export const isUpdating = process.env['UPDATE'] !== undefined && process.env['CI'] === undefined

/** The Markdown below a folder of the root. */
function listPages(folder: string): readonly string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.md')).sort().map((path) => `${folder}/${path}`)
}

export function readPage(page: string): string {
  return readFileSync(join(ROOT, page), 'utf8')
}

export function blocksOf(page: string): readonly Block[] {
  return [...readPage(page).matchAll(/^```(\S.*)\n([^]*?)^```$/gm)].map(([, info = '', text = '']) => ({ page, info, text }))
}

/** Compiles a config beside the files that configs of the pages name. */
export function compileText(text: string): Compilation {
  const project = createMemoryProject({ 'train.py': '', 'evaluate.py': '', 'serve.py': '', 'data/digits.csv': '', 'model.joblib': '', 'data/tumours.csv': '', Dockerfile: 'FROM python:3.11-slim AS runtime\n', 'company-ca.pem': '-----BEGIN CERTIFICATE-----\n', 'keys/wandb': '', 'keys/signing': '' })
  return compile({ name: 'mlstack.yaml', bytes: new TextEncoder().encode(text) }, project, { outputFolder: '.' })
}

/** The config that the README begins with. */
export const TEN_LINES = blocksOf('README.md').find(({ info }) => info === 'yaml')?.text ?? ''

/** The example that has it, below a line for editors. */
export const TEN_LINES_EXAMPLE = listExamples().find((each) => readPage(`${folderOf(each)}/mlstack.yaml`).replace(/^# yaml-language-server: .*\n/, '') === TEN_LINES)

/** The commands that the README gives for a clone of the repository, a line each. */
export const CLONE_COMMANDS = blocksOf('README.md').find(({ info }) => info === 'sh')?.text.trim().split('\n') ?? []

/** Compiles an example where it lies, beside the files that it has. */
export function compileExample(example: ExampleFolder): Compilation {
  const folder = join(ROOT, folderOf(example))
  return compile({ name: 'mlstack.yaml', bytes: readFileSync(join(folder, 'mlstack.yaml')) }, createNodeProject(folder), { outputFolder: '.' })
}

function folderOf({ name, project }: ExampleFolder): string {
  return join('examples', name, project)
}

/** Everything after the comment that says so is generated; what is before it is written by hand. */
export function holdToGenerator(page: string, generated: string): void {
  const text = readPage(page)
  const end = /^<!-- Made by .* -->\n/m.exec(text)
  assert.ok(end, `${page} does not say where its generated half begins`)
  const expected = `${text.slice(0, end.index + end[0].length)}\n${generated}`
  if (isUpdating) writeFileSync(join(ROOT, page), expected)
  assert.is(readPage(page), expected, `${page} is out of date: run the tests with UPDATE=1`)
}
