/** Edits that mend a requirement or a value where it stands, in a config or in a requirements file. */
import type { Command } from '../../config/command.ts'
import { changeTo, type Place, type Span } from '../../diagnostics/diagnostic.ts'
import { normalizeName } from '../../project/requirements.ts'
import type { UserRequirement } from '../environment.ts'
import type { FileOfRequirements } from '../requirements-tree.ts'
import type { UserRequirements } from '../user-requirements.ts'

type Mending = Pick<Place, 'fix'>

const NAME = /[A-Za-z0-9][A-Za-z0-9._-]*/

/** The name of a requirement as it stands there; undefined where quotes or escapes hide it. */
function nameSpanOf({ value, span }: UserRequirement): Span | undefined {
  const match = NAME.exec(span.source.text.slice(span.start, span.end))
  if (match === null || normalizeName(match[0]) !== value.name) return undefined
  return { source: span.source, start: span.start + match.index, end: span.start + match.index + match[0].length }
}

/** Gives the package another name, and keeps the rest of the requirement. */
export function rename(requirement: UserRequirement, name: string): Mending {
  const span = nameSpanOf(requirement)
  return span === undefined ? {} : changeTo(name, span)
}

/** Puts other versions behind the name. Extras, a marker or options of the line are reasons to leave it to the user. */
export function requireVersion(requirement: UserRequirement, specifier: string): Mending {
  const { name, extras, marker } = requirement.value
  const text = `${name}${specifier}`
  if (extras.length > 0 || marker !== '') return {}
  return changeTo(quoteLike(requirement.span, text), requirement.span, `change to ${text}`)
}

/** Lets only one system install the requirement. */
export function addMarker({ value, span }: UserRequirement, system: string): Mending {
  if (value.marker !== '') return {}
  const [quote] = span.source.text.slice(span.start, span.end)
  const inner = quote === '"' ? "'" : '"'
  const isQuoted = quote === '"' || quote === "'"
  const at = isQuoted ? span.end - 1 : span.end
  return changeTo(` ; sys_platform == ${inner}${system}${inner}`, { ...span, start: at, end: at }, `install it on ${system} alone`)
}

/** Removes the line of a requirements file that a span stands in; nothing for one that is in the config. */
export function removeLine({ files }: UserRequirements, span: Span): Mending {
  const line = files.flatMap(linesOf).find((each) => each.source === span.source && each.start <= span.start && span.end <= each.end)
  return line === undefined ? {} : changeTo('', line, 'remove the line')
}

function linesOf(file: FileOfRequirements): readonly Span[] {
  return file.lines.flatMap(({ line, included }) => [line, ...(included === undefined ? [] : linesOf(included))])
}

/** A text in the quotes that stand around a span. */
function quoteLike({ source, start }: Span, text: string): string {
  const quote = source.text[start]
  return quote === '"' || quote === "'" ? `${quote}${text}${quote}` : text
}

/** Another text in place of a scalar, in the quotes that it has. */
export function replaceValue(span: Span, text: string): Mending {
  return changeTo(quoteLike(span, text), span, `change to ${text}`)
}

/** A new line with a key before the first key of a config that is written in lines. */
export function addKey({ source }: Span, line: string): Mending {
  const at = /^[a-z]/m.exec(source.text)?.index
  return at === undefined ? {} : changeTo(`${line}\n`, { source, start: at, end: at }, `add ${line}`)
}

/** Takes a word out of a command that is written as a text; an item of a list is left to the user. */
export function removeWord({ source, start, end }: Span, command: Command): Mending {
  const isList = /[[-]/.test(source.text[command.span.start] ?? '')
  const isApart = source.text[start - 1] === ' ' && /^(?:[\s"']|$)/.test(source.text.slice(end, end + 1))
  return isList || !isApart ? {} : changeTo('', { source, start: start - 1, end }, 'remove it')
}
