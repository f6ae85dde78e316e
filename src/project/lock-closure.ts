/** What a lock installs for a project: everything that it depends on, each with the condition that is left of all markers on the way. */
import type { MarkerValue } from './marker.ts'
import type { Lock, LockedDependency, LockedPackage } from './uv-lock.ts'

export interface Installation {
  readonly locked: LockedPackage
  /** Empty where it is always installed. */
  readonly marker: string
  readonly extras: readonly string[]
}

export interface ClosureRequest {
  readonly lock: Lock
  readonly root: LockedPackage
  readonly simplify: (marker: string) => MarkerValue
}

/** One way to a package: all of these markers have to hold. */
type Path = readonly string[]

/** A package, or one of its extras. */
interface Node {
  readonly locked: LockedPackage
  readonly extra: string
}

/** With more ways than these, a package is taken to be always needed. */
const PATH_LIMIT = 8

/** In the order of the lock. */
export function findClosure({ lock, root, simplify }: ClosureRequest): readonly Installation[] {
  const reached = new Map<LockedPackage, Map<string, readonly Path[]>>()
  const left: { readonly node: Node; readonly path: Path }[] = [{ node: { locked: root, extra: '' }, path: [] }]
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const { node, path } = next
    const added = addPath(reached, node, path)
    if (added === undefined) continue
    for (const dependency of dependenciesOf(node)) {
      const along = extendPath(added, simplify(dependency.marker))
      if (along === undefined) continue
      const locked = findPackage(dependency, lock, simplify)
      if (locked !== undefined) left.push(...['', ...dependency.extras].map((extra) => ({ node: { locked, extra }, path: along })))
    }
  }
  reached.delete(root)
  return lock.packages.flatMap((locked) => {
    const extras = reached.get(locked)
    return extras === undefined ? [] : [{ locked, marker: formatPaths(extras.get('') ?? []), extras: [...extras.keys()].filter((extra) => extra !== '').sort() }]
  })
}

/** The path that counts on; undefined where an earlier one covers it. */
function addPath(reached: Map<LockedPackage, Map<string, readonly Path[]>>, { locked, extra }: Node, path: Path): Path | undefined {
  const extras = reached.get(locked) ?? new Map<string, readonly Path[]>()
  reached.set(locked, extras)
  const paths = extras.get(extra) ?? []
  if (paths.some((other) => isCovered(path, other))) return undefined
  const added = paths.length < PATH_LIMIT ? path : []
  extras.set(extra, [...paths.filter((other) => !isCovered(other, added)), added])
  return added
}

/** Whether the other path holds wherever this one does. */
function isCovered(path: Path, other: Path): boolean {
  return other.every((marker) => path.includes(marker))
}

function extendPath(path: Path, marker: MarkerValue): Path | undefined {
  if (marker === false) return undefined
  return marker === true || path.includes(marker) ? path : [...path, marker]
}

function dependenciesOf({ locked, extra }: Node): readonly LockedDependency[] {
  return extra === '' ? locked.dependencies : (locked.extras.get(extra) ?? [])
}

/** Of several versions, the one that is meant; where none is named, the one for this environment. */
function findPackage({ name, version }: LockedDependency, { packages }: Lock, simplify: ClosureRequest['simplify']): LockedPackage | undefined {
  const named = packages.filter((each) => each.name === name && (version === undefined || each.version === version))
  return named.find(({ environments }) => environments.length === 0 || environments.some((marker) => simplify(marker) !== false)) ?? named[0]
}

function formatPaths(paths: readonly Path[]): string {
  if (paths.some((path) => path.length === 0)) return ''
  return paths.map((path) => path.map((marker) => (path.length > 1 && marker.includes(' or ') ? `(${marker})` : marker)).join(' and ')).join(' or ')
}
