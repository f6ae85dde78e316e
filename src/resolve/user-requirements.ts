/** Reads every requirement of the user's: those in place, and those of files and of what the files include. */
import { posix } from 'node:path'
import type { Config } from '../config/config.ts'
import type { Located } from '../config/located.ts'
import * as files from '../diagnostics/catalogue/files.ts'
import * as knowledge from '../diagnostics/catalogue/knowledge.ts'
import type { Source, Span } from '../diagnostics/diagnostic.ts'
import type { Sink } from '../diagnostics/sink.ts'
import { suggest } from '../diagnostics/suggest.ts'
import type { Project } from '../project/project.ts'
import { parseRequirements, type RequirementLine } from '../project/requirements.ts'
import { createSource } from '../syntax/source.ts'
import type { UserRequirement } from './environment.ts'
import { isProjectFile, LOCK_FILE, PROJECT_FILE } from './project-files.ts'
import { readProject, type ProjectReading } from './project-requirements.ts'

export interface UserRequirements {
  /** Those of `python.packages`, with the text as written. */
  readonly inPlace: readonly (UserRequirement & { readonly text: string })[]
  /** The files to install, each with what it includes. */
  readonly files: readonly FileOfRequirements[]
  /** All of them, constraints too. */
  readonly all: readonly UserRequirement[]
  /** The range of Pythons that a project file allows. */
  readonly requiresPython: Located<string> | undefined
}

export interface FileOfRequirements {
  /** Relative to the config, or absolute. */
  readonly path: string
  readonly lines: readonly LineOfRequirements[]
  /** What stands above the lines, where the file itself is none that pip reads. */
  readonly heading?: string
  /** Whether the lines are all that there is to install, with what they depend on. */
  readonly isLocked?: boolean
}

/** A line, with the file that it includes, or with the hashes of a lock. */
export type LineOfRequirements = RequirementLine & { readonly included: FileOfRequirements | undefined; readonly hashes?: readonly string[] }

interface Context {
  readonly config: Config
  readonly project: Project
  readonly sink: Sink
  /** `X.Y`, where it is known. */
  readonly python: string | undefined
}

interface Reader extends Context {
  /** What was included so far: pip gains nothing from reading a file twice, and a circle ends. */
  readonly seen: Set<string>
}

/** What is looked for where the config names no file. */
const USUAL_FILE = 'requirements.txt'

/** Names that files of requirements often have, for suggestions. */
const USUAL_NAMES = [USUAL_FILE, PROJECT_FILE, LOCK_FILE, 'requirements/base.txt', 'requirements/prod.txt', 'requirements-dev.txt', 'requirements/dev.txt', 'requirements.in', 'constraints.txt']

/** BuildKit takes quotes off the source of a mount and fills in variables, and has no escape that survives both. */
const UNMOUNTABLE = /["'$\\]/

/** Reports what is missing (MLS4003) and what cannot be installed (MLS4004, MLS4008). A lock is read for this Python, else for the one of the config. */
export function readUserRequirements(config: Config, project: Project, sink: Sink, python = pythonOf(config)): UserRequirements {
  const context = { config, project, sink, python }
  const { named, readings } = findFiles(context)
  const trees = [...readings.flatMap(({ file }) => file ?? []), ...named.flatMap(({ value, span }) => readFile({ ...context, seen: new Set() }, value, span) ?? [])]
  const { constraints } = config.python
  const limits = constraints === undefined ? undefined : readFile({ ...context, seen: new Set() }, constraints.value, constraints.span)
  const inPlace = config.python.packages.flatMap((entry) => readInPlace(entry, sink) ?? [])
  const all = [...inPlace, ...trees.flatMap((tree) => requirementsIn(tree, false)), ...(limits === undefined ? [] : requirementsIn(limits, true))]
  return { inPlace, files: trees, all, requiresPython: readings.flatMap(({ requiresPython }) => requiresPython ?? [])[0] }
}

/** The Python that the config gives, as `X.Y`. */
function pythonOf({ python: { version } }: Config): string | undefined {
  return /^\d+\.\d+/.exec(version?.value ?? '')?.[0]
}

interface FoundFiles {
  /** Files that pip reads. */
  readonly named: readonly Located<string>[]
  readonly readings: readonly ProjectReading[]
}

function findFiles(context: Context): FoundFiles {
  const { requirements } = context.config.python
  if (requirements === undefined) return findUnnamed(context)
  const isProject = ({ value }: Located<string>) => isProjectFile(value) && context.project.read(posix.normalize(value)) !== undefined
  const readings = requirements.filter(isProject).map(({ value }) => readProjectAt(posix.normalize(value), true, context))
  return { named: [...requirements.filter((each) => !isProject(each)), ...readings.flatMap(({ named }) => named)], readings }
}

/** A project file goes first, where it says what the project depends on. */
function findUnnamed(context: Context): FoundFiles {
  const { project, config, sink } = context
  const usual = project.kindOf(USUAL_FILE) === 'file' ? [{ value: USUAL_FILE, span: config.span }] : []
  if (project.kindOf(PROJECT_FILE) !== 'file') return { named: usual, readings: [] }
  const reading = readProjectAt(PROJECT_FILE, false, context)
  const { file, named, unknown } = reading
  const isRead = named.length > 0 || (file !== undefined && (file.isLocked === true || file.lines.length > 0))
  const isPassedOver = isRead && usual.length > 0 && !named.some(({ value }) => value === USUAL_FILE)
  if (isPassedOver) sink.report(files.passedOver({ file: file?.path ?? PROJECT_FILE, other: USUAL_FILE }, { at: config.span }))
  if (unknown !== undefined && usual.length === 0) sink.report(knowledge.unreadProject({ file: unknown.value }, { at: unknown.span }))
  return { named: isRead ? named : usual, readings: [isRead ? reading : { ...reading, file: undefined }] }
}

function readProjectAt(path: string, isNamed: boolean, { config, project, sink, python }: Context): ProjectReading {
  const reading = readProject({ path, isNamed, python, project, sink, sourceOf: (file, text) => sourceOf(config, file, text) })
  for (const line of reading.file?.lines ?? []) reportLine(line, sink)
  return reading
}

function sourceOf(config: Config, path: string, text: string): Source {
  return createSource(posix.join(posix.dirname(config.span.source.name), path), text)
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
  const lines = parseRequirements(sourceOf(config, path, text))
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
