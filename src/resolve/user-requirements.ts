/** Reads every requirement of the user's: those in place, and those of files and of what the files include. */
import type { Config } from '../config/config.ts'
import type { Located } from '../config/located.ts'
import * as files from '../diagnostics/catalogue/files.ts'
import type { Sink } from '../diagnostics/sink.ts'
import type { Project } from '../project/project.ts'
import { parseRequirements } from '../project/requirements.ts'
import { createSource } from '../syntax/source.ts'
import type { UserRequirement } from './environment.ts'
import { findFiles } from './find-requirements.ts'
import { checkConstraints } from './check-constraints.ts'
import { projectsIn } from './local-projects.ts'
import { readRequirementsFile, type FileOfRequirements } from './requirements-tree.ts'

export interface UserRequirements {
  /** Those of `python.packages`, with the text as written. */
  readonly inPlace: readonly (UserRequirement & { readonly text: string })[]
  /** The files to install, each with what it includes. */
  readonly files: readonly FileOfRequirements[]
  /** All of them, constraints too. */
  readonly all: readonly UserRequirement[]
  /** Folders beside the project that are installed, which the code has. */
  readonly projects: readonly Located<string>[]
  /** What limits every installation; undefined where the config names no such file. */
  readonly constraints: FileOfRequirements | undefined
  /** The range of Pythons that a project file allows. */
  readonly requiresPython: Located<string> | undefined
  /** The Python, `X.Y`, that a lock was read for; undefined without a lock. */
  readonly lockedFor: string | undefined
}

/** Reports what is missing (MLS4003) and what cannot be installed (MLS4004, MLS4008). A lock is read for this Python, else for the one of the config. */
export function readUserRequirements(config: Config, project: Project, sink: Sink, python = pythonOf(config)): UserRequirements {
  const context = { config, project, sink, python }
  const { named, readings } = findFiles(context)
  const trees = [...readings.flatMap(({ file }) => file ?? []), ...named.flatMap(({ value, span }) => readRequirementsFile(value, span, context) ?? [])]
  const { constraints } = config.python
  const limits = constraints === undefined ? undefined : readRequirementsFile(constraints.value, constraints.span, context)
  for (const tree of trees) checkConstraints(tree, sink)
  if (limits !== undefined) checkConstraints(limits, sink, true)
  const inPlace = config.python.packages.flatMap((entry) => readInPlace(entry, 'python.packages', sink) ?? [])
  const all = [...inPlace, ...trees.flatMap((tree) => requirementsIn(tree, false)), ...(limits === undefined ? [] : requirementsIn(limits, true))]
  const lockedFor = readings.flatMap((reading) => reading.lockedFor ?? [])[0]
  return { inPlace, files: trees, constraints: limits, projects: projectsIn(trees), all, lockedFor, requiresPython: readings.flatMap(({ requiresPython }) => requiresPython ?? [])[0] }
}

/** The Python that the config gives, as `X.Y`. */
function pythonOf({ python: { version } }: Config): string | undefined {
  return /^\d+\.\d+/.exec(version?.value ?? '')?.[0]
}

/** One that stands in the config; what is none is reported. */
export function readInPlace({ value, span }: Located<string>, place: string, sink: Sink): (UserRequirement & { text: string }) | undefined {
  // One entry is one line: with a second line or an option it could be anything.
  const [line] = /[\r\n]/.test(value) ? [] : parseRequirements(createSource(place, value))
  if (line?.kind === 'requirement') return { value: line.requirement, span, text: value.trim(), place, isConstraint: false }
  if (line?.kind === 'credential') sink.report(files.requirementCredential({}, { at: span }))
  else if (line?.kind === 'unsupported') sink.report(files.unsupportedRequirement(line, { at: span }))
  else sink.report(files.unsupportedRequirement({ problem: `\`${value}\` is no requirement with a name`, help: 'write, for example: pandas>=2.2,<3' }, { at: span }))
  return undefined
}

function requirementsIn(file: FileOfRequirements, isConstraint: boolean): readonly UserRequirement[] {
  return file.lines.flatMap((line) => {
    if (line.kind === 'requirement') return { value: line.requirement, span: line.span, place: file.path, isConstraint }
    return line.included === undefined ? [] : requirementsIn(line.included, isConstraint || (line.kind === 'include' && line.option === 'constraints'))
  })
}
