/** Requirements that are folders beside the project: where each lies, and what it depends on. Its code is the code's affair. */
import { posix } from 'node:path'
import type { Located } from '../config/located.ts'
import * as packages from '../diagnostics/catalogue/packages.ts'
import type { Project } from '../project/project.ts'
import type { RequirementLine } from '../project/requirements.ts'
import { holdsInImages } from './marker.ts'
import { isProjectFolder, PROJECT_FILE } from './project-files.ts'
import { readProjectDependencies } from './project-requirements.ts'
import { reportLine, sourceOf, type FileOfRequirements, type LineOfRequirements, type Reader } from './requirements-tree.ts'

export type LocalLine = Extract<RequirementLine, { kind: 'local' }>

export interface LocalPlace {
  /** Folders, relative to the config, that a path may be relative to; the first in which there is something counts. */
  readonly from: readonly string[]
  /** Whether a lock has what it depends on. */
  readonly isLocked: boolean
}

/** A folder that is a project, with its dependencies as lines of a file of their own; what is none is reported. What its marker keeps out of images is not looked at. */
export function readLocalProject(line: LocalLine, { from, isLocked }: LocalPlace, reader: Reader): LineOfRequirements {
  if (holdsInImages(line.marker) === false) return { ...line, included: undefined }
  const { project, sink } = reader
  const folder = findFolder(line.path, from, project)
  const kind = project.kindOf(folder)
  if (kind === 'missing') sink.report(packages.missingProject({ path: line.path, isOneOf: from.length > 1 }, { at: line.span }))
  else if (kind !== 'folder' || !isProjectFolder(folder, project)) sink.report(packages.noProject({ path: line.path, folder, isFile: kind !== 'folder' }, { at: line.span }))
  else return { ...line, folder, included: isLocked ? undefined : readDependencies(line, folder, reader) }
  return { ...line, included: undefined }
}

/** pip takes paths from where it runs, which is taken to be where the config is; people also mean the file. */
function findFolder(path: string, from: readonly string[], project: Project): string {
  const inside = (folder: string) => (path.startsWith('/') ? posix.relative(project.folder, path) : posix.join(folder, path)).replace(/(?<=.)\/$/, '') || '.'
  return from.map(inside).find((folder) => project.kindOf(folder) !== 'missing') ?? inside(from[0] ?? '.')
}

/** Once for each folder and its extras: a circle ends. */
function readDependencies(line: LocalLine, folder: string, reader: Reader): FileOfRequirements | undefined {
  const key = `local ${folder} ${[...line.extras].sort().join()}`
  if (reader.seen.has(key)) return undefined
  reader.seen.add(key)
  const { config, project, sink, python } = reader
  const { file, named } = readProjectDependencies({ folder, extras: line.extras, span: line.span, python, project, sink, sourceOf: (path, text) => sourceOf(config, path, text) })
  const others = named.flatMap(({ value, span }) => reader.read(value, span)?.lines ?? [])
  const lines = (file?.lines ?? []).map((each) => (each.kind === 'local' ? readLocalProject(each, { from: [folder], isLocked: false }, reader) : each))
  for (const each of lines) reportLine(each, sink)
  return { path: file?.path ?? posix.join(folder, PROJECT_FILE), lines: [...lines, ...others] }
}

/** The folders of all projects that files of requirements name, at any depth; constraints name none. */
export function projectsIn(files: readonly FileOfRequirements[]): readonly Located<string>[] {
  const found = new Map<string, Located<string>>()
  const add = ({ lines }: FileOfRequirements) => {
    for (const line of lines) {
      if (line.kind === 'include' && line.option === 'constraints') continue
      if (line.kind === 'local' && line.folder !== undefined && !found.has(line.folder)) found.set(line.folder, { value: line.folder, span: line.span })
      if (line.included !== undefined) add(line.included)
    }
  }
  files.forEach(add)
  return [...found.values()]
}
