/** The requirements files of the user's, as they are to be installed. */
import { isCudaPackage } from '../facts/cuda.ts'
import { buildPackagesOf, fetchPackagesOf } from '../facts/packages.ts'
import { formatRequirement } from '../project/requirement-entry.ts'
import type { Requirement } from '../project/requirements.ts'
import type { RequirementsFile } from './environment.ts'
import { isInstalledApart } from './installed-apart.ts'
import { findInstalled, isReplaced, type Installed } from './installed.ts'
import { holdsInImages } from './marker.ts'
import { includedFiles, type FileOfRequirements, type LineOfRequirements } from './requirements-tree.ts'
import type { UserRequirements } from './user-requirements.ts'

/** Debian packages that a requirement needs to become a wheel; empty where it is one. */
export function buildPackagesOfRequirement({ name, url }: Pick<Requirement, 'name' | 'url'>): readonly string[] {
  return url === undefined ? buildPackagesOf(name) : fetchPackagesOf(url)
}

/** Each file as it is, or with a text of ours where lines of it are installed otherwise. */
export function chooseFiles({ files }: UserRequirements, installed: readonly Installed[]): readonly RequirementsFile[] {
  return files.flatMap((file) => {
    const isApart = file.isLocked === true ? isInLayer : isReplaced
    const direct = installedLines(file, false)
    // A file with hashes has all that its folders depend on, with theirs.
    const all = isHashed(direct) ? direct : withoutRepeats(installedLines(file), direct)
    const lines = all.filter((line) => (line.kind === 'requirement' ? !isApart(line.requirement, installed) : !namesIndexOf(line, installed)))
    if (file.heading !== undefined && lines.length === 0) return []
    const withHashes = isHashed(lines)
    const compiled = withHashes ? [] : lines.filter(isCompiled)
    const isRewritten = file.heading !== undefined || compiled.length > 0 || lines.length < all.length || hasLocal(file)
    return [
      {
        path: file.path,
        includes: isRewritten ? constraintsOf(lines) : includedFiles(file),
        rewritten: isRewritten ? rewriteFile(file, lines.filter((line) => !compiled.includes(line)), withHashes) : undefined,
        requirements: lines.filter((line) => isInstalled(line) && !compiled.includes(line)).map((line) => textOfLine(line)),
        compiled: compiled.map((line) => textOfLine(line, '')),
        buildPackages: sortedOnce(compiled.flatMap(buildPackagesOfLine)),
        isHashed: withHashes,
        isLocked: file.isLocked === true,
      },
    ]
  })
}

/** Of a lock, the framework's layer installs all that is the framework's, its CUDA too: in the versions that its build wants. */
function isInLayer(requirement: Requirement, installed: readonly Installed[]): boolean {
  return findInstalled(requirement, installed) !== undefined || (isCudaPackage(requirement.name) && installed.some(({ facts }) => facts.builds.includes('cuda')))
}

/** A line that sends pip to the index of a framework that has a layer of its own: it would bring other packages in another build than that. */
function namesIndexOf({ kind, line }: LineOfRequirements, installed: readonly Installed[]): boolean {
  if (kind !== 'option') return false
  const text = line.source.text.slice(line.start, line.end)
  return installed.some(({ facts }) => facts.index !== undefined && text.includes(facts.index.url.split('{build}')[0] ?? facts.index.url))
}

/** Debian packages for what no stage of its own compiles: pip demands a hash of every wheel, or the marker decides at build. */
export function buildPackagesInPlace({ files }: UserRequirements): readonly string[] {
  return files.flatMap((file) => {
    const lines = installedLines(file).filter((line) => file.isLocked !== true || line.kind !== 'requirement' || !isInstalledApart(line.requirement.name))
    return (isHashed(lines) ? lines : lines.filter((line) => !isCompiled(line))).flatMap(buildPackagesOfLine)
  })
}

/** The lines of a file, of the files that it installs as well, and of what its folders depend on. */
function installedLines(file: FileOfRequirements, withLocal = true): readonly LineOfRequirements[] {
  return file.lines.flatMap((line) => {
    if (line.kind === 'local' ? !withLocal : line.kind === 'include' && line.included === undefined) return []
    if (line.kind !== 'local' && (line.kind !== 'include' || line.option === 'constraints')) return [line]
    return line.included === undefined ? [] : installedLines(line.included, withLocal)
  })
}

/** Folders may depend on the same; a line of the user's stays as it is. */
function withoutRepeats(lines: readonly LineOfRequirements[], direct: readonly LineOfRequirements[]): readonly LineOfRequirements[] {
  const kept = new Set(direct)
  const firsts = new Map(lines.map((line) => [textOfLine(line), line] as const).reverse())
  return lines.filter((line) => line.kind !== 'requirement' || kept.has(line) || firsts.get(textOfLine(line)) === line)
}

function hasLocal({ lines }: FileOfRequirements): boolean {
  return lines.some((line) => line.kind === 'local' || (line.included !== undefined && hasLocal(line.included)))
}

/** A lock gives hashes to all that has files; pip wants them for all or for none. */
function isHashed(lines: readonly LineOfRequirements[]): boolean {
  if (lines.length > 0 && lines.every(({ hashes }) => hashes !== undefined && hashes.length > 0)) return true
  return lines.some(({ line }) => /\s--hash[=\s]|^\s*--require-hashes/.test(line.source.text.slice(line.start, line.end)))
}

function isInstalled(line: LineOfRequirements): boolean {
  return line.kind === 'url' || (line.kind === 'requirement' && holdsInImages(line.requirement.marker) !== false)
}

function isCompiled(line: LineOfRequirements): boolean {
  const isCertain = line.kind !== 'requirement' || holdsInImages(line.requirement.marker) === true
  return isCertain && buildPackagesOfLine(line).length > 0
}

function buildPackagesOfLine(line: LineOfRequirements): readonly string[] {
  if (line.kind === 'url') return fetchPackagesOf(line.url)
  if (line.kind !== 'requirement' || holdsInImages(line.requirement.marker) === false) return []
  return buildPackagesOfRequirement(line.requirement)
}

/** With the requirement's own marker, unless another is given. */
function textOfLine(line: LineOfRequirements, marker?: string): string {
  if (line.kind === 'url') return line.url
  if (line.kind !== 'requirement') return ''
  return formatRequirement(marker === undefined ? line.requirement : { ...line.requirement, marker })
}

function rewriteFile({ heading }: FileOfRequirements, lines: readonly LineOfRequirements[], withHashes: boolean): string {
  return [...(heading === undefined ? [] : [`# ${heading}\n`]), ...lines.map((line) => rewriteLine(line, withHashes))].join('')
}

/** Constraints are named from the config's folder, wherever the line stood. */
function rewriteLine({ kind, line, included, hashes = [] }: LineOfRequirements, withHashes: boolean): string {
  if (kind === 'include') return included === undefined ? '' : `-c ${/\s/.test(included.path) ? `"${included.path}"` : included.path}\n`
  const text = line.source.text.slice(line.start, line.end).replace(/\r\n/g, '\n').trimEnd()
  return `${[text, ...(withHashes ? hashes : []).map((hash) => `--hash=${hash}`)].join(' \\\n    ')}\n`
}

function constraintsOf(lines: readonly LineOfRequirements[]): readonly string[] {
  return sortedOnce(lines.flatMap(({ included }) => (included === undefined ? [] : [included.path, ...includedFiles(included)])))
}

function sortedOnce(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort()
}
