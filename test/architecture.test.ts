/** Holds the phases to their order: imports run one way only, and only the edges touch the machine. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'

const SOURCE = resolve(import.meta.dirname, '../src')

/** What each folder may import beside itself; `.` is the files directly in `src`. */
const ARROWS: Readonly<Record<string, readonly string[]>> = {
  diagnostics: [],
  generated: [],
  facts: [],
  syntax: ['diagnostics'],
  schema: ['diagnostics', 'syntax', 'generated'],
  config: ['diagnostics', 'syntax'],
  project: ['diagnostics', 'syntax'],
  resolve: ['config', 'diagnostics', 'facts', 'project', 'syntax'],
  plan: ['config', 'diagnostics', 'facts', 'project/requirements.ts', 'resolve', 'syntax'],
  emit: ['config/template.ts', 'facts/container.ts', 'generated', 'plan'],
  graph: ['config/mount.ts', 'config/published-port.ts', 'config/read.ts', 'config/template.ts', 'diagnostics/visible.ts', 'facts/container.ts', 'plan', 'syntax/tree.ts'],
  engine: ['config', 'diagnostics', 'facts', 'plan', 'project/named-lines.ts', 'project/requirements.ts', 'syntax'],
  lock: ['diagnostics', 'engine', 'generated', 'plan', 'project', 'syntax'],
  write: ['diagnostics', 'emit', 'syntax'],
  watch: ['.', 'config/template.ts', 'diagnostics', 'emit', 'engine', 'facts', 'plan', 'project', 'syntax', 'write'],
  doctor: ['diagnostics', 'engine', 'facts', 'plan'],
  explain: ['.', 'config', 'diagnostics', 'facts', 'generated', 'plan', 'project', 'resolve', 'schema', 'syntax'],
  cli: ['.', '../package.json', 'diagnostics', 'doctor', 'emit', 'engine', 'explain', 'facts/symptoms.ts', 'graph', 'lock', 'plan', 'project', 'watch', 'write'],
  build: ['.', 'cli', 'diagnostics', 'doctor', 'emit', 'explain', 'plan/own-files.ts', 'project', 'schema'],
  '.': ['cli', 'config', 'diagnostics', 'emit', 'explain', 'lock', 'plan', 'project', 'resolve', 'schema', 'syntax'],
}

/** The only places that may know of disks and processes. */
const EDGES = /^(build|cli|doctor\/probe|write|watch\/files)\/|^(project\/node-project|engine\/(docker|code-copy)|lock\/resolve-with-uv|watch\/(session|explain-failure|recompile|reach\/code-tree))\.ts$/
const MACHINE = /^node:(fs|os|child_process|net|http|vm|module)|^(execa|chokidar)$/

/** What would make the same input give other bytes elsewhere. */
const UNSTABLE = /\b(?:Math\.random|Date\.now|new Date|localeCompare|process\.[a-z])/

interface SourceFile {
  readonly path: string
  readonly text: string
  readonly imports: readonly string[]
}

const files: readonly SourceFile[] = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && !path.startsWith('generated'))
  .map((path) => {
    const text = readFileSync(join(SOURCE, path), 'utf8')
    return { path, text, imports: [...text.matchAll(/(?:from|import\() ?'([^']+)'/g)].map((match) => match[1] ?? '') }
  })

const folderOf = (path: string) => (path.includes('/') ? (path.split('/')[0] ?? '') : '.')

test('imports follow the arrows', () => {
  const wrong = files.flatMap(({ path, imports }) =>
    imports
      .filter((each) => each.startsWith('.'))
      .map((each) => relative(SOURCE, resolve(dirname(join(SOURCE, path)), each)))
      .filter((target) => folderOf(target) !== folderOf(path) && ![target, folderOf(target)].some((name) => ARROWS[folderOf(path)]?.includes(name)))
      .map((target) => `${path} imports ${target}`),
  )
  assert.equal(wrong, [])
})

test('only the edges touch the machine', () => {
  const wrong = files.filter(({ path }) => !EDGES.test(path)).flatMap(({ path, imports }) => imports.filter((each) => MACHINE.test(each)).map((each) => `${path} imports ${each}`))
  assert.equal(wrong, [])
})

test('between syntax and emit nothing depends on time, chance or place', () => {
  const pure = files.filter(({ path }) => /^(syntax|schema|config|facts|resolve|plan|emit|graph)\//.test(path))
  assert.equal(pure.filter(({ text }) => UNSTABLE.test(text)).map(({ path }) => path), [])
})

test('every file opens with a sentence that says its duty', () => {
  assert.equal(files.filter(({ text }) => !/^(#!.*\n)?\/\*\*[ \n]/.test(text)).map(({ path }) => path), [])
})

test.run()
