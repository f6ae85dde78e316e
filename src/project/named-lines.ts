/** The requirements of any file that names some, each at its place: for those who look for a name. */
import type { Source } from '../diagnostics/diagnostic.ts'
import { readPyProject } from './pyproject.ts'
import { readEntry } from './requirement-entry.ts'
import { parseRequirements, type RequirementLine } from './requirements.ts'
import { parseToml } from './toml.ts'
import { readLock } from './uv-lock.ts'

/** Nothing of a file that cannot be read. */
export function readNamedLines(source: Source): readonly RequirementLine[] {
  if (source.name.endsWith('pyproject.toml')) return readProjectLines(source)
  return source.name.endsWith('uv.lock') ? readLockLines(source) : parseRequirements(source)
}

function readProjectLines(source: Source): readonly RequirementLine[] {
  const tree = parseToml(source)
  const dependencies = tree.kind === 'problem' ? undefined : readPyProject(tree).dependencies
  return dependencies?.kind === 'listed' ? dependencies.lines : []
}

function readLockLines(source: Source): readonly RequirementLine[] {
  const lock = readLock(source)
  return lock.kind === 'problem' ? [] : lock.packages.map(({ name, version, span }) => readEntry(version === undefined ? name : `${name}==${version}`, span))
}
