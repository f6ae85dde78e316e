/** The requirements of a project file: a pyproject.toml, or a uv.lock with the pyproject.toml beside it. Read from a bundle of its own, as few configs need it. */
import { posix } from 'node:path'
import type { Config } from '../config/config.ts'
import type { Located } from '../config/located.ts'
import * as files from '../diagnostics/catalogue/files.ts'
import * as knowledge from '../diagnostics/catalogue/knowledge.ts'
import type { Source, Span } from '../diagnostics/diagnostic.ts'
import type { Sink } from '../diagnostics/sink.ts'
import type { Project } from '../project/project.ts'
import { readDistribution, type DistributionReading } from '../project/distribution.ts'
import { readPyProject, type ProjectLine, type PyProject } from '../project/pyproject.ts'
import { readEntry } from '../project/requirement-entry.ts'
import { normalizeName } from '../project/requirements.ts'
import { readSetup } from '../project/setup-files.ts'
import { parseToml } from '../project/toml.ts'
import { findMember } from '../project/workspace.ts'
import { readLockedRequirements } from './locked-requirements.ts'
import { reportOtherIndexes } from './other-index.ts'
import { LOCK_FILE, PROJECT_FILE } from './project-files.ts'
import { reportToml } from './report-toml.ts'
import type { FileOfRequirements } from './requirements-tree.ts'

export interface ProjectRequest {
  /** A pyproject.toml or uv.lock, relative to the config. */
  readonly path: string
  /** Whether the config names it; else a uv.lock beside it goes first. */
  readonly isNamed: boolean
  /** `X.Y`, where the config gives it. */
  readonly python: string | undefined
  readonly project: Project
  readonly sourceOf: (path: string, text: string) => Source
  readonly sink: Sink
}

export interface ProjectReading {
  readonly file: FileOfRequirements | undefined
  /** Requirements files that the project names, relative to the config. */
  readonly named: readonly Located<string>[]
  readonly requiresPython: Located<string> | undefined
  /** The Python, `X.Y`, that a lock was read for. */
  readonly lockedFor: string | undefined
  /** Where the project says that it has dependencies which are not known. */
  readonly unknown: Located<string> | undefined
}

const NOTHING: ProjectReading = { file: undefined, named: [], requiresPython: undefined, lockedFor: undefined, unknown: undefined }

export function readProject(request: ProjectRequest): ProjectReading {
  const folder = posix.dirname(request.path)
  const lockPath = posix.join(folder, LOCK_FILE)
  const isLocked = request.path === lockPath || (!request.isNamed && request.project.kindOf(lockPath) === 'file')
  // The lock of a workspace is further up than the member that is built.
  const member = isLocked && ABOVE.test(folder) && request.project.kindOf(PROJECT_FILE) === 'file' ? '.' : folder
  const manifest = readManifest(posix.join(member, PROJECT_FILE), request)
  if (manifest === 'wrong') return NOTHING
  const locked = isLocked ? readLocked(lockPath, manifest, member, request) : undefined
  if (locked !== undefined) return locked
  return manifest === undefined ? NOTHING : readDependencies(posix.join(folder, PROJECT_FILE), manifest, request)
}

function readLocked(path: string, manifest: PyProject | undefined, member: string, request: ProjectRequest): ProjectReading | undefined {
  const text = request.project.read(path)
  const locked = text === undefined ? undefined : readLockedRequirements({ path, source: request.sourceOf(path, text), manifest, member: relativeFolder(posix.dirname(path), member, request.project), python: request.python, sink: request.sink })
  if (locked === 'wrong') return NOTHING
  return locked && { ...NOTHING, file: locked.file, lockedFor: locked.python, requiresPython: manifest?.requiresPython ?? locked.requiresPython }
}

const ABOVE = /^\.\.(?:\/\.\.)*$/

function relativeFolder(from: string, to: string, { folder }: Project): string {
  return posix.relative(posix.resolve(folder, from), posix.resolve(folder, to)) || '.'
}

function readManifest(path: string, { project, sourceOf, sink }: ProjectRequest): PyProject | 'wrong' | undefined {
  const text = project.read(path)
  if (text === undefined) return undefined
  const tree = parseToml(sourceOf(path, text))
  if (tree.kind === 'problem') {
    reportToml(path, tree, sink)
    return 'wrong'
  }
  const manifest = readPyProject(tree)
  for (const { problem, span } of manifest.problems) sink.report(files.unreadableToml({ file: path, problem, help: 'write, for example: dependencies = ["pandas>=2.2,<3"]' }, { at: span }))
  return manifest.problems.length > 0 ? 'wrong' : manifest
}

export interface DependenciesRequest extends Omit<ProjectRequest, 'path' | 'isNamed'> {
  /** Of the project, relative to the config. */
  readonly folder: string
  readonly extras: readonly string[]
  /** Where the project is named. */
  readonly span: Span
}

/** What a project beside this one depends on, with some of its extras: by its pyproject.toml, else by what setup.cfg or setup.py say in so many words. */
export function readProjectDependencies(request: DependenciesRequest): Pick<ProjectReading, 'file' | 'named'> {
  const { folder, extras, project, span, sink } = request
  const path = posix.join(folder, PROJECT_FILE)
  const manifest = readManifest(path, { ...request, path, isNamed: true })
  if (manifest === 'wrong') return NOTHING
  if (manifest !== undefined && (manifest.name !== undefined || manifest.dependencies.kind !== 'none')) return readDependencies(path, manifest, { ...request, path, isNamed: true }, extras)
  const setup = readSetup((name) => project.read(posix.join(folder, name)))
  if (setup === undefined) return NOTHING
  const file = posix.join(folder, setup.file)
  if (setup.requires === undefined) sink.report(knowledge.unreadProject({ file }, { at: span }))
  return { ...NOTHING, file: { path: file, lines: (setup.requires ?? []).map((text) => ({ ...readEntry(text, span), included: undefined })) } }
}

function readDependencies(path: string, { dependencies, requiresPython, indexes, extras: known }: PyProject, request: ProjectRequest, extras: readonly string[] = []): ProjectReading {
  const { sink, isNamed } = request
  const more = extras.flatMap((extra) => known.get(normalizeName(extra)) ?? [])
  switch (dependencies.kind) {
    case 'none':
      return { ...NOTHING, requiresPython }
    case 'unknown':
      if (isNamed) sink.report(knowledge.unreadProject({ file: path }, { at: dependencies.span }))
      return { ...NOTHING, requiresPython, unknown: { value: path, span: dependencies.span } }
    case 'files':
      return { ...NOTHING, requiresPython, named: dependencies.files.map(({ value, span }) => ({ value: posix.join(posix.dirname(path), value), span })) }
    case 'listed': {
      const { table } = dependencies
      const lines = [...dependencies.lines, ...more].map((line) => withFolder(line, path, request))
      reportOtherIndexes(lines.flatMap((line) => (line.kind === 'requirement' && line.index !== undefined ? { name: line.requirement.name, index: line.index.value, span: line.index.span } : [])), indexes, sink)
      const sorted = lines.map((line) => ({ ...line, included: undefined }))
      return { ...NOTHING, requiresPython, file: { path, lines: sorted, heading: `From ${table} of ${path}.`, isLocked: false } }
    }
  }
}

/** What a folder is as an installed project; a project file that is no TOML is reported. */
export function readDistributionAt(folder: string, config: Config, project: Project, sink: Sink): DistributionReading {
  const reading = readDistribution(folder, project, posix.join(posix.dirname(config.span.source.name), folder))
  if (reading.kind === 'wrong') reportToml(reading.file, reading.problem, sink)
  return reading
}

/** A member of the same workspace as the folder that it lies in, where that is found. */
function withFolder(line: ProjectLine, path: string, { project, sourceOf }: ProjectRequest): ProjectLine {
  if (line.kind !== 'unsupported' || line.member === undefined) return line
  const own = posix.dirname(path)
  const found = findMember(line.member, own, (folder) => {
    const file = posix.join(folder, PROJECT_FILE)
    const text = project.read(file)
    const tree = text === undefined ? undefined : parseToml(sourceOf(file, text))
    return tree?.kind === 'map' ? readPyProject(tree) : undefined
  })
  return found === undefined ? line : { kind: 'local', path: posix.relative(own, found) || '.', extras: [], marker: '', line: line.line, span: line.span }
}
