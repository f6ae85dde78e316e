/** Finds what a project asks for and its lock does not hold. */
import * as files from '../diagnostics/catalogue/files.ts'
import type { Sink } from '../diagnostics/sink.ts'
import type { Installation } from '../project/lock-closure.ts'
import type { PyProject } from '../project/pyproject.ts'
import { formatRequirement } from '../project/requirement-entry.ts'
import type { Requirement } from '../project/requirements.ts'
import { holdsInImages } from './marker.ts'
import { isInRange } from './specifier.ts'

export interface LockedProject {
  readonly manifest: PyProject
  readonly installations: readonly Installation[]
  readonly path: string
  readonly python: string
  readonly sink: Sink
}

export function reportStale({ manifest: { dependencies }, installations, path, python, sink }: LockedProject): void {
  if (dependencies.kind !== 'listed') return
  for (const line of dependencies.lines) {
    if (line.kind !== 'requirement' || holdsInImages(line.requirement.marker, python) !== true) continue
    const found = installations.filter(({ locked }) => locked.name === line.requirement.name).map(({ locked }) => locked)
    const isHeld = found.some(({ version }) => version === undefined || isAllowed(version, line.requirement))
    if (isHeld) continue
    const [other] = found
    const locked = other && `${other.name} ${other.version}`
    sink.report(files.staleProjectLock({ file: path, requirement: formatRequirement({ ...line.requirement, marker: '' }), locked }, { at: line.span }))
  }
}

function isAllowed(version: string, { specifier, url }: Requirement): boolean {
  return url !== undefined || specifier === '' || isInRange(version, specifier)
}
