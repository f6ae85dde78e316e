/** Finds the files that a project's requirements are in: those that the config names, else the first of the usual ones. */
import { posix } from 'node:path'
import type { Located } from '../config/located.ts'
import * as files from '../diagnostics/catalogue/files.ts'
import * as knowledge from '../diagnostics/catalogue/knowledge.ts'
import { readLocalProject } from './local-projects.ts'
import { isProjectFile, PROJECT_FILE, REQUIREMENTS_FILE } from './project-files.ts'
import { readProject, type ProjectReading } from './project-requirements.ts'
import { createReader, reportLine, sourceOf, type FilesContext } from './requirements-tree.ts'

export interface FoundFiles {
  /** Files that pip reads. */
  readonly named: readonly Located<string>[]
  readonly readings: readonly ProjectReading[]
}

export function findFiles(context: FilesContext): FoundFiles {
  const { requirements } = context.config.python
  if (requirements === undefined) return findUnnamed(context)
  const projects = requirements.filter(({ value }) => isProjectFile(value) && context.project.read(posix.normalize(value)) !== undefined)
  const readings = projects.map(({ value }) => readProjectAt(posix.normalize(value), true, context))
  return { named: [...requirements.filter((each) => !projects.includes(each)), ...readings.flatMap(({ named }) => named)], readings }
}

/** A project file goes first, where it says what the project depends on. */
function findUnnamed(context: FilesContext): FoundFiles {
  const { project, config, sink } = context
  const usual = project.kindOf(REQUIREMENTS_FILE) === 'file' ? [{ value: REQUIREMENTS_FILE, span: config.span }] : []
  if (project.kindOf(PROJECT_FILE) !== 'file') return { named: usual, readings: [] }
  const reading = readProjectAt(PROJECT_FILE, false, context)
  const { file, named, unknown } = reading
  const isRead = named.length > 0 || (file !== undefined && (file.isLocked === true || file.lines.length > 0))
  const isPassedOver = isRead && usual.length > 0 && !named.some(({ value }) => value === REQUIREMENTS_FILE)
  if (isPassedOver) sink.report(files.passedOver({ file: file?.path ?? PROJECT_FILE, other: REQUIREMENTS_FILE }, { at: config.span }))
  if (unknown !== undefined && usual.length === 0) sink.report(knowledge.unreadProject({ file: unknown.value }, { at: unknown.span }))
  return { named: isRead ? named : usual, readings: [isRead ? reading : { ...reading, file: undefined }] }
}

function readProjectAt(path: string, isNamed: boolean, context: FilesContext): ProjectReading {
  const { config, project, sink, python } = context
  const reading = readProject({ path, isNamed, python, project, sink, sourceOf: (file, text) => sourceOf(config, file, text) })
  const { file } = reading
  if (file === undefined) return reading
  const reader = createReader(context)
  const place = { from: [posix.dirname(file.path)], isLocked: file.isLocked === true }
  const lines = file.lines.map((line) => (line.kind === 'local' ? readLocalProject(line, place, reader) : line))
  for (const line of lines) reportLine(line, sink)
  return { ...reading, file: { ...file, lines } }
}
