/** Reads which modules Python code imports, wherever in it the import stands. */

export interface PythonImport {
  /** The dots before the name: 0 is looked up from the folders of imports, 1 is the file's own package. */
  readonly level: number
  /** `a.b` as its parts. */
  readonly module: readonly string[]
  /** What is taken from it, which may be modules themselves; `*` is everything. */
  readonly names: readonly string[]
}

const BLANK = String.raw`[ \t\f]`
const IN_NAME = String.raw`\p{L}\p{N}_`
const IMPORT = new RegExp(
  String.raw`(?:^|[;:])${BLANK}*(?:from(?:${BLANK}+|(?=\.))([.${IN_NAME} \t\f]*?)(?<![${IN_NAME}]))?import(?![${IN_NAME}])${BLANK}*(\([^)]*|[^\r\n;]*)`,
  'gmu',
)

/** What imports modules whose names only the running program knows. */
const DYNAMIC_IMPORT = /(?<![\w.])(?:__import__|exec|execfile)\s*\(|\b(?:import_module|load_source|pkgutil|runpy|SourceFileLoader|spec_from_file_location)\b/

/** Takes code whose strings and comments are blanked. */
export function readImports(code: string): readonly PythonImport[] {
  const matches = code.replace(/\\\r?\n/g, ' ').matchAll(IMPORT)
  return [...matches].flatMap(([, from, what = '']) => {
    const names = what.replace('(', '').split(',').flatMap((name) => name.trim().split(/\s+(?:as\s|$)/)[0] || [])
    return from === undefined ? names.map((name) => readModule(name, [])) : [readModule(from, names)]
  })
}

function readModule(text: string, names: readonly string[]): PythonImport {
  const [, dots = '', name = ''] = /^(\.*)(.*)$/.exec(text.replace(/\s/g, '')) ?? []
  return { level: dots.length, module: name.split('.').filter((part) => part !== ''), names }
}

/** Takes code whose strings and comments are blanked. */
export function hasDynamicImport(code: string): boolean {
  return DYNAMIC_IMPORT.test(code)
}
