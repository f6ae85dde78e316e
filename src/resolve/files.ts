/** Whether the files that the config names are there: scripts, datasets, mounts, code and secrets (requirements are read elsewhere). */
import { posix } from 'node:path'
import type { Command } from '../config/command.ts'
import type { Config, Dataset, Role, Secret } from '../config/config.ts'
import type { Located } from '../config/located.ts'
import { parseMount, type Mount } from '../config/mount.ts'
import { fieldOf, itemsOf, readFlag, readVerbatim } from '../config/read.ts'
import { literalOf } from '../config/template.ts'
import * as builds from '../diagnostics/catalogue/builds.ts'
import * as files from '../diagnostics/catalogue/files.ts'
import { changeTo } from '../diagnostics/diagnostic.ts'
import type { Sink } from '../diagnostics/sink.ts'
import { suggest } from '../diagnostics/suggest.ts'
import type { Project } from '../project/project.ts'
import type { Tree } from '../syntax/tree.ts'
import { workingFolderOf } from './code.ts'

/** Names that scripts often have, and folders that they often lie in, for suggestions: a project cannot be listed. */
const USUAL_SCRIPTS = 'train evaluate eval serve server app main predict inference preprocess test run'.split(' ').map((name) => `${name}.py`)
const USUAL_FOLDERS = ['.', 'src', 'scripts', 'app']

/** What stands before a script: the interpreter, and its switches that take no value. */
const INTERPRETER = /^python3?$/
const SWITCH = /^-[bBdEiIOPqsSuvx]+$/

/** Folders of the system, whose mounting is refused anyway. */
const SYSTEM_FOLDER = /^\/(?:$|(?:boot|dev|etc|proc|root|run|sys|var\/run)(?:\/|$))/

/** Reports what is missing, each at the place that names it. What holds a reference is not looked for. */
export function checkFiles(config: Config, project: Project, sink: Sink): void {
  const missing = config.code.paths.filter(({ value }) => project.kindOf(value) === 'missing')
  for (const { value, span } of missing) sink.report(files.missingCode({ path: value }, { at: span }))
  for (const { value, span } of config.code.paths) if (SYSTEM_FOLDER.test(posix.resolve(project.folder, value))) sink.report(files.codeOfTheSystem({ path: value }, { at: span }))
  // A script may be in the code that is missing, or anywhere in an image of the user's own.
  if (missing.length === 0 && config.build.dockerfile === undefined) for (const role of config.roles) checkScript(role, config, project, sink)
  for (const dataset of config.datasets) checkDataset(dataset, config, project, sink)
  for (const { compose } of config.roles) for (const mount of mountsOf(compose)) checkMount(mount, project, sink)
  if (config.build.ca !== undefined) checkCertificates(config.build.ca, project, sink)
  checkSettings(config, project, sink)
  for (const secret of [...config.secrets, ...config.roles.flatMap(({ secrets }) => secrets)]) checkSecret(secret, project, sink)
}

function checkScript({ name, command }: Role, config: Config, project: Project, sink: Sink): void {
  const script = command && scriptOf(command, config)
  if (script === undefined) return
  if (project.kindOf(script.value) === 'file') {
    if (!isCopied(script.value, config, project)) sink.report(files.scriptOutsideOfCode({ script: script.value, role: name.value, paths: config.code.paths.map(({ value }) => value) }, { at: script.span }))
    return
  }
  const suggestion = suggestScript(script.value, config, project)
  const { source, start, end } = script.span
  const isAsWritten = source.text.slice(start, end) === script.value
  const fix = changeTo(isAsWritten ? suggestion : undefined, script.span)
  sink.report(files.missingScript({ script: script.value, role: name.value, suggestion }, { at: script.span, ...fix }))
}

/** The Python file that a command begins with, relative to the working folder; undefined for a shell's line and for a file elsewhere in the image. */
function scriptOf(command: Command, config: Config): Located<string> | undefined {
  if (command.kind === 'shell') return undefined
  const words = command.words.map(({ value, span }) => ({ value: literalOf(value) ?? '', span }))
  const isInterpreted = INTERPRETER.test(words[0]?.value ?? '')
  const script = isInterpreted ? words.slice(1).find(({ value }) => !SWITCH.test(value)) : words[0]
  if (script === undefined || !/[^/]\.py$/.test(script.value)) return undefined
  const path = script.value.startsWith(`${workingFolderOf(config)}/`) ? posix.relative(workingFolderOf(config), script.value) : script.value
  return path.startsWith('/') ? undefined : { value: path, span: script.span }
}

/** Whether it is among the code, which keeps its place below the working folder. */
function isCopied(script: string, { code }: Config, project: Project): boolean {
  const absolute = posix.resolve(project.folder, script)
  return code.paths.some(({ value }) => !posix.relative(posix.resolve(project.folder, value), absolute).startsWith('..'))
}

/** The existing script that is nearest in name, or has the same name in another folder. */
function suggestScript(script: string, config: Config, project: Project): string | undefined {
  const name = posix.basename(script)
  const named = config.roles.flatMap(({ command }) => (command === undefined ? [] : (scriptOf(command, config)?.value ?? [])))
  const ofCode = config.code.paths.map(({ value }) => value).filter((path) => !/^(?:\.\.|[/~])/.test(path))
  const usual = [...USUAL_FOLDERS, ...ofCode].flatMap((folder) => [name, ...USUAL_SCRIPTS].map((file) => posix.join(folder, file)))
  const existing = [...new Set([...named, ...usual])].filter((path) => path !== script && project.kindOf(path) === 'file')
  return existing.find((path) => posix.basename(path) === name) ?? suggest(script, existing)
}

function checkDataset({ name, source }: Dataset, config: Config, project: Project, sink: Sink): void {
  const path = literalOf(source.value)
  if (path === undefined || path === '' || !isLocal(path) || SYSTEM_FOLDER.test(path)) return
  if (project.kindOf(path) === 'missing' && !isMade(path, config)) sink.report(files.missingDataset({ dataset: name.value, source: path }, { at: source.span }))
}

/** Whether it is an output: then a job fills it, and the folder itself is there before. */
function isMade(path: string, { outputs, roles }: Config): boolean {
  const folders = [...outputs, ...roles.flatMap((role) => role.outputs)].flatMap((output) => literalOf(output.path.value) ?? [])
  return folders.some((folder) => posix.relative(folder, path) === '')
}

/** A home folder differs from machine to machine, so what is below it is not looked for. */
function isLocal(source: string): boolean {
  return !/^(?:[A-Za-z][A-Za-z0-9+.-]*:\/\/|volume:|~)/.test(source)
}

function checkSecret({ name, source }: Secret, project: Project, sink: Sink): void {
  if (!('file' in source) || source.file.value.startsWith('~')) return
  const { value, span } = source.file
  const kind = project.kindOf(value)
  if (kind === 'folder') sink.report(builds.secretFolder({ secret: name.value, path: value }, { at: span }))
  if (kind === 'missing') sink.report(files.missingSecretFile({ secret: name.value, path: value }, { at: span }))
}

/** They are read, since a wrong file would make every download of the build fail, and a key in it would be in every image. */
function checkCertificates({ value, span }: Located<string>, project: Project, sink: Sink): void {
  const report = (problem: Parameters<typeof builds.unusableCertificates>[0]['problem']) => sink.report(builds.unusableCertificates({ path: value, problem }, { at: span }))
  if (/^[/~]|:\/\//.test(value)) return report('place')
  const kind = project.kindOf(value)
  if (kind === 'missing') {
    const suggestion = suggestCertificates(value, project)
    return sink.report(builds.missingCertificates({ path: value, suggestion }, { at: span, ...changeTo(suggestion, span) }))
  }
  if (kind !== 'file') return report('folder')
  const text = project.read(value)
  if (text === undefined) return report('binary')
  if (/-----BEGIN [A-Z ]*PRIVATE KEY/.test(text)) return report('key')
  if (!text.includes('-----BEGIN CERTIFICATE-----')) report('other')
}

/** The same name with another of the usual endings. */
function suggestCertificates(path: string, project: Project): string | undefined {
  return ['.pem', '.crt', '.cer'].map((ending) => path.replace(/\.\w+$/, ending)).find((other) => other !== path && project.kindOf(other) === 'file')
}

/** Those in the short form, since Compose refuses a long one of a missing folder by itself. */
function mountsOf(compose: Role['compose']): readonly Mount[] {
  const items = itemsOf(compose.find(({ name }) => name.value === 'volumes')?.value)
  return items.flatMap((item) => (item.kind === 'scalar' && parseMount(item)) || [])
}

/** An absolute path may well be one of another machine. */
function checkMount({ type, source, span }: Mount, project: Project, sink: Sink): void {
  if (type !== 'bind' || source === undefined || /^[/~]/.test(source)) return
  if (project.kindOf(source) === 'missing') sink.report(files.missingMount({ source }, { at: span }))
}

/** Files that Compose reads before it starts a service. */
function checkSettings({ services, roles }: Config, project: Project, sink: Sink): void {
  const trees = [...services.map(({ value }) => value), ...roles.map(({ compose, span }): Tree => ({ kind: 'map', entries: compose.map(({ name, value }) => ({ key: name.value, keySpan: name.span, value })), span }))]
  for (const tree of trees) {
    for (const key of ['env_file', 'label_file'] as const) for (const item of itemsOf(fieldOf(tree, key))) checkSetting(key, item, project, sink)
    const base = fieldOf(tree, 'extends')
    if (base !== undefined) checkSetting('extends', fieldOf(base, 'file') ?? base, project, sink)
  }
}

function checkSetting(key: string, tree: Tree, project: Project, sink: Sink): void {
  const isOptional = readFlag(fieldOf(tree, 'required'))?.value === false
  const path = readVerbatim(tree.kind === 'map' ? fieldOf(tree, 'path') : tree)
  const isService = key === 'extends' && path !== undefined && !path.value.includes('.')
  if (path === undefined || isOptional || isService || /[$~]|^\/|:\/\//.test(path.value)) return
  if (project.kindOf(path.value) === 'missing') sink.report(files.missingSettings({ path: path.value, key }, { at: path.span }))
}
