/** `python`: a version, or a mapping with requirements, packages and indexes. */
import * as packages from '../../diagnostics/catalogue/packages.ts'
import type { Sink } from '../../diagnostics/sink.ts'
import type { Tree } from '../../syntax/tree.ts'
import type { PackageIndex, PythonChoice } from '../config.ts'
import type { Located } from '../located.ts'
import { asMap, fieldOf, itemsOf, readText, readTexts, readVerbatim } from '../read.ts'

export function normalizePython(tree: Tree | undefined, sink: Sink): PythonChoice {
  const map = asMap(tree)
  const requirements = fieldOf(map, 'requirements')
  return {
    version: readText(map === undefined ? tree : fieldOf(map, 'version'), 'python', sink),
    requirements: requirements && readTexts(requirements, 'python.requirements', sink),
    packages: readTexts(fieldOf(map, 'packages'), 'python.packages', sink),
    constraints: readText(fieldOf(map, 'constraints'), 'python.constraints', sink),
    indexes: itemsOf(fieldOf(map, 'index')).flatMap((item) => normalizeIndex(item, sink) ?? []),
    installer: readVerbatim(fieldOf(map, 'installer')) as Located<'uv' | 'pip'> | undefined,
  }
}

function normalizeIndex(tree: Tree, sink: Sink): PackageIndex | undefined {
  const map = asMap(tree)
  const written = map === undefined ? tree : fieldOf(map, 'url')
  // Also one that only the shell knows: filled in, it would be in the log of the build.
  if (written?.kind === 'scalar' && /:\/\/[^/?#]*@/.test(written.text)) {
    sink.report(packages.indexCredential({}, { at: written.span }))
    return undefined
  }
  const url = readText(written, 'python.index.url', sink)
  if (url === undefined) return undefined
  return {
    span: tree.span,
    url,
    name: readText(fieldOf(map, 'name'), 'python.index.name', sink),
    secret: readText(fieldOf(map, 'secret'), 'python.index.secret', sink),
    packages: readTexts(fieldOf(map, 'packages'), 'python.index.packages', sink),
    for: readText(fieldOf(map, 'for'), 'python.index.for', sink),
  }
}
