/** Golden cases: folders with a config, the files that it names, and what is expected of it. `UPDATE=1` writes what came out. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { compile, type Compilation } from '../../src/compile.ts'
import { renderJson } from '../../src/diagnostics/json.ts'
import { createNodeProject } from '../../src/project/node-project.ts'

const isUpdating = process.env['UPDATE'] !== undefined && process.env['CI'] === undefined

export interface Case {
  readonly name: string
  readonly folder: string
}

/** The folders beside this file below `kind`, by name. */
export function findCases(kind: string): readonly Case[] {
  const folder = resolve(import.meta.dirname, kind)
  return readdirSync(folder).sort().map((name) => ({ name, folder: join(folder, name) }))
}

/** Compiles the case's mlstack.yaml; a case whose config lies deeper says so by a file `config-path`, and one of a variant names it in `variant`. */
export function compileCase(each: Case): Compilation {
  const config = configPathOf(each)
  return compile({ name: 'mlstack.yaml', bytes: readFileSync(config) }, createNodeProject(dirname(config)), { outputFolder: '.', variant: readIfThere(join(each.folder, 'variant'))?.trim() })
}

export function configPathOf({ folder }: Case): string {
  return join(folder, readIfThere(join(folder, 'config-path'))?.trim() ?? 'mlstack.yaml')
}

/** The expected files by their paths below `expected`; what came out takes their place when updating. */
export function expectFiles({ folder }: Case, actual: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const expected = join(folder, 'expected')
  if (isUpdating) {
    rmSync(expected, { recursive: true, force: true })
    for (const [path, text] of Object.entries(actual)) writeText(join(expected, path), text)
  }
  return Object.fromEntries(listFiles(expected).map((path) => [relative(expected, path), readFileSync(path, 'utf8')]))
}

/** The expected text beside the config. */
export function expectText({ folder }: Case, file: string, actual: string): string | undefined {
  if (isUpdating) writeText(join(folder, file), actual)
  return readIfThere(join(folder, file))
}

/** The codes that the expected diagnostics have, which the tests of the cases hold to what is said; those of a new case are not written yet. */
export function expectedCodes(each: Case): readonly string[] {
  const { diagnostics } = JSON.parse(readIfThere(join(each.folder, 'expected.json')) ?? renderJson(compileCase(each).diagnostics)) as { readonly diagnostics: readonly { readonly code: string }[] }
  return diagnostics.map(({ code }) => code)
}

function readIfThere(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined
}

function writeText(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

function listFiles(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}
