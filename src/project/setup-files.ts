/** Reads what setup.cfg and setup.py say in so many words; what setup.py computes is not known before it runs. */
import type { EntryGroup } from './distribution.ts'

export interface Setup {
  readonly file: 'setup.cfg' | 'setup.py'
  readonly name: string | undefined
  readonly version: string | undefined
  readonly requiresPython: string | undefined
  readonly entryPoints: readonly EntryGroup[]
  readonly packageFolder: string | undefined
  /** PEP 508 requirements; undefined where they are not written out. */
  readonly requires: readonly string[] | undefined
}

/** `read` takes a path relative to the project's folder. A setup.cfg that names nothing is that of other tools. */
export function readSetup(read: (path: string) => string | undefined): Setup | undefined {
  const config = readConfig(read('setup.cfg') ?? '')
  const script = read('setup.py')
  if (config.name !== undefined) return config
  return script === undefined ? undefined : readScript(script)
}

/** https://setuptools.pypa.io/en/latest/userguide/declarative_config.html */
function readConfig(text: string): Setup {
  const sections = readSections(text)
  const of = (section: string, key: string) => sections.get(section)?.get(key)
  const lines = (value: string | undefined) => (value ?? '').split('\n').map((line) => line.trim()).filter((line) => line !== '')
  const version = of('metadata', 'version')
  const folder = lines(of('options', 'package_dir')).map((line) => /^=\s*(\S+)$/.exec(line)?.[1]).find((found) => found !== undefined)
  const groups = [...(sections.get('options.entry_points') ?? [])].map(([group, value]) => ({ group, points: lines(value).flatMap(readEntry) }))
  return {
    file: 'setup.cfg',
    name: of('metadata', 'name'),
    version: version !== undefined && /^v?\d/.test(version) ? version : undefined,
    requiresPython: of('options', 'python_requires'),
    entryPoints: groups.filter(({ points }) => points.length > 0),
    packageFolder: folder ?? of('options.packages.find', 'where'),
    requires: lines(of('options', 'install_requires')),
  }
}

/** As Python's configparser has it: a value goes on in lines that are indented. */
function readSections(text: string): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const sections = new Map<string, Map<string, string>>()
  let section = new Map<string, string>()
  let last = ''
  for (const line of text.split(/\r?\n/)) {
    if (line.trim() === '' || /^\s*[#;]/.test(line)) continue
    const [, title] = /^\[([^\]]+)\]/.exec(line) ?? []
    const [, key = '', value = ''] = /^([^\s=:][^=:]*?)\s*[=:]\s*(.*)$/.exec(line) ?? []
    if (title !== undefined) sections.set(title, (section = sections.get(title) ?? new Map()))
    else if (key !== '') section.set((last = key.toLowerCase()), value.trim())
    else section.set(last, `${section.get(last) ?? ''}\n${line.trim()}`)
  }
  return sections
}

/** Arguments of `setup()` that are literals. */
function readScript(text: string): Setup {
  const literal = (key: string) => new RegExp(`\\b${key}\\s*=\\s*(?:r|u)?["']([^"'\\n]+)["']`).exec(text)?.[1]
  const [, requires] = /\binstall_requires\s*=\s*\[([^\]]*)\]/.exec(text) ?? []
  const [, points = ''] = /\bentry_points\s*=\s*(\{[^}]*\})/.exec(text) ?? []
  return {
    file: 'setup.py',
    name: literal('name'),
    version: literal('version'),
    requiresPython: literal('python_requires'),
    entryPoints: [...points.matchAll(/["']([\w.]+)["']\s*:\s*\[([^\]]*)\]/g)].map(([, group = '', list = '']) => ({ group, points: textsIn(list).flatMap(readEntry) })).filter(({ points }) => points.length > 0),
    packageFolder: /\bpackage_dir\s*=\s*\{\s*["']["']\s*:\s*["']([^"'\n]+)["']/.exec(text)?.[1] ?? /\bwhere\s*=\s*["']([^"'\n]+)["']/.exec(text)?.[1],
    requires: requires === undefined ? (text.includes('install_requires') ? undefined : []) : textsIn(requires),
  }
}

function textsIn(list: string): readonly string[] {
  return [...list.replace(/#.*$/gm, '').matchAll(/["']([^"'\n]+)["']/g)].map(([, text = '']) => text.trim())
}

/** `name = module:object`. */
function readEntry(line: string): EntryGroup['points'] {
  const [, name, object] = /^\s*([^=]+?)\s*=\s*([\w.]+(?:\s*:\s*[\w.]+)?)/.exec(line) ?? []
  return name === undefined || object === undefined ? [] : [{ name, object: object.replace(/\s/g, '') }]
}
