/** Poetry's ranges of versions in the words of PEP 440. */

/** `^2.1` as `>=2.1,<3`; undefined where there is no such range, as for alternatives (`||`). */
export function translateRange(text: string): string | undefined {
  const trimmed = text.trim()
  if (trimmed === '' || trimmed === '*') return ''
  if (trimmed.includes('|')) return undefined
  const parts = trimmed.split(/\s*,\s*|\s+(?=[<>=!~^\d])(?<![<>=!~^]\s*)/).filter((part) => part !== '')
  return parts.map(translatePart).join(',')
}

function translatePart(part: string): string {
  const [, sign = '', version = ''] = /^(\^|~(?!=)|[<>=!~]=?=?)?\s*v?(.*)$/.exec(part) ?? []
  if (sign === '^') return `>=${version},<${afterCaret(releaseOf(version))}`
  if (sign === '~') return `>=${version},<${bump(releaseOf(version), Math.min(1, releaseOf(version).length - 1))}`
  return `${sign === '' || sign === '=' ? '==' : sign}${version}`
}

function releaseOf(version: string): readonly number[] {
  return (/^\d+(?:\.\d+)*/.exec(version)?.[0] ?? '0').split('.').map(Number)
}

/** What is left of the first number that is not zero stays; of zeros alone, the last one counts. */
function afterCaret(release: readonly number[]): string {
  const first = release.findIndex((number) => number > 0)
  return bump(release, first === -1 ? release.length - 1 : first)
}

function bump(release: readonly number[], place: number): string {
  return [...release.slice(0, place), (release[place] ?? 0) + 1].join('.')
}

/** A range of Pythons as a marker. */
export function markerOfPython(range: string): string | undefined {
  const specifier = translateRange(range)
  if (specifier === undefined || specifier === '') return specifier
  return specifier.split(',').map((part) => {
    const [, sign = '', version = ''] = /^([<>=!~]+)(.*)$/.exec(part) ?? []
    return `${version.split('.').length > 2 ? 'python_full_version' : 'python_version'} ${sign} '${version}'`
  }).join(' and ')
}
