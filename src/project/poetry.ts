/** Poetry's table of dependencies: https://python-poetry.org/docs/dependency-specification/ */
import type { Span } from '../diagnostics/diagnostic.ts'
import type { Entry, MapTree, Tree } from '../syntax/tree.ts'
import { directReference } from './direct-source.ts'
import { itemsAt, textAt, textsAt, treeAt, type Text } from './fields.ts'
import { bothMarkers } from './marker.ts'
import { markerOfPython, translateRange } from './poetry-range.ts'
import type { ProjectLine } from './pyproject.ts'
import { formatRequirement, readEntry, readReference, refuseEntry } from './requirement-entry.ts'

/** The key that stands for Python itself among the dependencies. */
const PYTHON = 'python'

/** One that is `optional` belongs to an extra, of which none is installed. */
export function readPoetry(entries: readonly Entry[]): readonly ProjectLine[] {
  return entries.flatMap(({ key, value }) => {
    if (key === PYTHON) return []
    return itemsAt(value).flatMap((choice) => (isOptional(choice) ? [] : [readDependency(key, choice)]))
  })
}

/** The range of Pythons, as PEP 440 writes it; nothing where Poetry's own cannot be translated. */
export function readPoetryPython(tree: MapTree): Text | undefined {
  const written = textAt(tree, 'tool', 'poetry', 'dependencies', PYTHON)
  const value = written && translateRange(written.value)
  return written === undefined || value === undefined ? undefined : { value, span: written.span }
}

function isOptional(choice: Tree): boolean {
  const flag = treeAt(choice, 'optional')
  return flag?.kind === 'scalar' && flag.value === true
}

function readDependency(name: string, choice: Tree): ProjectLine {
  const range = choice.kind === 'scalar' ? choice.text : (textAt(choice, 'version')?.value ?? '')
  const specifier = translateRange(range)
  const url = directReference(choice)
  if (specifier === undefined && url === undefined) return refuseRange(range, choice.span)
  const requirement = { name, extras: textsAt(choice, 'extras').map(({ value }) => value), specifier: specifier ?? '', url: undefined, marker: readMarker(choice) }
  if (url !== undefined) return readReference(requirement, url, choice.span)
  const line = readEntry(formatRequirement(requirement), choice.span)
  const index = textAt(choice, 'source')
  return index === undefined ? line : { ...line, index }
}

function refuseRange(range: string, span: Span): ProjectLine {
  return refuseEntry(`\`${range}\` has alternatives, which no requirement of pip can have`, 'write one range, such as ">=1.2,<3"', span)
}

function readMarker(choice: Tree): string {
  const platform = textAt(choice, 'platform')?.value
  const python = markerOfPython(textAt(choice, 'python')?.value ?? '')
  const parts = [textAt(choice, 'markers')?.value, python, platform && `sys_platform == '${platform}'`]
  const marker = parts.map((part) => (part === undefined || part === '' ? true : part)).reduce(bothMarkers, true)
  return typeof marker === 'string' ? marker : ''
}
