/** Reads requirements as pip does: the lines of a file, and single PEP 508 requirements. */
import { validRange } from '@renovatebot/pep440'
import type { Source, Span } from '../diagnostics/diagnostic.ts'

/** A requirement that is understood; the name is in its normalised spelling. */
export interface Requirement {
  readonly name: string
  readonly extras: readonly string[]
  /** A PEP 440 specifier set; empty where any version will do. */
  readonly specifier: string
  /** The environment marker behind the `;`, or empty. */
  readonly marker: string
  readonly url: string | undefined
}

/** A line of a requirements file. `line` is all of it, with its line end; `span` what a diagnostic marks. */
export type RequirementLine = { readonly line: Span; readonly span: Span } & (
  | { readonly kind: 'requirement'; readonly requirement: Requirement }
  /** A source without a name, such as `git+https://…`. */
  | { readonly kind: 'url'; readonly url: string }
  | { readonly kind: 'include'; readonly option: 'requirements' | 'constraints'; readonly path: string }
  /** A folder beside the project, as it is written. */
  | { readonly kind: 'local'; readonly path: string; readonly extras: readonly string[]; readonly marker: string }
  /** A switch for pip, such as `--pre`. */
  | { readonly kind: 'option' }
  | { readonly kind: 'unsupported'; readonly problem: string; readonly help: string | undefined }
  | { readonly kind: 'credential' }
)

type Reading = RequirementLine extends infer Line ? (Line extends RequirementLine ? Omit<Line, 'line' | 'span'> : never) : never

const NAME = /^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?(?![A-Za-z0-9._-])/
const OPTION = /^(--?[A-Za-z][a-z-]*)(?:\s*=\s*|\s+|$)(.*)$/
const SHORT_OPTION = /^(-[rceif])([^-\s=].*)$/
const URL_SCHEME = /^[A-Za-z][A-Za-z0-9+.-]*:\/\//
const USER_INFO = /:\/\/([^\s/@]*)@/
const ARCHIVE = /\.(?:whl|zip|tar\.gz|tgz|tar\.bz2)$/i

/** Options that name a file to read as well. */
const INCLUDES: Readonly<Record<string, 'requirements' | 'constraints'>> = {
  '-r': 'requirements',
  '--requirement': 'requirements',
  '-c': 'constraints',
  '--constraint': 'constraints',
}

/** The lines of a requirements file that say something, in their order. */
export function parseRequirements(source: Source): readonly RequirementLine[] {
  return logicalLines(source).flatMap(({ line, text }) => {
    const trimmed = text.trim()
    if (trimmed === '') return []
    const start = line.start + text.indexOf(trimmed)
    const shown = withoutOptions(trimmed)
    return { ...readLine(trimmed), line, span: { source, start, end: start + shown.length } }
  })
}

/** One PEP 508 requirement; undefined where it is none. */
export function parseRequirement(text: string): Requirement | undefined {
  const [name] = NAME.exec(text) ?? []
  if (name === undefined) return undefined
  const extras = /^\s*\[([^\]]*)\]/.exec(text.slice(name.length))
  const rest = text.slice(name.length + (extras?.[0].length ?? 0)).trim()
  const common = { name: normalizeName(name), extras: splitExtras(extras?.[1] ?? '') }
  if (rest.startsWith('@')) {
    const [, url = '', , marker = ''] = /^@\s*(\S+)(\s+;\s*(.*))?$/.exec(rest) ?? []
    return url === '' ? undefined : { ...common, specifier: '', marker, url }
  }
  const semicolon = rest.indexOf(';')
  const specifier = (semicolon === -1 ? rest : rest.slice(0, semicolon)).trim().replace(/^\((.*)\)$/, '$1')
  if (!validRange(specifier)) return undefined
  return { ...common, specifier, marker: semicolon === -1 ? '' : rest.slice(semicolon + 1).trim(), url: undefined }
}

/** As the package index compares names (PEP 503). */
export function normalizeName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-')
}

function splitExtras(extras: string): readonly string[] {
  return extras.split(',').map((extra) => extra.trim()).filter((extra) => extra !== '')
}

/** Lines with continuations joined. Comments and backslashes become spaces, so that offsets stay true. */
function logicalLines(source: Source): readonly { readonly line: Span; readonly text: string }[] {
  const lines: { line: Span; text: string }[] = []
  let start = 0
  let text = ''
  source.lineStarts.forEach((lineStart, index) => {
    const end = source.lineStarts[index + 1] ?? source.text.length
    const physical = source.text.slice(lineStart, end).replace(/[\r\n]/g, ' ')
    const isContinued = /\\\s*$/.test(physical) && !/^\s*#/.test(physical)
    text += blank(isContinued ? physical.replace(/\\(?=\s*$)/, ' ') : physical)
    if (isContinued && index < source.lineStarts.length - 1) return
    lines.push({ line: { source, start, end }, text })
    start = end
    text = ''
  })
  return lines
}

function blank(text: string): string {
  return text.replace(/(?:^|\s)#.*$/, (comment) => ' '.repeat(comment.length))
}

/** A requirement without the options behind it, such as `--hash=…`. */
function withoutOptions(text: string): string {
  const [options] = /\s--[a-z].*$/.exec(text) ?? []
  return options === undefined || text.startsWith('-') ? text : text.slice(0, -options.length).trimEnd()
}

function readLine(text: string): Reading {
  const [, option = '', value = ''] = SHORT_OPTION.exec(text) ?? OPTION.exec(text) ?? []
  return option === '' ? readRequirement(withoutOptions(text)) : readOption(option, value.trim())
}

function readOption(option: string, value: string): Reading {
  const include = Object.hasOwn(INCLUDES, option) ? INCLUDES[option] : undefined
  if (option === '-e' || option === '--editable') return readEditable(value)
  const credential = findCredential(value)
  if (credential !== undefined) return credential
  if (include === undefined) return { kind: 'option' }
  if (value === '') return refuse(`\`${option}\` names no file`)
  if (URL_SCHEME.test(value)) return refuse('a requirements file cannot be read from the network when compiling', 'keep a copy beside the config')
  const path = QUOTED.exec(value)?.[2] ?? value
  if (path === value && /\s/.test(value)) return refuse(`\`${option} ${value}\` names more than one file`, `put quotes around the path: ${option} "${value}"`)
  return { kind: 'include', option: include, path }
}

/** pip splits options as a shell does. */
const QUOTED = /^(["'])(.*)\1$/

function refuse(problem: string, help?: string): Reading {
  return { kind: 'unsupported', problem, help }
}

/** A folder is code, which is imported from where it is in any case. */
function readEditable(value: string): Reading {
  if (value === '') return refuse('`-e` names no folder')
  const path = QUOTED.exec(value)?.[2] ?? value
  if (!URL_SCHEME.test(path) || path.startsWith('file:')) return readLocal(path, [], '')
  return findCredential(path) ?? refuse('`-e` cannot be installed into an image', `write name @ ${path.split('#')[0]}`)
}

/** A path, or a URL of one, with extras, a marker and a fragment behind it. */
function readLocal(text: string, extras: readonly string[], marker: string): Reading {
  const [, reference = '', condition = marker] = /^(.*?)(?:\s*;\s*(.*))?$/.exec(text.trim()) ?? []
  const [, place = '', own, fragment = ''] = /^([^[#]*)(?:\[([^\]]*)\])?(?:#(.*))?$/.exec(reference.trim()) ?? []
  const path = place.trim().replace(/^file:(?:\/\/(?:localhost)?(?=\/))?/, '')
  const subdirectory = /(?:^|&)subdirectory=([^&]*)/.exec(fragment)?.[1]
  if (path === '' || path.startsWith('~')) return refuse(`\`${text}\` is no folder that a build can find`, 'write a path from the folder of the config, such as ../lib')
  if (ARCHIVE.test(path)) return refuse('a package file from a local path is not in the image', 'name the package by its name, and its index under `python.index`; or list the folder of its code')
  return { kind: 'local', path: subdirectory === undefined ? path : `${path}/${subdirectory}`, extras: own === undefined ? extras : splitExtras(own), marker: condition }
}

function readRequirement(text: string): Reading {
  const requirement = parseRequirement(text)
  const url = requirement?.url ?? (URL_SCHEME.test(text) ? text : undefined)
  const credential = url === undefined ? undefined : findCredential(url)
  if (credential !== undefined) return credential
  if (isLocalPath(url ?? text) || (requirement === undefined && url === undefined && ARCHIVE.test(text))) {
    return readLocal(url ?? text, requirement?.extras ?? [], requirement?.marker ?? '')
  }
  if (requirement !== undefined) return { kind: 'requirement', requirement }
  if (url !== undefined) return { kind: 'url', url }
  return refuse(`\`${text}\` is no requirement that pip reads`, 'write, for example: pandas>=2.2,<3')
}

function isLocalPath(text: string): boolean {
  return /^(?:\.|\/|~|file:)/.test(text)
}

/** A password in a URL would stay in the image; a variable would not be there when it is built. */
function findCredential(url: string): Reading | undefined {
  const [, userInfo] = USER_INFO.exec(url) ?? []
  const isPassword = userInfo !== undefined && (userInfo.includes(':') || /^(?:git\+)?https?:/.test(url))
  if (!isPassword) return undefined
  if (!userInfo.includes('${')) return { kind: 'credential' }
  return refuse('the variables of a URL are not set when the image is built', 'give the index under `python.index`, with its `secret`')
}
