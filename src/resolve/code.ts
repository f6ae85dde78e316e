/** Decides where the user's code lies in the images, from which folders it is imported, and what of it counts as installed. */
import { posix } from 'node:path'
import type { Config } from '../config/config.ts'
import type { Located } from '../config/located.ts'
import * as packages from '../diagnostics/catalogue/packages.ts'
import type { Sink } from '../diagnostics/sink.ts'
import { CODE_FOLDER, OTHER_CODE_FOLDER } from '../facts/container.ts'
import type { Distribution } from '../project/distribution.ts'
import { hasSourceFolder } from '../project/package-folders.ts'
import type { Project } from '../project/project.ts'
import { isProjectFolder } from './project-files.ts'
import { readDistributionAt } from './project-requirements.ts'

export interface CodePath {
  /** Relative to the config, where the code lies: a link is followed. `.` is the config's folder. */
  readonly path: string
  readonly isFolder: boolean
  /** Absolute in the image. */
  readonly target: string
  /** Folders in the image from which Python imports. */
  readonly importFolders: readonly string[]
  /** False where another path holds it. */
  readonly isCopied: boolean
  /** What is known of it as an installed project; undefined where it is none. */
  readonly distribution: Distribution | undefined
}

export interface CodeRequest {
  readonly config: Config
  readonly project: Project
  /** Folders of projects that requirements name, relative to the config. */
  readonly required: readonly Located<string>[]
  readonly sink: Sink
}

/** The working folder in the containers, which holds what lies below the config. */
export function workingFolderOf({ code }: Config): string {
  return code.workdir === undefined ? CODE_FOLDER : posix.resolve('/', code.workdir.value)
}

/** Code below the config's folder keeps its place below the working folder; other code gets a folder of its own. */
export function resolveCode(request: CodeRequest): readonly CodePath[] {
  const found = findSources(request)
  const placeOf = placeSources(found, request)
  return found.map((source) => {
    const target = placeOf(source)
    const distribution = findDistribution(source, request)
    return {
      path: source.path,
      isFolder: source.isFolder,
      target,
      importFolders: findImportFolders({ ...source, target, distribution }, request),
      isCopied: !found.some((other) => holds(other, source)),
      distribution,
    }
  })
}

/** A path of the config, or a project that requirements name. */
interface CodeSource {
  /** Relative to the config. */
  readonly path: string
  /** Where the config or the requirement has it, which may be a link; it names the place in the image. */
  readonly written: string
  readonly place: Located<string>
  readonly isFolder: boolean
  readonly isOutside: boolean
  readonly isRequired: boolean
}

function findSources({ config, project, required, sink }: CodeRequest): readonly CodeSource[] {
  const found = new Map<string, CodeSource>()
  for (const place of [...config.code.paths, ...required]) {
    const isRequired = required.includes(place)
    const written = posix.relative(project.folder, posix.resolve(project.folder, place.value)) || '.'
    const before = found.get(written)
    if (before !== undefined) {
      if (isRequired) found.set(written, { ...before, isRequired })
      else sink.report(packages.repeatedCode({ path: place.value }, { at: place.span, related: [{ span: before.place.span, message: 'named here first' }] }))
      continue
    }
    const path = project.linkOf(written) ?? written
    found.set(written, { path, written, place, isFolder: project.kindOf(path) !== 'file', isOutside: written.startsWith('..'), isRequired })
  }
  return [...found.values()]
}

/** Whether one path is copied with another, to the place that it would have by itself. */
function holds(outer: CodeSource, inner: CodeSource): boolean {
  if (outer === inner || !outer.isFolder || outer.isOutside !== inner.isOutside || inner.path !== inner.written) return false
  return !posix.relative(outer.path, inner.path).startsWith('..')
}

/** Other code is named for its folder; where two folders have one name, for its path from where they part. */
function placeSources(sources: readonly CodeSource[], { config, project }: CodeRequest): (source: CodeSource) => string {
  const absolute = ({ written }: CodeSource) => posix.resolve(project.folder, written)
  const whole = sources.filter((source) => source.isOutside && !sources.some((other) => holds(other, source)))
  const names = whole.map((source) => posix.basename(absolute(source)))
  const isUnique = new Set(names).size === names.length
  const [first = '/', ...others] = whole.map((source) => posix.dirname(absolute(source)))
  const around = others.reduce(commonFolder, first)
  const placeOf = (source: CodeSource): string => {
    if (!source.isOutside) return posix.join(workingFolderOf(config), source.written)
    const outer = sources.find((other) => holds(other, source))
    if (outer !== undefined) return posix.join(placeOf(outer), posix.relative(outer.path, source.path))
    return posix.join(OTHER_CODE_FOLDER, isUnique ? posix.basename(absolute(source)) : posix.relative(around, absolute(source)))
  }
  return placeOf
}

function commonFolder(one: string, other: string): string {
  return other === one || other.startsWith(`${one === '/' ? '' : one}/`) ? one : commonFolder(posix.dirname(one), other)
}

/** The working folder for all that lies in it; for other code the folder itself, or the one around it where it is a package; and where its packages are. */
function findImportFolders(code: CodeSource & { readonly target: string; readonly distribution: Distribution | undefined }, { config, project }: CodeRequest): readonly string[] {
  const isPackage = project.kindOf(`${code.path}/__init__.py`) === 'file'
  const base = !code.isOutside ? workingFolderOf(config) : isPackage || !code.isFolder ? posix.dirname(code.target) : code.target
  if (!isInstalled(code, config)) return [base]
  const inside = code.distribution?.packageFolders ?? (code.isFolder && hasSourceFolder(code.path, project) ? ['src'] : [])
  return [...new Set([base, ...inside.map((folder) => posix.join(code.target, folder))])]
}

/** What a requirement names is installed whatever becomes of the other code. */
function isInstalled({ isRequired }: CodeSource, { code }: Config): boolean {
  return isRequired || code.install.value !== false
}

function findDistribution(source: CodeSource, { config, project, sink }: CodeRequest): Distribution | undefined {
  const { install } = config.code
  if (!isInstalled(source, config) || project.kindOf(source.path) === 'missing') return undefined
  const isProject = source.isFolder && isProjectFolder(source.path, project)
  const reading = isProject ? readDistributionAt(source.path, config, project, sink) : undefined
  const mustBe = install.value === true && !source.isRequired
  if (reading?.kind === 'read') {
    const { distribution } = reading
    if (distribution.version === undefined) sink.report(packages.unknownVersion({ name: distribution.name }, { at: source.place.span }))
    return distribution
  }
  if (reading?.kind === 'wrong') return undefined
  if (mustBe) sink.report(packages.notInstallable({ path: source.place.value, file: reading?.kind === 'unread' ? reading.file : undefined }, { at: source.place.span, related: [{ span: install.span, message: 'asked for here' }] }))
  return undefined
}
