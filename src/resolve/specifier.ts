/** Versions and ranges as PEP 440 has them. */
import { compare, explain, satisfies, valid, validRange } from '@renovatebot/pep440'

/** Whether a text is a set of specifiers such as `>=2.1,<3`; an empty one allows everything. */
export function isSpecifier(text: string): boolean {
  return validRange(text)
}

/** Whether a version lies in a range. Local labels such as `+cpu` name a build, not a version, and do not count. */
export function isInRange(version: string, specifier: string): boolean {
  const range = withoutLocal(specifier)
  const plain = withoutLocal(version)
  // The commonest of all, without the regular expressions that V8 takes a millisecond to compile.
  return range === `==${plain}` || satisfies(plain, range, { prereleases: true })
}

/** The one version that a specifier pins with `==` or `===`, as written; undefined for a range. */
export function exactVersionOf(specifier: string): string | undefined {
  for (const part of specifier.split(',')) {
    const [, version] = /^\s*={2,3}\s*([^\s*]+)\s*$/.exec(part) ?? []
    if (version !== undefined && valid(version) !== null) return version
  }
  return undefined
}

/** `2.13.0` of `2.13.0+cpu`, and the same in every part of a range. */
export function withoutLocal(text: string): string {
  return text.replace(/\+[^,\s]+/g, '')
}

/** `cu126` of `2.13.0+cu126`. */
export function localOf(version: string): string | undefined {
  return version.split('+')[1]
}

/** `X.Y` of a version. */
export function minorOf(version: string): string {
  // A plain one, as in the tables, without a parser that knows every form.
  const plain = /^(\d+)\.(\d+)(?:\.\d+)*$/.exec(version)?.slice(1).map(Number)
  const [major = 0, minor = 0] = plain ?? explain(version)?.release ?? []
  return `${major}.${minor}`
}

/** Negative where the first version is older. */
export function compareVersions(a: string, b: string): number {
  return compare(a, b)
}

/** What a specifier that nobody can read was probably meant to be: `^2.1` is `~=2.1`. */
export function guessSpecifier(text: string): string | undefined {
  const [, sign = '', version] = /^\s*(\^|~|~>|=>|=<|=|@|:|v)?\s*v?(\d[\w.]*?)(?:\.[x*])?\s*$/i.exec(text) ?? []
  if (version === undefined) return undefined
  const guess = `${MEANINGS[sign] ?? '=='}${version}`
  return validRange(guess) ? guess : `==${version}.*`
}

const MEANINGS: Readonly<Record<string, string>> = { '^': '~=', '~': '~=', '~>': '~=', '=>': '>=', '=<': '<=' }
