/** Reads every requirement of the user's: those in place, and those of files and of what the files include. */
import { posix } from 'node:path'
import type { Config } from '../config/config.ts'
import type { Located } from '../config/located.ts'
import * as files from '../diagnostics/catalogue/files.ts'
import * as knowledge from '../diagnostics/catalogue/knowledge.ts'
import type { Span } from '../diagnostics/diagnostic.ts'
import type { Sink } from '../diagnostics/sink.ts'
import { suggest } from '../diagnostics/suggest.ts'
import type { Project } from '../project/project.ts'
import { parseRequirements, type RequirementLine } from '../project/requirements.ts'
import { createSource } from '../syntax/source.ts'
import type { UserRequirement } from './environment.ts'

export interface UserRequirements {
  /** Those of `python.packages`, with the text as written. */
  readonly inPlace: readonly (UserRequirement & { readonly text: string })[]
  /** The files to install, each with what it includes. */
  readonly files: readonly FileOfRequirements[]
  /** All of them, constraints too. */
  readonly all: readonly UserRequirement[]
}

export interface FileOfRequirements {
  /** Relative to the config, or absolute. */
  readonly path: string
  readonly lines: readonly LineOfRequirements[]
}

/** A line, with the file that it includes. */
export type LineOfRequirements = RequirementLine & { readonly included: FileOfRequirements | undefined }

interface Context {
  readonly config: Config
  readonly project: Project
  readonly sink: Sink
}

interface Reader extends Context {
  /** What was included so far: pip gains nothing from reading a file twice, and a circle ends. */
  readonly seen: Set<string>
}

/** What is looked for where the config names no file. */
const USUAL_FILE = 'requirements.txt'

/** Names that files of requirements often have, for suggestions. */
const USUAL_NAMES = [USUAL_FILE, 'requirements/base.txt', 'requirements/prod.txt', 'requirements-dev.txt', 'requirements/dev.txt', 'requirements.in', 'constraints.txt']

/** BuildKit takes quotes off the source of a mount and fills in variables, and has no escape that survives both. */
const UNMOUNTABLE = /["'$\\]/

/** Reports what is missing (MLS4003) and what cannot be installed (MLS4004, MLS4008). */
export function readUserRequirements(config: Config, project: Project, sink: Sink): UserRequirements {
  const reader = { config, project, sink }
  const named = namedFiles(reader)
  const trees = named.flatMap(({ value, span }) => readFile({ ...reader, seen: new Set() }, value, span) ?? [])
  const { constraints } = config.python
  const limits = constraints === undefined ? undefined : readFile({ ...reader, seen: new Set() }, constraints.value, constraints.span)
  const inPlace = config.python.packages.flatMap((entry) => readInPlace(entry, sink) ?? [])
  const all = [...inPlace, ...trees.flatMap((tree) => requirementsIn(tree, false)), ...(limits === undefined ? [] : requirementsIn(limits, true))]
  return { inPlace, files: trees, all }
}

function namedFiles({ config, project, sink }: Context): readonly Located<string>[] {
  const { requirements, packages } = config.python
  if (requirements !== undefined) return requirements
  if (project.kindOf(USUAL_FILE) === 'file') return [{ value: USUAL_FILE, span: config.span }]
  const hasDependencies = /^\s*(?:dependencies\s*=|\[tool\.poetry\.dependencies\])/m.test(project.read('pyproject.toml') ?? '')
  if (hasDependencies && packages.length === 0) sink.report(knowledge.unreadProject({ file: 'pyproject.toml' }, { at: config.span }))
  return []
}

function readInPlace({ value, span }: Located<string>, sink: Sink): (UserRequirement & { text: string }) | undefined {
  // One entry is one line: with a second line or an option it could be anything.
  const [line] = /[\r\n]/.test(value) ? [] : parseRequirements(createSource('python.packages', value))
  if (line?.kind === 'requirement') return { value: line.requirement, span, text: value.trim(), place: 'python.packages', isConstraint: false }
  if (line?.kind === 'credential') sink.report(files.requirementCredential({}, { at: span }))
  else if (line?.kind === 'unsupported') sink.report(files.unsupportedRequirement(line, { at: span }))
  else sink.report(files.unsupportedRequirement({ problem: `\`${value}\` is no requirement with a name`, help: 'write, for example: pandas>=2.2,<3' }, { at: span }))
  return undefined
}

/** `written` is relative to the config; `named` is where the file is named. */
function readFile(reader: Reader, written: string, named: Span): FileOfRequirements | undefined {
  const { config, project, sink } = reader
  const path = posix.normalize(written)
  const text = project.read(path)
  if (text === undefined) {
    const kind = project.kindOf(path)
    const suggestion = suggest(written, USUAL_NAMES.filter((name) => name !== path && project.kindOf(name) === 'file'))
    const problem = kind === 'missing' ? 'missing' : kind === 'folder' ? 'folder' : 'unreadable'
    sink.report(files.missingRequirements({ file: written, problem, suggestion }, { at: named }))
    return undefined
  }
  if (UNMOUNTABLE.test(path)) sink.report(files.missingRequirements({ file: written, problem: 'unmountable', suggestion: undefined }, { at: named }))
  const source = createSource(posix.join(posix.dirname(config.span.source.name), path), text)
  const lines = parseRequirements(source)
  for (const line of lines) reportLine(line, sink)
  reader.seen.add(`requirements ${path}`)
  return { path, lines: lines.map((line) => ({ ...line, included: line.kind === 'include' ? readInclude(reader, path, line) : undefined })) }
}

/** A path is relative to the file that it stands in. */
function readInclude(reader: Reader, path: string, line: RequirementLine & { readonly kind: 'include' }): FileOfRequirements | undefined {
  const target = posix.join(posix.dirname(path), line.path)
  const key = `${line.option} ${target}`
  if (reader.seen.has(key)) return undefined
  reader.seen.add(key)
  return readFile(reader, line.path.startsWith('/') ? line.path : target, line.span)
}

function reportLine(line: RequirementLine, sink: Sink): void {
  if (line.kind === 'unsupported') sink.report(files.unsupportedRequirement(line, { at: line.span }))
  if (line.kind === 'credential') sink.report(files.requirementCredential({}, { at: line.span }))
}

function requirementsIn(file: FileOfRequirements, isConstraint: boolean): readonly UserRequirement[] {
  return file.lines.flatMap((line) => {
    if (line.kind === 'requirement') return { value: line.requirement, span: line.span, place: file.path, isConstraint }
    return line.included === undefined ? [] : requirementsIn(line.included, isConstraint || (line.kind === 'include' && line.option === 'constraints'))
  })
}

/** Every file below this one, each once and sorted. */
export function includedFiles(file: FileOfRequirements): readonly string[] {
  const paths = file.lines.flatMap(({ included }) => (included === undefined ? [] : [included.path, ...includedFiles(included)]))
  return [...new Set(paths)].sort()
}
