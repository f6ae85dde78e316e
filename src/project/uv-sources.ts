/** What `[tool.uv.sources]` says of where dependencies come from: https://docs.astral.sh/uv/concepts/projects/dependencies/ */
import type { Tree } from '../syntax/tree.ts'
import { directReference } from './direct-source.ts'
import { entriesAt, itemsAt, textAt, treeAt } from './fields.ts'
import { bothMarkers } from './marker.ts'
import type { ProjectLine } from './pyproject.ts'
import { formatRequirement, isSameName, readEntry, readReference, refuseEntry } from './requirement-entry.ts'
import type { Requirement, RequirementLine } from './requirements.ts'

/** The lines, each from where its source says; one with several sources becomes several lines. */
export function applySources(lines: readonly RequirementLine[], sources: Tree | undefined): readonly ProjectLine[] {
  return lines.flatMap((line) => {
    if (line.kind !== 'requirement') return [line]
    const found = entriesAt(sources).find(({ key }) => isSameName(key, line.requirement.name))?.value
    // One for an extra or a group is for what is not installed.
    const choices = itemsAt(found).filter((choice) => !isForOthers(choice))
    return choices.length === 0 ? [line] : choices.map((choice) => applySource(line, line.requirement, choice))
  })
}

function isForOthers(choice: Tree): boolean {
  return treeAt(choice, 'extra') !== undefined || treeAt(choice, 'group') !== undefined
}

function applySource(line: RequirementLine, requirement: Requirement, choice: Tree): ProjectLine {
  const both = bothMarkers(requirement.marker === '' ? true : requirement.marker, textAt(choice, 'marker')?.value ?? true)
  const marker = typeof both === 'string' ? both : ''
  if (treeAt(choice, 'workspace') !== undefined) return { ...refuseEntry('the folder of this member of the workspace is not found', 'write its folder into `members` of the workspace, or name it as a path: { path = "../NAME", editable = true }', choice.span), member: requirement.name }
  const url = directReference(choice)
  if (url !== undefined) return readReference({ ...requirement, marker }, url, choice.span)
  const plain = marker === requirement.marker ? line : readEntry(formatRequirement({ ...requirement, marker }), line.span)
  const index = textAt(choice, 'index')
  return index === undefined ? plain : { ...plain, index }
}
