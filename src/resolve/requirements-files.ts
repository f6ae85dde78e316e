/** The requirements files of the user's, as they are to be installed. */
import { buildPackagesOf, fetchPackagesOf } from '../facts/packages.ts'
import type { Requirement } from '../project/requirements.ts'
import type { RequirementsFile } from './environment.ts'
import { isReplaced, type Installed } from './installed.ts'
import { holdsInImages } from './marker.ts'
import { includedFiles, type FileOfRequirements, type LineOfRequirements, type UserRequirements } from './user-requirements.ts'

/** Debian packages that a requirement needs to become a wheel; empty where it is one. */
export function buildPackagesOfRequirement({ name, url }: Pick<Requirement, 'name' | 'url'>): readonly string[] {
  return url === undefined ? buildPackagesOf(name) : fetchPackagesOf(url)
}

/** Each file as it is, or with a text of ours where lines of it are installed otherwise. */
export function chooseFiles({ files }: UserRequirements, installed: readonly Installed[]): readonly RequirementsFile[] {
  return files.map((file) => {
    const lines = installedLines(file)
    const withHashes = isHashed(lines)
    const compiled = withHashes ? [] : lines.filter(isCompiled)
    const apart = new Set(compiled)
    const isLeftOut = (line: LineOfRequirements) => apart.has(line) || (line.kind === 'requirement' && isReplaced(line.requirement, installed))
    const isRewritten = lines.some(isLeftOut)
    return {
      path: file.path,
      includes: isRewritten ? constraintsOf(lines) : includedFiles(file),
      rewritten: isRewritten ? lines.filter((line) => !isLeftOut(line)).map(rewriteLine).join('') : undefined,
      requirements: lines.filter((line) => isInstalled(line) && !isLeftOut(line)).map(textWithMarker),
      compiled: compiled.map(textOfLine),
      buildPackages: sortedOnce(compiled.flatMap(buildPackagesOfLine)),
      isHashed: withHashes,
    }
  })
}

/** Debian packages for what no stage of its own compiles: pip demands a hash of every wheel, or the marker decides at build. */
export function buildPackagesInPlace({ files }: UserRequirements): readonly string[] {
  return files.flatMap((file) => {
    const lines = installedLines(file)
    return (isHashed(lines) ? lines : lines.filter((line) => !isCompiled(line))).flatMap(buildPackagesOfLine)
  })
}

/** The lines of a file and of the files that it installs as well. */
function installedLines(file: FileOfRequirements): readonly LineOfRequirements[] {
  return file.lines.flatMap((line) => {
    if (line.kind !== 'include' || line.option === 'constraints') return [line]
    return line.included === undefined ? [] : installedLines(line.included)
  })
}

function isHashed(lines: readonly LineOfRequirements[]): boolean {
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

function textWithMarker(line: LineOfRequirements): string {
  const marker = line.kind === 'requirement' ? line.requirement.marker : ''
  return marker === '' ? textOfLine(line) : `${textOfLine(line)} ; ${marker}`
}

function textOfLine(line: LineOfRequirements): string {
  if (line.kind === 'url') return line.url
  if (line.kind !== 'requirement') return ''
  const { name, extras, specifier, url } = line.requirement
  const extra = extras.length === 0 ? '' : `[${extras.join(',')}]`
  return url === undefined ? `${name}${extra}${specifier}` : `${name}${extra} @ ${url}`
}

/** Constraints are named from the config's folder, wherever the line stood. */
function rewriteLine({ kind, line, included }: LineOfRequirements): string {
  if (kind === 'include') return included === undefined ? '' : `-c ${/\s/.test(included.path) ? `"${included.path}"` : included.path}\n`
  return `${line.source.text.slice(line.start, line.end).replace(/\r\n/g, '\n').trimEnd()}\n`
}

function constraintsOf(lines: readonly LineOfRequirements[]): readonly string[] {
  return sortedOnce(lines.flatMap(({ included }) => (included === undefined ? [] : [included.path, ...includedFiles(included)])))
}

function sortedOnce(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort()
}
