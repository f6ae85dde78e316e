/** The requirements of a project file: a pyproject.toml, or a uv.lock with the pyproject.toml beside it. Read from a bundle of its own, as few configs need it. */
import { posix } from 'node:path'
import type { Config } from '../config/config.ts'
import type { Located } from '../config/located.ts'
import * as files from '../diagnostics/catalogue/files.ts'
import * as knowledge from '../diagnostics/catalogue/knowledge.ts'
import type { Source } from '../diagnostics/diagnostic.ts'
import type { Sink } from '../diagnostics/sink.ts'
import type { Project } from '../project/project.ts'
import { readDistribution, type DistributionReading } from '../project/distribution.ts'
import { readPyProject, type PyProject } from '../project/pyproject.ts'
import { parseToml } from '../project/toml.ts'
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
  const manifest = readManifest(posix.join(folder, PROJECT_FILE), request)
  if (manifest === 'wrong') return NOTHING
  const locked = isLocked ? readLocked(lockPath, manifest, request) : undefined
  if (locked !== undefined) return locked
  return manifest === undefined ? NOTHING : readDependencies(posix.join(folder, PROJECT_FILE), manifest, request)
}

function readLocked(path: string, manifest: PyProject | undefined, request: ProjectRequest): ProjectReading | undefined {
  const text = request.project.read(path)
  const locked = text === undefined ? undefined : readLockedRequirements({ path, source: request.sourceOf(path, text), manifest, python: request.python, sink: request.sink })
  if (locked === 'wrong') return NOTHING
  return locked && { ...NOTHING, file: locked.file, lockedFor: locked.python, requiresPython: manifest?.requiresPython ?? locked.requiresPython }
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

function readDependencies(path: string, { dependencies, requiresPython, indexes }: PyProject, { sink, isNamed }: ProjectRequest): ProjectReading {
  switch (dependencies.kind) {
    case 'none':
      return { ...NOTHING, requiresPython }
    case 'unknown':
      if (isNamed) sink.report(knowledge.unreadProject({ file: path }, { at: dependencies.span }))
      return { ...NOTHING, requiresPython, unknown: { value: path, span: dependencies.span } }
    case 'files':
      return { ...NOTHING, requiresPython, named: dependencies.files.map(({ value, span }) => ({ value: posix.join(posix.dirname(path), value), span })) }
    case 'listed': {
      const { lines, table } = dependencies
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
