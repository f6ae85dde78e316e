/** Every framework, version, Python and machine: what each compiles to, and what a fix that is offered makes of it. */
import { compile, type Compilation } from '../../src/compile.ts'
import type { FrameworkFacts } from '../../src/facts/frameworks.ts'
import { createMemoryProject } from '../../src/project/memory-project.ts'
import { applyEdits } from '../edits.ts'

export interface Machine {
  readonly name: string
  /** What the config says of it, a line each. */
  readonly lines: readonly string[]
}

const MACHINES: readonly Machine[] = [
  { name: 'no GPU', lines: [] },
  { name: 'CUDA', lines: ['gpu: true'] },
  { name: 'ROCm', lines: ['gpu: { vendor: amd }'] },
  { name: 'arm64', lines: ['build: { platforms: [linux/arm64] }'] },
]

const PYTHONS: readonly string[] = ['3.9', '3.10', '3.11', '3.12', '3.13', '3.14']

export interface Cell {
  readonly facts: FrameworkFacts
  readonly version: string
  readonly python: string
  readonly machine: Machine
}

export function* cellsOf(facts: FrameworkFacts): Generator<Cell> {
  for (const { version } of facts.releases) for (const python of PYTHONS) for (const machine of MACHINES) yield { facts, version, python, machine }
}

export type Outcome =
  | { readonly kind: 'compiles'; readonly config: string; readonly dockerfile: string }
  | { readonly kind: 'refused'; readonly fixed: string; readonly dockerfile: string }
  | { readonly kind: 'neither'; readonly problem: string }

const PROJECT = createMemoryProject({ 'train.py': '' })

/** Compiles a cell; where it is refused, applies the one fix and compiles again. */
export function tryCell({ facts, version, python, machine }: Cell): Outcome {
  const config = ['name: grid', `framework: ${facts.name}==${version}`, `python: "${python}"`, ...machine.lines, 'train: train.py', ''].join('\n')
  const compilation = compileText(config)
  if (!compilation.hasErrors) return { kind: 'compiles', config, dockerfile: dockerfileOf(compilation) }
  const errors = compilation.diagnostics.filter(({ severity }) => severity === 'error')
  const [error, ...others] = errors
  const neither = (problem: string): Outcome => ({ kind: 'neither', problem })
  if (error === undefined || others.length > 0) return neither(`${errors.length} errors: ${errors.map(({ code, message }) => `${code} ${message}`).join('; ')}`)
  if (error.fix === undefined) return neither(`${error.code} ${error.message} has no fix`)
  const fixed = applyEdits(config, error.fix.edits)
  const again = compileText(fixed)
  if (again.hasErrors) return neither(`the fix of ${error.code} (${error.fix.title}) does not compile: ${again.diagnostics.map(({ code, message }) => `${code} ${message}`).join('; ')}`)
  return { kind: 'refused', fixed, dockerfile: dockerfileOf(again) }
}

function compileText(text: string): Compilation {
  return compile({ name: 'mlstack.yaml', bytes: new TextEncoder().encode(text) }, PROJECT, { outputFolder: '.' })
}

function dockerfileOf({ files }: Compilation): string {
  return files.find(({ path }) => path.endsWith('.Dockerfile'))?.text ?? ''
}
