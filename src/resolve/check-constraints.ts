/** Whether pip takes the lines of constraints: it knows names and versions there, and nothing else. */
import * as packages from '../diagnostics/catalogue/packages.ts'
import type { Sink } from '../diagnostics/sink.ts'
import type { FileOfRequirements, LineOfRequirements } from './requirements-tree.ts'

/** Of a file and of what it includes. `isLimiting`: whether all of the file is constraints. */
export function checkConstraints(file: FileOfRequirements, sink: Sink, isLimiting = false): void {
  for (const line of file.lines) {
    if (isLimiting) checkLine(line, sink)
    if (line.included !== undefined) checkConstraints(line.included, sink, isLimiting || (line.kind === 'include' && line.option === 'constraints'))
  }
}

function checkLine(line: LineOfRequirements, sink: Sink): void {
  if (line.kind === 'url') sink.report(packages.badConstraint({ problem: 'a constraint has a name', help: `write NAME @ ${line.url}` }, { at: line.span }))
  if (line.kind === 'local') sink.report(packages.badConstraint({ problem: 'a folder limits nothing', help: 'put the line into a requirements file' }, { at: line.span }))
  if (line.kind !== 'requirement' || line.requirement.extras.length === 0) return
  const { name, specifier } = line.requirement
  sink.report(packages.badConstraint({ problem: 'a constraint has no extras', help: `write ${name}${specifier}; extras belong to a requirement` }, { at: line.span }))
}
