/** Which of several wheels that all fit pip installs: the most exact one, by the order of its compatibility tags (PEP 425). */

/** The file names, the one that pip prefers first. */
export function sortWheels(names: readonly string[]): readonly string[] {
  const ranks = new Map(names.map((name) => [name, rankOf(name)]))
  return [...names].sort((a, b) => compareRanks(ranks.get(b) ?? [], ranks.get(a) ?? []) || (a < b ? -1 : 1))
}

/** Higher is better, the first number first: made for this Python, for its stable interface, for any; then by its minor version and its C library. */
function rankOf(name: string): readonly number[] {
  const [python = '', abi = '', platform = ''] = name.replace(/\.whl$/, '').split('-').slice(-3)
  const minor = Math.max(...numbersIn(python, /\bcp3(\d+)/g))
  const isAnywhere = platform === 'any'
  const kind = isAnywhere ? 0 : abi === 'none' ? 1 : abi.split('.').includes('abi3') ? 2 : 3
  const library = Math.max(...numbersIn(platform, /manylinux_2_(\d+)/g), ...LEGACY.filter(([tag]) => platform.includes(`${tag}_`)).map(([, version]) => version))
  return [kind, kind === 2 ? minor : 0, isAnywhere ? 0 : library]
}

/** Older names of C libraries. */
const LEGACY: readonly (readonly [tag: string, minor: number])[] = [
  ['manylinux2014', 17],
  ['manylinux2010', 12],
  ['manylinux1', 5],
]

function numbersIn(text: string, pattern: RegExp): readonly number[] {
  return [0, ...[...text.matchAll(pattern)].map(([, digits]) => Number(digits))]
}

function compareRanks(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((number, index) => number !== b[index])
  return at === -1 ? 0 : (a[at] ?? 0) - (b[at] ?? 0)
}
