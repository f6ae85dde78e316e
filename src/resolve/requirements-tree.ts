/** Reads a requirements file with all that it includes, and says what of it cannot be installed. */
import { posix } from 'node:path'
import type { Config } from '../config/config.ts'
import * as files from '../diagnostics/catalogue/files.ts'
import type { Source, Span } from '../diagnostics/diagnostic.ts'
import type { Sink } from '../diagnostics/sink.ts'
import { suggest } from '../diagnostics/suggest.ts'
import type { Project } from '../project/project.ts'
import { parseRequirements, type RequirementLine } from '../project/requirements.ts'
import { createSource } from '../syntax/source.ts'
import { readLocalProject } from './local-projects.ts'
import { LOCK_FILE, PROJECT_FILE, REQUIREMENTS_FILE } from './project-files.ts'

export interface FileOfRequirements {
  /** Relative to the config, or absolute. */
  readonly path: string
  readonly lines: readonly LineOfRequirements[]
  /** What stands above the lines, where the file itself is none that pip reads. */
  readonly heading?: string
  /** Whether the lines are all that there is to install, with what they depend on. */
  readonly isLocked?: boolean
}

/** A line, with the file that it includes or what its folder depends on, with the hashes of a lock, and with that folder, relative to the config. */
export type LineOfRequirements = RequirementLine & { readonly included: FileOfRequirements | undefined; readonly hashes?: readonly string[]; readonly folder?: string }

export interface FilesContext {
  readonly config: Config
  readonly project: Project
  readonly sink: Sink
  /** `X.Y`, where it is known. */
  readonly python: string | undefined
}

export interface Reader extends FilesContext {
  /** What was included so far: pip gains nothing from reading a file twice, and a circle ends. */
  readonly seen: Set<string>
  /** Reads a further file. */
  readonly read: (path: string, named: Span) => FileOfRequirements | undefined
}

/** Names that files of requirements often have, for suggestions. */
const USUAL_NAMES = [REQUIREMENTS_FILE, PROJECT_FILE, LOCK_FILE, 'requirements/base.txt', 'requirements/prod.txt', 'requirements-dev.txt', 'requirements/dev.txt', 'requirements.in', 'constraints.txt']

/** BuildKit takes quotes off the source of a mount and fills in variables, and has no escape that survives both. */
const UNMOUNTABLE = /["'$\\]/

/** `written` is relative to the config; `named` is where the file is named. */
export function readRequirementsFile(written: string, named: Span, context: FilesContext): FileOfRequirements | undefined {
  return readFile(createReader(context), written, named)
}

/** One for all files of a run, or for a file. */
export function createReader(context: FilesContext): Reader {
  const reader: Reader = { ...context, seen: new Set(), read: (path, named) => readFile(reader, path, named) }
  return reader
}

function readFile(reader: Reader, written: string, named: Span): FileOfRequirements | undefined {
  const { config, project, sink } = reader
  const path = fromConfig(written, project)
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
  return { path, lines: lines.map((line) => readLine(reader, path, line)) }
}

/** An absolute path is seen from the config's folder too, as the build context is. */
function fromConfig(path: string, { folder }: Project): string {
  return path.startsWith('/') ? posix.relative(folder, path) : posix.normalize(path)
}

function readLine(reader: Reader, path: string, line: RequirementLine): LineOfRequirements {
  if (line.kind === 'local') return readLocalProject(line, { from: [...new Set(['.', posix.dirname(path)])], isLocked: false }, reader)
  return { ...line, included: line.kind === 'include' ? readInclude(reader, path, line) : undefined }
}

/** A path is relative to the file that it stands in. */
function readInclude(reader: Reader, path: string, line: RequirementLine & { readonly kind: 'include' }): FileOfRequirements | undefined {
  const target = posix.join(posix.dirname(path), line.path)
  const key = `${line.option} ${target}`
  if (reader.seen.has(key)) return undefined
  reader.seen.add(key)
  return readFile(reader, line.path.startsWith('/') ? line.path : target, line.span)
}

export function reportLine(line: RequirementLine, sink: Sink): void {
  if (line.kind === 'unsupported') sink.report(files.unsupportedRequirement(line, { at: line.span }))
  if (line.kind === 'credential') sink.report(files.requirementCredential({}, { at: line.span }))
}

/** Every file below this one, each once and sorted. */
export function includedFiles(file: FileOfRequirements): readonly string[] {
  const paths = file.lines.flatMap(({ included }) => (included === undefined ? [] : [included.path, ...includedFiles(included)]))
  return [...new Set(paths)].sort()
}

/** Named as messages show it: from where the config is. */
export function sourceOf(config: Config, path: string, text: string): Source {
  return createSource(posix.join(posix.dirname(config.span.source.name), path), text)
}
