/** The requirements that a uv.lock holds for a project, as they are in an image. */
import type { Located } from '../config/located.ts'
import * as files from '../diagnostics/catalogue/files.ts'
import type { Source, Span } from '../diagnostics/diagnostic.ts'
import type { Sink } from '../diagnostics/sink.ts'
import { findClosure, type Installation } from '../project/lock-closure.ts'
import type { PyProject } from '../project/pyproject.ts'
import { readEntry, refuseEntry } from '../project/requirement-entry.ts'
import { readLock, type Lock, type LockedFile, type LockedPackage } from '../project/uv-lock.ts'
import { isInstalledApart } from './installed-apart.ts'
import { markerInImages } from './marker.ts'
import { reportOtherIndexes } from './other-index.ts'
import { reportToml } from './report-toml.ts'
import { likelyPython } from './requires-python.ts'
import { withoutLocal } from './specifier.ts'
import { reportStale } from './stale-lock.ts'
import type { FileOfRequirements, LineOfRequirements } from './requirements-tree.ts'

export interface LockRequest {
  readonly path: string
  readonly source: Source
  readonly manifest: PyProject | undefined
  /** The folder of the project, relative to the lock's. */
  readonly member: string
  readonly python: string | undefined
  readonly sink: Sink
}

export interface LockedRequirements {
  readonly file: FileOfRequirements
  /** The Python that they are for. */
  readonly python: string
  readonly requiresPython: Located<string> | undefined
}

/** `wrong` where that was reported as an error; undefined where the lock cannot be used, which is reported. */
export function readLockedRequirements({ path, source, manifest, member, python, sink }: LockRequest): LockedRequirements | 'wrong' | undefined {
  const lock = readLock(source)
  if (lock.kind === 'problem') {
    reportToml(path, lock, sink)
    return 'wrong'
  }
  const root = findRoot(lock, manifest, member)
  if (lock.version.value !== LOCK_VERSION || root === undefined) {
    sink.report(files.unusableLock({ file: path, ...problemOf(lock) }, { at: lock.version.span }))
    return undefined
  }
  const image = python ?? likelyPython(manifest?.requiresPython ?? lock.requiresPython)
  const installations = findClosure({ lock, root, simplify: (marker) => markerInImages(marker, image) })
  if (manifest !== undefined) reportStale({ manifest, installations, path, python: image, sink })
  reportIndexes(installations, manifest, sink)
  const lines = installations.map((each) => lineOf(each, image))
  return { file: { path, lines, heading: `From ${path}, for Python ${image}.`, isLocked: true }, python: image, requiresPython: lock.requiresPython }
}

const LOCK_VERSION = 1

function problemOf({ version: { value } }: Lock): { readonly problem: string; readonly help: string } {
  if (value === LOCK_VERSION) return { problem: 'does not hold the project', help: 'run: uv lock' }
  return { problem: `is of version ${value}, and only version ${LOCK_VERSION} is known`, help: 'to choose that for good, write python: { requirements: pyproject.toml }' }
}

/** The project itself: by its name, else by its folder. */
function findRoot({ packages }: Lock, manifest: PyProject | undefined, member: string): LockedPackage | undefined {
  const local = packages.filter(({ source }) => source.kind === 'local')
  return local.find(({ name }) => name === manifest?.name) ?? local.find(({ source }) => source.kind === 'local' && source.path === member)
}

function lineOf({ locked, marker, extras }: Installation, python: string): LineOfRequirements {
  const { name, version = '', source, span } = locked
  if (source.kind === 'local') return localLine(source.path, marker, span)
  const condition = marker === '' ? '' : ` ; ${marker}`
  if (source.kind === 'direct') return { ...readEntry(`${name} @ ${source.reference}${condition}`, span), included: undefined }
  // Which build of a framework is installed is not the lock's to say: it may come from an index for one kind of GPU.
  const line = readEntry(`${name}==${isInstalledApart(name) ? withoutLocal(version) : version}${condition}`, span)
  const asked = line.kind === 'requirement' ? { ...line, requirement: { ...line.requirement, extras } } : line
  return { ...asked, included: undefined, hashes: hashesFor(locked.files, python) }
}

/** What a folder depends on is in the lock as well. */
function localLine(path: string, marker: string, span: Span): LineOfRequirements {
  if (/\.(?:whl|zip|tar\.\w+|tgz)$/i.test(path)) return { ...refuseEntry('a package file from a local path is not in the image', 'take the package from an index, or from the folder of its code', span), included: undefined }
  return { kind: 'local', path, extras: [], marker, line: span, span, included: undefined }
}

/** Those of archives, and of the wheels that Debian can install with this Python, on whatever processor. */
function hashesFor(all: readonly LockedFile[], python: string): readonly string[] {
  const abis = ['abi3', 'none', `cp${python.replace('.', '')}`]
  const fits = ({ name }: LockedFile) => {
    const [, abi, platform = ''] = /-([^-]+)-([^-]+)\.whl$/.exec(name) ?? []
    return abi === undefined || (abis.includes(abi) && /any|manylinux|^linux_/.test(platform))
  }
  const fitting = all.filter(fits)
  return (fitting.length === 0 ? all : fitting).map(({ hash }) => hash).sort()
}

function reportIndexes(installations: readonly Installation[], manifest: PyProject | undefined, sink: Sink): void {
  const urls = new Map([...(manifest?.indexes ?? [])].map(([name, url]) => [name, trimSlash(url)]))
  const others = [...urls.values()]
  const packages = installations.flatMap(({ locked: { name, span, source } }) => (source.kind === 'registry' && others.includes(trimSlash(source.url)) ? { name, span, index: trimSlash(source.url) } : []))
  reportOtherIndexes(packages, urls, sink)
}

function trimSlash(url: string): string {
  return url.replace(/\/$/, '')
}
