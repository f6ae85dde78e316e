/** Single requirements as project files hold them: no options, no includes, one text each. */
import type { Span } from '../diagnostics/diagnostic.ts'
import { createSource } from '../syntax/source.ts'
import { normalizeName, parseRequirements, type Requirement, type RequirementLine } from './requirements.ts'

/** A text of a project file as a line of a requirements file; `line` is in a text of its own, `span` in the user's file. */
export function readEntry(text: string, span: Span): RequirementLine {
  const trimmed = text.trim()
  const source = createSource(span.source.name, `${trimmed}\n`)
  const [line] = /[\r\n]|^-/.test(trimmed) ? [] : parseRequirements(source)
  if (line !== undefined && ['requirement', 'local', 'unsupported', 'credential'].includes(line.kind)) return { ...line, span }
  return refuseEntry(`\`${trimmed}\` is no requirement with a name`, 'write, for example: pandas>=2.2,<3', span)
}

export function refuseEntry(problem: string, help: string, span: Span): RequirementLine {
  return { kind: 'unsupported', problem, help, line: span, span }
}

/** A requirement as PEP 508 writes it. */
export function formatRequirement({ name, extras, specifier, url, marker }: Requirement): string {
  const extra = extras.length === 0 ? '' : `[${extras.join(',')}]`
  const condition = marker === '' ? '' : ` ; ${marker}`
  return url === undefined ? `${name}${extra}${specifier}${condition}` : `${name}${extra} @ ${url}${condition}`
}

/** A requirement from where `reference` says, which may be a path. */
export function readReference(requirement: Requirement, reference: string, span: Span): RequirementLine {
  return readEntry(formatRequirement({ ...requirement, url: reference, specifier: '' }), span)
}

/** Whether two names are those of one distribution. */
export function isSameName(one: string, other: string): boolean {
  return normalizeName(one) === normalizeName(other)
}
