/** Environment markers of requirements, as far as they are the same in every image that is built. */

/** What every image has, whatever its Python and its processor are. */
const KNOWN: Readonly<Record<string, string>> = {
  sys_platform: 'linux',
  platform_system: 'Linux',
  os_name: 'posix',
  platform_python_implementation: 'CPython',
  implementation_name: 'cpython',
}

const COMPARISON = /^\(?\s*(\w+)\s*([!=]=)\s*(?:'([^']*)'|"([^"]*)")\s*\)?$/

/** Whether a requirement with this marker holds in an image; undefined where that depends on more than is the same in all of them. */
export function holdsInImages(marker: string): boolean | undefined {
  if (marker === '') return true
  if (/\bor\b/.test(marker)) return undefined
  const parts = marker.split(/\band\b/).map((part) => holdsPart(part.trim()))
  return parts.includes(false) ? false : parts.includes(undefined) ? undefined : true
}

function holdsPart(part: string): boolean | undefined {
  const [, variable = '', operator, single, double] = COMPARISON.exec(part) ?? []
  if (!Object.hasOwn(KNOWN, variable)) return undefined
  const isEqual = KNOWN[variable] === (single ?? double)
  return operator === '==' ? isEqual : !isEqual
}
