import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { hasDynamicImport, readImports } from '../../../../src/watch/reach/python-imports.ts'
import { partPython } from '../../../../src/watch/reach/python-text.ts'

/** Imports in a short spelling: `..a.b: c, d`. */
const IMPORTS: Readonly<Record<string, readonly string[]>> = {
  'import a': ['a'],
  'import a.b as c, d': ['a.b', 'd'],
  'import a as b': ['a'],
  'import assets': ['assets'],
  'from a import b': ['a: b'],
  'from a.b import c as d, e': ['a.b: c, e'],
  'from a import (b,\n  c as d,  # a comment\n)\nimport e': ['a: b, c', 'e'],
  'from a import(b)': ['a: b'],
  'from a import *': ['a: *'],
  'from . import a': ['.: a'],
  'from .a import b': ['.a: b'],
  'from.a import b': ['.a: b'],
  'from . . a import b': ['..a: b'],
  'from ...a.b import c': ['...a.b: c'],
  'from .import_a import b': ['.import_a: b'],
  'from a import \\\n  b, \\\n  c': ['a: b, c'],
  'from a \\\r\n  import b': ['a: b'],
  'import a; import b;from c import d': ['a', 'b', 'c: d'],
  'import a\r\nimport b\r\n': ['a', 'b'],
  'def f():\n\timport a\n\ttry: import b\n\texcept: from c import d': ['a', 'b', 'c: d'],
  'if TYPE_CHECKING:\n    from a import b': ['a: b'],
  'import größe': ['größe'],
  '"""\nimport a\n"""': [],
  "x = 'import a'  # import b": [],
  '# \\\nimport a': ['a'],
  'raise A from b\nimport c': ['c'],
  'yield from a\nimport_b()\nimportant = reimport': [],
  'x.import_module': [],
  'from a import': ['a: '],
}

const show = ({ level, module, names }: ReturnType<typeof readImports>[number], isFrom: boolean) => '.'.repeat(level) + module.join('.') + (isFrom ? `: ${names.join(', ')}` : '')

for (const [text, imports] of Object.entries(IMPORTS)) {
  test(`reads ${JSON.stringify(text)}`, () => {
    const found = readImports(partPython(text).code)
    assert.equal(found.map((each, at) => show(each, imports[at]?.includes(':') ?? false)), imports)
  })
}

const DYNAMIC: readonly (readonly [text: string, isDynamic: boolean])[] = [
  ['importlib.import_module(name)', true],
  ['from importlib import import_module', true],
  ['__import__ (name)', true],
  ['runpy.run_path(path)', true],
  ['for each in pkgutil.iter_modules(path): pass', true],
  ['exec(text)', true],
  ['f"{__import__(name)}"', true],
  ['importlib.util.spec_from_file_location(name, path)', true],
  ['from importlib.metadata import version', false],
  ['importlib.resources.files(package)', false],
  ['window.exec()', false],
  ['"import_module"  # exec(', false],
]

for (const [text, isDynamic] of DYNAMIC) test(`${isDynamic ? 'finds a dynamic import' : 'finds none'} in ${text}`, () => assert.is(hasDynamicImport(partPython(text).code), isDynamic))

test.run()
